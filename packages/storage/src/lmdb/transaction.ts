/**
 * Writes one batch in one synchronous, durable transaction. Rows go in key order, table by table: neighbours
 * share pages, and where a table's writes begin after its last key LMDB appends, which fills pages to the
 * brim instead of splitting them in half.
 */
import { isBucketKey, isPlainKey, storedKey } from './stored-key.ts';
import { readBucket, updateBucket, writeBucket, type BucketItem } from './bucket.ts';
import type { Environment, StoredTable, TableDatabase } from './environment.ts';
import type { BatchRows, TableRows } from './row-chunks.ts';
import { checksumBytes, openRow, sealRow } from './row-value.ts';

/** Throws when the transaction fails; nothing of the batch is then in the store. */
export function writeRows(environment: Environment, batch: BatchRows): void {
  for (const rows of batch.tables) rows.sort();
  environment.root.transactionSync(() => {
    for (const [i, table] of environment.tables.entries()) {
      const rows = batch.tables[i];
      if (rows !== undefined && rows.count > 0) writeTable(table, rows);
    }
  });
}

function writeTable(table: StoredTable, rows: TableRows): void {
  const { database } = table;
  const last = lastKey(database);
  for (let row = 0; row < rows.count;) {
    const key = rows.key(row);
    if (!isPlainKey(key)) {
      row = writeBucketRows(table, rows, row);
      continue;
    }
    const stored = rows.stored(row);
    if (stored === null) database.removeSync(key);
    else if (last === undefined || key > last) append(table, key, stored);
    else put(table, key, stored);
    row++;
  }
}

/** Writes all rows that share the bucket of row `start`, and returns the number of the row after them. */
function writeBucketRows(table: StoredTable, rows: TableRows, start: number): number {
  const stored = storedKey(rows.key(start));
  const writes: { readonly key: string; readonly value: Uint8Array | null }[] = [];
  let row = start;
  for (; row < rows.count && isSameBucket(rows.key(row), stored); row++) {
    writes.push({ key: rows.key(row), value: valueOf(rows.stored(row)) });
  }
  const before = bucketOf(table, stored);
  const after = updateBucket(before, writes);
  if (after.length > 0) put(table, stored, writeBucket(after));
  else if (before.length > 0) table.database.removeSync(stored);
  return row;
}

function bucketOf({ database, seed }: StoredTable, stored: string): readonly BucketItem[] {
  const bytes = database.getBinary(stored);
  if (bytes === undefined) return [];
  const value = openRow(seed, stored, bytes);
  if (value === undefined) throw new Error('a row does not match its checksum');
  return readBucket(value);
}

function valueOf(stored: Uint8Array | null): Uint8Array | null {
  return stored === null ? null : stored.subarray(0, stored.length - checksumBytes);
}
function isSameBucket(key: string, stored: string): boolean {
  return isBucketKey(storedKey(key)) && storedKey(key) === stored;
}

function lastKey(database: TableDatabase): string | undefined {
  for (const key of database.getKeys({ reverse: true, limit: 1, end: undefined as never }))
    return key;
  return undefined;
}

const appending = { append: true };

function append({ database, seed }: StoredTable, key: string, stored: Uint8Array): void {
  if (!database.putSync(key, sealRow(seed, key, stored), appending))
    throw new Error('LMDB refused to append a row');
}

function put({ database, seed }: StoredTable, key: string, stored: Uint8Array): void {
  if (!database.putSync(key, sealRow(seed, key, stored)))
    throw new Error('LMDB refused to write a row');
}
