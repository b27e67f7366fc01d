/** The vectors of RFC 3720 appendix B.4, and the fast path against the bit-by-bit definition. */
import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { crc32c } from './crc32c.ts';

/** The definition, a bit at a time. */
function slowCrc32c(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum & 1) === 0 ? sum >>> 1 : (sum >>> 1) ^ 0x82f63b78;
  }
  return ~sum >>> 0;
}

const ascending = Uint8Array.from({ length: 32 }, (_, i) => i);

const vectors: readonly [string, Uint8Array, number][] = [
  ['32 zeros', new Uint8Array(32), 0x8a9136aa],
  ['32 ones', new Uint8Array(32).fill(0xff), 0x62a8ab43],
  ['32 ascending bytes', ascending, 0x46dd794e],
  ['32 descending bytes', ascending.slice().reverse(), 0x113fdb5c],
  ['the digits from 1 to 9', new TextEncoder().encode('123456789'), 0xe3069283],
  ['nothing', new Uint8Array(), 0],
];

for (const [name, bytes, sum] of vectors) {
  test(`the sum of ${name} is that of the standard`, () => equal(crc32c(bytes), sum));
}

test('every length and every cut gives the sum of the definition', () => {
  const bytes = Uint8Array.from({ length: 70 }, (_, i) => (i * 151 + 17) & 0xff);
  for (let length = 0; length <= bytes.length; length++) {
    const part = bytes.subarray(0, length);
    equal(crc32c(part), slowCrc32c(part), `length ${length}`);
    const cut = Math.floor(length / 3);
    equal(crc32c(part.subarray(cut), crc32c(part.subarray(0, cut))), slowCrc32c(part));
  }
});
