/**
 * CRC-32C (Castagnoli, RFC 3720 appendix B.4), the checksum that etcd takes HashKV with. Eight tables, so that eight
 * bytes are folded at a time ("slicing by 8"): some 1 GB/s.
 */

const POLYNOMIAL_REFLECTED = 0x82f63b78;
const SLICES = 8;
const TABLE_LENGTH = 256;

/** Slice `s` of byte `b`, at `s * 256 + b`: what `b` does to the sum from `s` bytes before its end. */
const table = createTable();

function createTable(): Int32Array {
  const created = new Int32Array(SLICES * TABLE_LENGTH);
  for (let byte = 0; byte < TABLE_LENGTH; byte++) {
    let sum = byte;
    for (let bit = 0; bit < 8; bit++) {
      sum = (sum & 1) === 0 ? sum >>> 1 : (sum >>> 1) ^ POLYNOMIAL_REFLECTED;
    }
    created[byte] = sum;
  }
  for (let at = TABLE_LENGTH; at < created.length; at++) {
    const before = created[at - TABLE_LENGTH] as number;
    created[at] = (before >>> 8) ^ (created[before & 0xff] as number);
  }
  return created;
}

/**
 * The sum of what was summed up to `before` and then `bytes`, unsigned.
 *
 * @param before the result for the bytes in front; 0 to begin
 */
export function crc32c(bytes: Uint8Array, before = 0): number {
  const whole = bytes.length - (bytes.length % SLICES);
  let sum = ~before;
  let at = 0;
  for (; at < whole; at += SLICES) {
    const low =
      sum ^
      ((bytes[at] as number) |
        ((bytes[at + 1] as number) << 8) |
        ((bytes[at + 2] as number) << 16) |
        ((bytes[at + 3] as number) << 24));
    sum =
      (table[0x700 | (low & 0xff)] as number) ^
      (table[0x600 | ((low >>> 8) & 0xff)] as number) ^
      (table[0x500 | ((low >>> 16) & 0xff)] as number) ^
      (table[0x400 | (low >>> 24)] as number) ^
      (table[0x300 | (bytes[at + 4] as number)] as number) ^
      (table[0x200 | (bytes[at + 5] as number)] as number) ^
      (table[0x100 | (bytes[at + 6] as number)] as number) ^
      (table[bytes[at + 7] as number] as number);
  }
  for (; at < bytes.length; at++) {
    sum = (sum >>> 8) ^ (table[(sum ^ (bytes[at] as number)) & 0xff] as number);
  }
  return ~sum >>> 0;
}
