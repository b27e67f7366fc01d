/**
 * How a key of any length becomes an LMDB key, which has 1 to 1,978 bytes, without losing the order.
 *
 * Nearly every key is stored as it is: a plain row. Keys of 1,978 bytes and more share one row under their first
 * 1,978 bytes, a bucket, which lists the full keys with their values in order. A bucket's stored key is longer
 * than every plain key, so it is a prefix of none, and the rows sort as the keys do. The empty key, which
 * LMDB has not, shares the bucket row `00` with the key `00`.
 *
 * Invariant: `a <= b` implies `storedKey(a) <= storedKey(b)`.
 */
import type { ByteString } from '@concord/protocol';

/** LMDB's limit at its default page size of 4 KiB, which it sets so that a page holds two keys at least. */
export const storedKeyBytesMax = 1978;

/** The least stored key. */
export const firstStoredKey: ByteString = '\0';

export function isPlainKey(key: ByteString): boolean {
  return key.length < storedKeyBytesMax && key.length > 0 && key !== firstStoredKey;
}

/** Whether the row under this stored key is a bucket. */
export function isBucketKey(stored: ByteString): boolean {
  return stored.length === storedKeyBytesMax || stored === firstStoredKey;
}

export function storedKey(key: ByteString): ByteString {
  if (key.length === 0) return firstStoredKey;
  return key.length < storedKeyBytesMax ? key : key.slice(0, storedKeyBytesMax);
}
