/**
 * Writes one batch in one synchronous, durable transaction. Rows go in key order, table by table: neighbours
 * share pages, and where a table's writes begin after its last key LMDB appends, which fills pages to the
 * brim instead of splitting them in half.
 */
import { isBucketKey, isPlainKey, storedKey } from './stored-key.ts';
import { readBucket, updateBucket, writeBucket } from './bucket.ts';
import type { Environment, TableDatabase } from './environment.ts';
import type { Row } from './row-chunks.ts';

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
    if (row.value === null) table.removeSync(row.key);
    else if (last === undefined || row.key > last) append(table, row.key, row.value);
    else put(table, row.key, row.value);
    i++;
  }
}

/** Writes all rows that share the bucket of row `start`, and returns the number of the row after them. */
function writeBucketRows(table: TableDatabase, rows: readonly Row[], start: number): number {
  const stored = storedKey((rows[start] as Row).key);
  let end = start + 1;
  while (end < rows.length && isSameBucket((rows[end] as Row).key, stored)) end++;
  const bytes = table.getBinary(stored);
  const before = bytes === undefined ? [] : readBucket(bytes);
  const after = updateBucket(before, rows.slice(start, end));
  if (after.length > 0) put(table, stored, writeBucket(after));
  else if (before.length > 0) table.removeSync(stored);
  return end;
}

function isSameBucket(key: string, stored: string): boolean {
  return isBucketKey(storedKey(key)) && storedKey(key) === stored;
}

function lastKey(table: TableDatabase): string | undefined {
  for (const key of table.getKeys({ reverse: true, limit: 1, end: undefined as never })) return key;
  return undefined;
}

const appending = { append: true };

function append(table: TableDatabase, key: string, value: Uint8Array): void {
  if (!table.putSync(key, value, appending)) throw new Error('LMDB refused to append a row');
}

function put(table: TableDatabase, key: string, value: Uint8Array): void {
  if (!table.putSync(key, value)) throw new Error('LMDB refused to write a row');
}
