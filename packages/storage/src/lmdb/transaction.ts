/**
 * Writes one batch in one synchronous, durable transaction. Rows go in key order, table by table: neighbours
 * share pages, and where a table's writes begin after its last key LMDB appends, which fills pages to the
 * brim instead of splitting them in half.
 */
import { isBucketKey, isPlainKey, storedKey } from './stored-key.ts';
import { readBucket, updateBucket, writeBucket, type BucketItem } from './bucket.ts';
import type { Environment, TableDatabase } from './environment.ts';
import type { Row } from './row-chunks.ts';
import { checksumBytes, openValue, sealValue } from './row-value.ts';

/** Throws when the transaction fails; nothing of the batch is then in the store. */
export function writeRows(environment: Environment, rows: readonly Row[]): void {
  const byTable = environment.tables.map((): Row[] => []);
  for (const row of rows) byTable[row.table]?.push(row);
  environment.root.transactionSync(() => {
    for (const [i, table] of environment.tables.entries()) {
      const writes = byTable[i];
      if (writes !== undefined && writes.length > 0) writeTable(table, inOrder(writes));
    }
  });
}

function inOrder(rows: Row[]): readonly Row[] {
  const isSorted = rows.every((row, i) => i === 0 || (rows[i - 1] as Row).key < row.key);
  return isSorted ? rows : rows.sort((a, b) => (a.key < b.key ? -1 : 1));
}

function writeTable(table: TableDatabase, rows: readonly Row[]): void {
  const last = lastKey(table);
  for (let i = 0; i < rows.length;) {
    const row = rows[i] as Row;
    if (!isPlainKey(row.key)) {
      i = writeBucketRows(table, rows, i);
      continue;
    }
    if (row.stored === null) table.removeSync(row.key);
    else if (last === undefined || row.key > last) append(table, row.key, row.stored);
    else put(table, row.key, row.stored);
    i++;
  }
}

/** Writes all rows that share the bucket of row `start`, and returns the number of the row after them. */
function writeBucketRows(table: TableDatabase, rows: readonly Row[], start: number): number {
  const stored = storedKey((rows[start] as Row).key);
  let end = start + 1;
  while (end < rows.length && isSameBucket((rows[end] as Row).key, stored)) end++;
  const before = bucketOf(table, stored);
  const writes = rows.slice(start, end).map((row) => ({ key: row.key, value: valueOf(row) }));
  const after = updateBucket(before, writes);
  if (after.length > 0) put(table, stored, writeBucket(after));
  else if (before.length > 0) table.removeSync(stored);
  return end;
}

function bucketOf(table: TableDatabase, stored: string): readonly BucketItem[] {
  const bytes = table.getBinary(stored);
  if (bytes === undefined) return [];
  const value = openValue(bytes, bytes.length);
  if (value === undefined) throw new Error('a row does not match its checksum');
  return readBucket(value);
}

function valueOf(row: Row): Uint8Array | null {
  return row.stored === null ? null : row.stored.subarray(0, row.stored.length - checksumBytes);
}

function isSameBucket(key: string, stored: string): boolean {
  return isBucketKey(storedKey(key)) && storedKey(key) === stored;
}

function lastKey(table: TableDatabase): string | undefined {
  for (const key of table.getKeys({ reverse: true, limit: 1, end: undefined as never })) return key;
  return undefined;
}

const appending = { append: true };

function append(table: TableDatabase, key: string, stored: Uint8Array): void {
  if (!table.putSync(key, sealValue(stored), appending))
    throw new Error('LMDB refused to append a row');
}

function put(table: TableDatabase, key: string, stored: Uint8Array): void {
  if (!table.putSync(key, sealValue(stored))) throw new Error('LMDB refused to write a row');
}
