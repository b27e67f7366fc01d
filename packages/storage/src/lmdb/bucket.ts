/**
 * The row that keys too long for LMDB share: full keys with their values, in key order.
 *
 *     repeated:  u32 key length   u32 value length   key   value        (little-endian)
 *
 * Read and rewritten whole. Keys this long are rare, and rarer still are many with the same first 1,978 bytes.
 */
import type { ByteString } from '@concord/protocol';
import { checksumBytes } from './row-value.ts';

export interface BucketItem {
  readonly key: ByteString;
  readonly value: Uint8Array;
}

const preambleBytes = 8;

/** The values are views of `bytes`. */
export function readBucket(bytes: Uint8Array): BucketItem[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const items: BucketItem[] = [];
  for (let position = 0; position < buffer.length;) {
    const keyStart = position + preambleBytes;
    const valueStart = keyStart + buffer.readUInt32LE(position);
    const end = valueStart + buffer.readUInt32LE(position + 4);
    items.push({
      key: buffer.toString('latin1', keyStart, valueStart),
      value: bytes.subarray(valueStart, end),
    });
    position = end;
  }
  return items;
}

/** The encoded bucket, and room for its checksum. */
export function writeBucket(items: readonly BucketItem[]): Uint8Array {
  const size = items.reduce(
    (bytes, item) => bytes + preambleBytes + item.key.length + item.value.length,
    0,
  );
  const buffer = Buffer.allocUnsafeSlow(size + checksumBytes);
  let position = 0;
  for (const { key, value } of items) {
    buffer.writeUInt32LE(key.length, position);
    buffer.writeUInt32LE(value.length, position + 4);
    buffer.write(key, position + preambleBytes, 'latin1');
    buffer.set(value, position + preambleBytes + key.length);
    position += preambleBytes + key.length + value.length;
  }
  return buffer;
}

/** Applies writes, at most one a key, to a bucket; `null` deletes. */
export function updateBucket(
  items: readonly BucketItem[],
  writes: readonly { readonly key: ByteString; readonly value: Uint8Array | null }[],
): BucketItem[] {
  const merged = new Map<ByteString, Uint8Array | null>(
    items.map(({ key, value }) => [key, value]),
  );
  for (const { key, value } of writes) merged.set(key, value);
  const kept: BucketItem[] = [];
  for (const [key, value] of merged) if (value !== null) kept.push({ key, value });
  return kept.sort((a, b) => (a.key < b.key ? -1 : 1));
}
