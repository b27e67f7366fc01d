/**
 * A state machine that is only rows: each entry of the log is a batch of them. So a member that has lost the end of its
 * store, and goes on from its log, can be compared with one that has not.
 */
import { createHash } from 'node:crypto';
import { tables, type StoreBatch, type Table } from '@concord/kv';
import type { Entry, LogPosition } from '@concord/raft';

export type Rows = Readonly<Partial<Record<Table, Readonly<Record<string, string>>>>>;

/** Rows by table and key; values are bytes in a string. */
export class Content {
  readonly #rows = new Map<string, string>();

  set(table: string, key: string, value: string): void {
    this.#rows.set(`${table} ${key}`, value);
  }

  apply({ data }: Pick<Entry, 'data'>): void {
    const rows = JSON.parse(Buffer.from(data).toString()) as Rows;
    for (const [table, writes] of Object.entries(rows))
      for (const [key, value] of Object.entries(writes)) this.set(table, key, value);
  }

  digest(): string {
    const hash = createHash('sha1');
    for (const [key, value] of [...this.#rows].sort(([a], [b]) => (a < b ? -1 : 1)))
      hash.update(JSON.stringify([key, value]));
    return hash.digest('hex');
  }
}

export function entryOf(term: number, index: number, rows: Rows): Entry {
  const data = new Uint8Array(Buffer.from(JSON.stringify(rows)));
  return { term, index, kind: 'normal', data };
}

/** The batch of some entries, and with it what is applied then. */
export function batchOf(rows: readonly Rows[], applied: LogPosition): StoreBatch {
  const batch = new Map<Table, Map<string, Uint8Array>>(tables.map((table) => [table, new Map()]));
  for (const each of rows)
    for (const [table, writes] of Object.entries(each))
      for (const [key, value] of Object.entries(writes))
        batch.get(table as Table)?.set(key, new Uint8Array(Buffer.from(value, 'latin1')));
  const row = Buffer.alloc(8);
  row.writeUInt32BE(applied.term, 0);
  row.writeUInt32BE(applied.index, 4);
  batch.get('meta')?.set('applied', row);
  return batch;
}

/** What every table holds at first: plain rows, a value that takes pages of its own, a key that shares its row. */
export function firstRows(generation: string): Rows {
  const current: Record<string, string> = { ['l'.repeat(2500)]: 'long', large: 'x'.repeat(5000) };
  for (let i = 0; i < 130; i++) current[`key${1000 + i}`] = `${generation} ${i} `.repeat(4);
  const rows: Partial<Record<Table, Record<string, string>>> = { current };
  for (const table of tables) rows[table] ??= { one: `${generation} 1`, two: table };
  return rows;
}
