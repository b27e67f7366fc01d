/**
 * A value as it is stored: the bytes, then their CRC-32, little-endian. LMDB itself would serve a page that has
 * rotted on disk, and a state machine that computes from it would spread the damage; so every row is checked
 * before anyone sees it. Costs about 0.1 µs a row.
 *
 * The key needs no checksum: a row is found by comparing its key byte by byte.
 */
import { crc32 } from 'node:zlib';

export const checksumBytes = 4;

/** Up to here a loop costs less than the call of `crc32` and the view that it needs: most rows of `current`. */
const SHORT_BYTES_MAX = 32;
/** CRC-32 of each byte, by the polynomial of IEEE 802.3, reflected. */
const crcOfByte = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ ((crc & 1) * 0xedb88320);
  return crc;
});

/** Of the first `length` bytes. */
function checksumOf(bytes: Uint8Array, length: number): number {
  if (length > SHORT_BYTES_MAX) {
    return crc32(new Uint8Array(bytes.buffer, bytes.byteOffset, length));
  }
  let crc = 0xffffffff;
  for (let i = 0; i < length; i++) {
    crc = (crc >>> 8) ^ (crcOfByte[(crc ^ (bytes[i] as number)) & 0xff] as number);
  }
  return ~crc >>> 0;
}

/** Completes a stored value: the last four bytes of `stored` become the checksum of those before. */
export function sealValue(stored: Uint8Array): Uint8Array {
  const length = stored.length - checksumBytes;
  const checksum = checksumOf(stored, length);
  stored[length] = checksum;
  stored[length + 1] = checksum >>> 8;
  stored[length + 2] = checksum >>> 16;
  stored[length + 3] = checksum >>> 24;
  return stored;
}

/**
 * The value in the first `storedLength` bytes, as a view; `undefined` when it is not what was written. A plain
 * `Uint8Array`, because lmdb-js lends one large `Buffer` for all results, and a `Buffer`'s `slice`
 * would not copy.
 */
export function openValue(stored: Uint8Array, storedLength: number): Uint8Array | undefined {
  const length = storedLength - checksumBytes;
  if (length < 0) return undefined;
  const value = new Uint8Array(stored.buffer, stored.byteOffset, length);
  const checksum =
    (stored[length] as number) |
    ((stored[length + 1] as number) << 8) |
    ((stored[length + 2] as number) << 16) |
    ((stored[length + 3] as number) << 24);
  return checksumOf(value, length) === checksum >>> 0 ? value : undefined;
}

/** The whole row that `openValue` took `value` from: the value with its checksum behind it, as a view. */
export function storedValue(value: Uint8Array): Uint8Array {
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength + checksumBytes);
}
