/**
 * A range of keys, as KV, transactions, watches and permissions name one: by `key` and `range_end`.
 *
 * | `range_end`       | keys                                          |
 * | ----------------- | --------------------------------------------- |
 * | empty             | `key` alone, that is from `key` to `key` + 0  |
 * | one zero byte     | `key` and all after it                        |
 * | anything else     | from `key` up to, not including, `range_end`  |
 */
import { toByteString, type ByteString } from './byte-string.ts';

/** The keys from `from` up to, not including, `to`. There are none if `to` isn't above `from`. */
export interface KeyRange {
  readonly from: ByteString;
  /** `undefined`: the range has no end. */
  readonly to: ByteString | undefined;
}

/** `range_end` of a range that has no end. */
const NO_END = '\0';

/** The range of all keys. No key is empty, so it begins before the first. */
export const ALL_KEYS: KeyRange = Object.freeze({ from: '', to: undefined });

/** The range that a message names by its `key` and `range_end`. */
export function decodeKeyRange(key: Uint8Array, rangeEnd: Uint8Array): KeyRange {
  return keyRange(toByteString(key), toByteString(rangeEnd));
}

/** The same of byte strings. */
export function keyRange(key: ByteString, rangeEnd: ByteString): KeyRange {
  if (rangeEnd === '') return singleKey(key);
  return { from: key, to: rangeEnd === NO_END ? undefined : rangeEnd };
}

/** The range of one key: nothing sorts between a key and the same key with a zero byte added. */
export function singleKey(key: ByteString): KeyRange {
  return { from: key, to: key + '\0' };
}

/** The range of all keys that begin with `prefix`. */
export function prefixRange(prefix: ByteString): KeyRange {
  return { from: prefix, to: prefixEnd(prefix) };
}

/**
 * The first key after all those that begin with `prefix`: its last byte below 0xff plus one, the rest cut.
 * `undefined` where there is none, because the prefix is empty or all 0xff; `range_end` is `\0` then.
 */
export function prefixEnd(prefix: ByteString): ByteString | undefined {
  for (let last = prefix.length - 1; last >= 0; last--) {
    const byte = prefix.charCodeAt(last);
    if (byte < 0xff) return prefix.slice(0, last) + String.fromCharCode(byte + 1);
  }
  return undefined;
}

export function isEmpty(range: KeyRange): boolean {
  return range.to !== undefined && range.to <= range.from;
}

export function isSingleKey(range: KeyRange): boolean {
  const { from, to } = range;
  return to?.length === from.length + 1 && to.endsWith('\0') && to.startsWith(from);
}

export function contains(range: KeyRange, key: ByteString): boolean {
  return key >= range.from && (range.to === undefined || key < range.to);
}

/** Whether there can be a key in both ranges. */
export function overlaps(a: KeyRange, b: KeyRange): boolean {
  const from = a.from > b.from ? a.from : b.from;
  return endsAfter(a, from) && endsAfter(b, from);
}

const endsAfter = (range: KeyRange, key: ByteString): boolean =>
  range.to === undefined || range.to > key;
