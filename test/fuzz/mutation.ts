/** Changes to bytes that have found mistakes in decoders before: at random places, seeded. */
import type { Random } from '@concord/testing';

/** Ends of ranges, of varints and of texts, and what means something in JSON, YAML and URLs. */
const TELLING_BYTES = [
  ...[0x00, 0x01, 0x04, 0x0b, 0x0c, 0x7f, 0x80, 0xbf, 0xc0, 0xed, 0xf4, 0xfe, 0xff],
  ...Buffer.from('"\\{}[]:,%/&=;#*\r\n\t -.0'),
];

/** Lengths, counts and identifiers at the ends of their ranges; written in two, four or eight bytes. */
const TELLING_INTEGERS = [
  ...[0n, 1n, 0x7fn, 0x80n, 0xffn, 0x3fffn, 0x4000n, 0x7fffn, 0x8000n, 0xffffn, 0xffffffn],
  ...[0x7fffffffn, 0x80000000n, 0xffffffffn, 0x1fffffffffffffn, 0x7fffffffffffffffn],
];

/** Copies of parts grow an input; so it stays small. */
const MUTATED_BYTES_MAX = 64 * 1024;

export interface MutationOptions {
  /** Texts that mean something to the target. */
  readonly dictionary?: readonly Uint8Array[];
  /** Another input, of which a part may be taken. */
  readonly other?: Uint8Array;
  readonly changesMax?: number;
}

/** A changed copy of `bytes`. */
export function mutate(random: Random, bytes: Uint8Array, options: MutationOptions = {}): Buffer {
  let mutated = Buffer.from(bytes);
  const { changesMax = 4 } = options;
  for (let left = random.integer(1, changesMax); left > 0; left--) {
    mutated = changeOnce(random, mutated, options);
  }
  return mutated.subarray(0, MUTATED_BYTES_MAX);
}

type Bytes = Buffer<ArrayBuffer>;

/** Puts `replacement` in the place of `count` bytes. */
const splice = (bytes: Bytes, at: number, count: number, replacement: Uint8Array): Bytes =>
  Buffer.concat([bytes.subarray(0, at), replacement, bytes.subarray(at + count)]);

function changeOnce(random: Random, bytes: Bytes, options: MutationOptions): Bytes {
  const at = random.integer(0, bytes.length);
  const length = Math.min(random.magnitude(1, 64), bytes.length - at);
  switch (random.integer(0, 9)) {
    case 0:
      if (at < bytes.length) bytes[at]! ^= 1 << random.integer(0, 7);
      return bytes;
    case 1:
      return splice(bytes, at, random.integer(0, 1), Uint8Array.of(random.pick(TELLING_BYTES)));
    case 2:
      return splice(bytes, at, random.integer(0, 1), Uint8Array.of(random.integer(0, 255)));
    case 3:
      return splice(bytes, at, length, Buffer.alloc(0));
    case 4:
      return splice(bytes, at, 0, repeated(random, bytes.subarray(at, at + length)));
    case 5:
      return Buffer.from(bytes.subarray(0, at));
    case 6:
      return splice(bytes, at, random.integer(0, length), tellingInteger(random));
    case 7:
      return splice(bytes, at, random.integer(0, length), partOf(random, options.other ?? bytes));
    case 8:
      if (options.dictionary === undefined || options.dictionary.length === 0) return bytes;
      return splice(bytes, at, random.integer(0, length), random.pick(options.dictionary));
    default:
      return splice(bytes, at, 0, noise(random, random.magnitude(1, 32)));
  }
}

const repeated = (random: Random, part: Uint8Array): Buffer =>
  Buffer.concat(Array.from({ length: random.magnitude(1, 40) }, () => part));

export const noise = (random: Random, length: number): Buffer =>
  Buffer.from(Array.from({ length }, () => random.integer(0, 255)));

function partOf(random: Random, bytes: Uint8Array): Uint8Array {
  const start = random.integer(0, bytes.length);
  return bytes.subarray(start, start + random.magnitude(1, 200));
}

function tellingInteger(random: Random): Buffer {
  const bytes = Buffer.alloc(8);
  const isBigEndian = random.chance(0.5);
  const value = random.pick(TELLING_INTEGERS);
  if (isBigEndian) bytes.writeBigUInt64BE(value);
  else bytes.writeBigUInt64LE(value);
  const width = random.pick([2, 4, 8]);
  return isBigEndian ? bytes.subarray(8 - width) : bytes.subarray(0, width);
}
