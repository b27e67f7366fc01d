/**
 * Header blocks: those of a right encoder, with Huffman code and table entries, and broken ones. One decoder reads all
 * blocks of an input, as of one connection; what it accepts has to be what an independent decoder reads, and what our
 * encoder makes of that has to be read as the same again.
 */
import assert from 'node:assert/strict';
import type { Random } from '@concord/testing';
import { HpackDecoder, HpackError } from '../../../packages/grpc-server/src/hpack/decoder.ts';
import { encodeFields } from '../../../packages/grpc-server/src/hpack/encoder.ts';
import { STATIC_ENTRIES } from '../../../packages/grpc-server/src/hpack/static-table.ts';
import { HpackDecoder as OtherDecoder, HUFFMAN_SYMBOLS } from '../../bench/hpack-decoder.ts';
import { mutate, noise } from '../mutation.ts';
import {
  GROWTH_BYTES_MAX_DEFAULT,
  HANG_MS_DEFAULT,
  type FuzzSession,
  type FuzzTarget,
} from '../target.ts';

const LIMITS = { headerListBytesMax: 16_384, headerPairsMax: 64 };
/** For what the encoder makes of a list that was within the limits: names may be longer there than in a table. */
const ROOMY = { headerListBytesMax: 1 << 20, headerPairsMax: 1 << 10 };

const NAMES = [
  'content-type',
  ':path',
  'grpc-timeout',
  'x-a',
  'authorization',
  'X-Upper',
  '',
  'te',
];
const VALUES = ['application/grpc', '/etcdserverpb.KV/Put', 'trailers', '', '\u0000\n', '\u00ff~{'];

/** By byte value, its code and the code's length in bits. */
const huffmanCodes: readonly { readonly code: number; readonly bits: number }[] = [
  ...HUFFMAN_SYMBOLS,
]
  .sort(([, a], [, b]) => a - b)
  .map(([key]) => ({ code: key % 2 ** 32, bits: Math.floor(key / 2 ** 32) }));

function huffman(text: string): Buffer {
  const bits = Array.from(Buffer.from(text, 'latin1'), (byte) => {
    const { code, bits: length } = huffmanCodes[byte]!;
    return code.toString(2).padStart(length, '0');
  }).join('');
  const octets = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1').match(/.{8}/g) ?? [];
  return Buffer.from(octets.map((octet) => parseInt(octet, 2)));
}

function integer(flags: number, prefixMax: number, value: number): number[] {
  if (value < prefixMax) return [flags | value];
  const bytes = [flags | prefixMax];
  let rest = value - prefixMax;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return [...bytes, rest];
}

/** The blocks of one connection, by the grammar of RFC 7541. */
class RandomBlocks {
  readonly #random: Random;
  /** At least as many as the decoder has; fewer once its table is full. */
  #tableEntries = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  block(): Buffer {
    const count = this.#random.magnitude(1, 30);
    const updates = this.#random.chance(0.1) ? [this.#sizeUpdate()] : [];
    return Buffer.from([...updates, ...Array.from({ length: count }, () => this.#field())].flat());
  }

  #sizeUpdate(): number[] {
    this.#tableEntries = 0;
    return integer(0x20, 0x1f, this.#random.pick([0, 1, 100, 4096, 4096, 4097]));
  }

  #field(): number[] {
    const random = this.#random;
    if (random.chance(0.4)) return integer(0x80, 0x7f, this.#index());
    const [flags, prefixMax] = random.pick([
      [0x40, 0x3f],
      [0x00, 0x0f],
      [0x10, 0x0f],
    ] as const);
    const index = random.chance(0.5) ? this.#index() : 0;
    const name = index === 0 ? this.#string(random.pick(NAMES)) : [];
    const value = this.#string(this.#value());
    if (flags === 0x40) this.#tableEntries++;
    return [...integer(flags, prefixMax, index), ...name, ...value];
  }

  /** Of an entry that there is, nearly always. */
  #index(): number {
    const random = this.#random;
    if (random.chance(0.005)) return random.integer(0, 200);
    return random.integer(1, STATIC_ENTRIES + Math.min(this.#tableEntries, 10));
  }

  #value(): string {
    const random = this.#random;
    if (random.chance(0.1)) return 'v'.repeat(random.magnitude(1, 5_000));
    if (random.chance(0.2)) return noise(random, random.integer(0, 30)).toString('latin1');
    return random.pick(VALUES);
  }

  #string(text: string): number[] {
    const isHuffman = this.#random.chance(0.5);
    const bytes = isHuffman ? huffman(text) : Buffer.from(text, 'latin1');
    return [...integer(isHuffman ? 0x80 : 0, 0x7f, bytes.length), ...bytes];
  }
}

/** Blocks behind each other, each with its length in two bytes. */
function join(blocks: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    blocks.flatMap((block) => {
      const length = Math.min(block.length, 0xffff);
      return [Buffer.from([length >> 8, length & 0xff]), block.subarray(0, length)];
    }),
  );
}

function* split(input: Buffer): Generator<Buffer, void> {
  for (let at = 0; at + 2 <= input.length;) {
    const end = at + 2 + input.readUInt16BE(at);
    yield input.subarray(at + 2, end);
    at = end;
  }
}

class HpackSession implements FuzzSession {
  next(random: Random): Uint8Array {
    if (random.chance(0.1)) return join([noise(random, random.magnitude(1, 500))]);
    const blocks = new RandomBlocks(random);
    const right = Array.from({ length: random.integer(1, 4) }, () => blocks.block());
    if (random.chance(0.4)) return join(right);
    return join(right.map((block) => (random.chance(0.5) ? mutate(random, block) : block)));
  }

  run(input: Uint8Array): string {
    const decoder = new HpackDecoder(LIMITS);
    const other = new OtherDecoder();
    for (const block of split(Buffer.from(input))) {
      const list = accepted(decoder, block);
      if (list === undefined) return 'refused';
      const expected = other.decode(block).map(({ name, value }) => [name, value]);
      const found = list.fields.map(({ name, value }) => [name, value]);
      if (list.tooLarge) assert.deepEqual(found, expected.slice(0, found.length));
      else assert.deepEqual(found, expected);
      assert.ok(found.length <= LIMITS.headerPairsMax, `${found.length} fields`);
      assertEncodes(found.flat());
    }
    return 'read';
  }

  close(): void {
    // Nothing outlives an input.
  }
}

function accepted(
  decoder: HpackDecoder,
  block: Buffer,
): ReturnType<HpackDecoder['decode']> | undefined {
  try {
    return decoder.decode(block, 0, block.length);
  } catch (error) {
    if (!(error instanceof HpackError)) throw error;
    return undefined;
  }
}

function assertEncodes(fields: readonly string[]): void {
  const block = Buffer.from(encodeFields(fields));
  const again = new HpackDecoder(ROOMY).decode(block, 0, block.length);
  assert.deepEqual(
    again.fields.flatMap(({ name, value }) => [name, value]),
    fields,
  );
}

export const hpack: FuzzTarget = {
  hangMs: HANG_MS_DEFAULT,
  growthBytesMax: GROWTH_BYTES_MAX_DEFAULT,
  open: () => new HpackSession(),
};
