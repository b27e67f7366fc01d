/** Vectors of RFC 7541 appendix C, and the padding rules of section 5.2. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { decodeHuffman } from './huffman.ts';

function decode(hex: string): string | undefined {
  const source = Buffer.from(hex, 'hex');
  const target = Buffer.alloc(source.length * 2);
  const length = decodeHuffman(source, 0, source.length, target);
  return length < 0 ? undefined : target.toString('latin1', 0, length);
}

const VECTORS: readonly (readonly [hex: string, text: string])[] = [
  ['f1e3c2e5f23a6ba0ab90f4ff', 'www.example.com'],
  ['a8eb10649cbf', 'no-cache'],
  ['25a849e95ba97d7f', 'custom-key'],
  ['25a849e95bb8e8b4bf', 'custom-value'],
  ['6402', '302'],
  ['aec3771a4b', 'private'],
  ['d07abe941054d444a8200595040b8166e082a62d1bff', 'Mon, 21 Oct 2013 20:13:21 GMT'],
  ['9d29ad171863c78f0b97c8e9ae82ae43d3', 'https://www.example.com'],
  ['9bd9ab', 'gzip'],
  [
    '94e7821dd7f2e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007',
    'foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1',
  ],
  ['', ''],
];

for (const [hex, text] of VECTORS) {
  test(`decodes "${text.slice(0, 30)}" from the RFC's bytes`, () => {
    assert.equal(decode(hex), text);
  });
}

test('refuses padding of zeros', () => {
  assert.equal(decode('1e'), undefined); // "a" is 00011, padding 110
});

test('refuses eight bits of padding', () => {
  assert.equal(decode('1fff'), undefined);
});

test('refuses the end-of-string code', () => {
  assert.equal(decode('fffffffc'), undefined);
});
