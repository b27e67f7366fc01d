/** Request sequences of RFC 7541 appendix C.3 and C.4, the table rules of section 4, and the bounds. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { HpackDecoder, HpackError } from './decoder.ts';
import type { HeaderList } from './decoder.ts';
import { encodeFields, encodeIndexedField } from './encoder.ts';

const LIMITS = { headerListBytesMax: 16_384, headerPairsMax: 64 };

const decodeBytes = (decoder: HpackDecoder, bytes: Uint8Array): HeaderList =>
  decoder.decode(Buffer.from(bytes), 0, bytes.length);

/** Names and values in turn. */
const flat = ({ fields }: HeaderList): string[] =>
  fields.flatMap(({ name, value }) => [name, value]);

const decodeHex = (decoder: HpackDecoder, hex: string): HeaderList =>
  decodeBytes(decoder, Buffer.from(hex, 'hex'));

const REQUESTS = {
  'without Huffman (C.3)': [
    '828684410f7777772e6578616d706c652e636f6d',
    '828684be58086e6f2d6361636865',
    '828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565',
  ],
  'with Huffman (C.4)': [
    '828684418cf1e3c2e5f23a6ba0ab90f4ff',
    '828684be5886a8eb10649cbf',
    '828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf',
  ],
};

for (const [name, blocks] of Object.entries(REQUESTS)) {
  test(`decodes the RFC's three requests ${name}`, () => {
    const decoder = new HpackDecoder(LIMITS);
    const start = [
      ':method',
      'GET',
      ':scheme',
      'http',
      ':path',
      '/',
      ':authority',
      'www.example.com',
    ];
    assert.deepEqual(flat(decodeHex(decoder, blocks[0]!)), start);
    assert.deepEqual(flat(decodeHex(decoder, blocks[1]!)), [...start, 'cache-control', 'no-cache']);
    assert.deepEqual(flat(decodeHex(decoder, blocks[2]!)), [
      ':method',
      'GET',
      ':scheme',
      'https',
      ':path',
      '/index.html',
      ':authority',
      'www.example.com',
      'custom-key',
      'custom-value',
    ]);
  });
}

test('decodes what the encoder writes, long strings and many fields included', () => {
  const fields = [
    'x-long',
    'v'.repeat(3_000),
    ':status',
    '200',
    'content-type',
    'application/grpc',
  ];
  assert.deepEqual(flat(decodeBytes(new HpackDecoder(LIMITS), encodeFields(fields))), fields);
});

test('a size update that empties the table makes its entries unknown', () => {
  const decoder = new HpackDecoder(LIMITS);
  decodeBytes(decoder, encodeIndexedField('x-key', 'value'));
  assert.deepEqual(flat(decodeHex(decoder, 'be')), ['x-key', 'value']);
  assert.throws(() => decodeHex(decoder, '20be'), HpackError);
});

const FAULTS: readonly (readonly [what: string, hex: string])[] = [
  ['index 0', '80'],
  ['an index beyond the table', 'be'],
  ['a size update above 4,096', '3fe21f'],
  ['a size update behind a field', '8220'],
  ['an integer that never ends', '1fffffffffffffffff'],
  ['an integer that is cut off', '1fff'],
  ['a string that is longer than the block', '400a6162'],
  ['a literal without a value', '4001610a'],
  ['bad Huffman code', '40811e00'],
];

for (const [what, hex] of FAULTS) {
  test(`refuses ${what}`, () => {
    assert.throws(() => decodeHex(new HpackDecoder(LIMITS), hex), HpackError);
  });
}

test('a bomb of references to one large entry is cut at the limit, and the table stays right', () => {
  const decoder = new HpackDecoder(LIMITS);
  decodeBytes(decoder, encodeIndexedField('x-bomb', 'b'.repeat(4_000)));
  const bomb = decodeBytes(decoder, new Uint8Array(10_000).fill(0xbe));
  assert.equal(bomb.tooLarge, true);
  assert.ok(bomb.fields.length <= 4);
  assert.equal(decodeHex(decoder, 'be').tooLarge, false);
});

test('more pairs than the limit are too large, exactly as many are not', () => {
  const decoder = new HpackDecoder(LIMITS);
  assert.equal(decodeBytes(decoder, new Uint8Array(64).fill(0x82)).tooLarge, false);
  assert.equal(decodeBytes(decoder, new Uint8Array(65).fill(0x82)).tooLarge, true);
});

test('marks fields with forbidden characters, also when they come from the table', () => {
  const decoder = new HpackDecoder(LIMITS);
  assert.equal(decodeBytes(decoder, encodeIndexedField('x-a', 'line\nbreak')).valid, false);
  assert.equal(decodeHex(decoder, 'be').valid, false);
  assert.equal(decodeBytes(decoder, encodeFields(['X-Upper', 'a'])).valid, false);
  assert.equal(decodeBytes(decoder, encodeFields(['x-fine', 'a b'])).valid, true);
});

test('the generation changes exactly when the table does', () => {
  const decoder = new HpackDecoder(LIMITS);
  const before = decoder.generation;
  decodeBytes(decoder, encodeFields(['x-a', 'b']));
  assert.equal(decoder.generation, before);
  decodeBytes(decoder, encodeIndexedField('x-a', 'b'));
  assert.notEqual(decoder.generation, before);
});
