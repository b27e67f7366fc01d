/** Walks the rows of a table in the order of their keys, whether they are stored plain or in buckets. */
import type { ScanRange } from '@concord/kv';
import type { ByteString } from '@concord/protocol';
import { readBucket } from './bucket.ts';
import type { StoredTable, Transaction } from './environment.ts';
import { openRow } from './row-value.ts';
import { isBucketKey, isPlainKey, storedKey } from './stored-key.ts';

export interface ScannedTable {
  readonly table: StoredTable;
  /** Default: what lmdb-js reads with in this turn. */
  readonly transaction?: Transaction;
}

/** `corrupt` is called for a row that is not what was written, and throws. */
export function scanRows(
  { table, ...view }: ScannedTable,
  range: ScanRange,
  visit: (key: ByteString, value: Uint8Array) => boolean | void,
  corrupt: (key: ByteString) => never,
): void {
  const { from, to, reverse = false } = range;
  if (to !== undefined && to <= from) return;
  const { database, seed } = table;
  const rows = database.getRange({ ...storedRange(from, to, reverse), ...view });
  for (const row of rows) {
    const { key } = row;
    const value = openRow(seed, key, row.value) ?? corrupt(key);
    if (!isBucketKey(key)) {
      if (visit(key, value) === false) return;
      continue;
    }
    // A copy: the visitor may read the store, which overwrites the memory that LMDB's results are in.
    const items = readBucket(value.slice());
    for (const item of reverse ? items.reverse() : items) {
      if (item.key < from || (to !== undefined && item.key >= to)) continue;
      if (visit(item.key, item.value) === false) return;
    }
  }
}

/** The rows that may hold keys of `[from, to)`; a bucket at either end is filtered by the caller. */
function storedRange(from: ByteString, to: ByteString | undefined, reverse: boolean): StoredRange {
  const low = storedKey(from);
  if (!reverse) {
    return to === undefined
      ? { start: low }
      : { start: low, end: storedKey(to), inclusiveEnd: !isPlainKey(to) };
  }
  const bounds = { end: low, inclusiveEnd: true, reverse };
  if (to === undefined) return bounds;
  return { ...bounds, start: storedKey(to), exclusiveStart: isPlainKey(to) };
}

interface StoredRange {
  readonly start?: ByteString;
  readonly end?: ByteString;
  readonly inclusiveEnd?: boolean;
  readonly exclusiveStart?: boolean;
  readonly reverse?: boolean;
}
