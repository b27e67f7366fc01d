/** Checks a store without its member: every row's checksum, the order of the keys, and that none is missing. */
import { join } from 'node:path';
import { tables, type Table } from '@concord/kv';
import type { ByteString } from '@concord/protocol';
import { StorageError } from '../errors.ts';
import { readBucket } from './bucket.ts';
import { rejoinRemedy } from './opening.ts';
import { checksumBytes } from './row-value.ts';
import type { StoreView } from './store-view.ts';
import { isBucketKey, storedKey } from './stored-key.ts';

/** Keys of each table, those in shared rows one by one. */
export type RowCounts = Readonly<Record<Table, number>>;

/** Throws `store-corrupt`, naming the file in `directory`. */
export function verifyRows(view: StoreView, directory: string): RowCounts {
  const counts = tables.map((table, i) => [table, verifyTable(view, directory, i)] as const);
  return Object.fromEntries(counts) as Record<Table, number>;
}

function verifyTable(view: StoreView, directory: string, table: number): number {
  const fault = (found: string, expected: string): StorageError =>
    new StorageError({
      code: 'store-corrupt',
      path: join(directory, 'data.mdb'),
      found: `${found} in table ${tables[table] as Table}`,
      expected,
      remedy: rejoinRemedy,
    });
  let rows = 0;
  let keys = 0;
  let last: ByteString | undefined;
  view.visitRows(table, undefined, (key, stored) => {
    if (last !== undefined && key <= last) throw fault('keys out of order', 'ascending ones');
    last = key;
    rows++;
    const count = isBucketKey(key) ? keysOfBucket(key, stored) : 1;
    if (count === undefined) throw fault('a shared row with keys of another', 'its own, in order');
    keys += count;
    return true;
  });
  const expected = view.rowCount(table);
  if (rows !== expected) throw fault(`${rows} rows`, `${expected}, which were counted`);
  return keys;
}

function keysOfBucket(stored: ByteString, bytes: Uint8Array): number | undefined {
  const items = readBucket(bytes.subarray(0, bytes.length - checksumBytes));
  const isSound = items.every(
    ({ key }, i) => storedKey(key) === stored && (i === 0 || (items[i - 1]?.key ?? '') < key),
  );
  return isSound && items.length > 0 ? items.length : undefined;
}
