/**
 * The store as it was at one moment, whatever is committed meanwhile: a read transaction of its own.
 *
 * Invariant: while a view is open LMDB reuses no page that was live at its moment; the file grows instead.
 * Invariant: no cursor outlives the call that made it, so a view may be closed between any two calls.
 */
import { tables, type OrderedStore, type ScanRange, type Table } from '@concord/kv';
import type { ByteString } from '@concord/protocol';
import { readBucket } from './bucket.ts';
import type { Environment, StoredTable, Transaction } from './environment.ts';
import { scanRows } from './row-scan.ts';
import { openRow, storedValue } from './row-value.ts';
import { firstStoredKey, isPlainKey, storedKey } from './stored-key.ts';

/** Takes a row as it is stored, bucket rows too; the bytes are valid during the call. `false` stops. */
export type VisitRow = (key: ByteString, stored: Uint8Array) => boolean;

export interface StoreViewEvents {
  /** A row is not what was written. Throws. */
  readonly corrupt: (table: Table, key: ByteString) => never;
  readonly closed: (view: StoreView) => void;
}

/** What is read of a store at one moment. */
export type StoredRows = Pick<OrderedStore, 'get'>;

export class StoreView implements Pick<OrderedStore, 'get' | 'scan'> {
  readonly #environment: Environment;
  readonly #events: StoreViewEvents;
  readonly #transaction: Transaction;
  #isOpen = true;

  constructor(environment: Environment, events: StoreViewEvents) {
    this.#environment = environment;
    this.#events = events;
    // A transaction that others have read with in this turn would be shared with them.
    environment.root.resetReadTxn();
    this.#transaction = environment.root.useReadTransaction();
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get(table: Table, key: ByteString): Uint8Array | undefined {
    const { database, seed } = this.#table(tables.indexOf(table));
    const rowKey = storedKey(key);
    const stored = database.getBinaryFast(rowKey, { transaction: this.#transaction });
    if (stored === undefined) return undefined;
    const value = openRow(seed, rowKey, stored) ?? this.#events.corrupt(table, key);
    if (isPlainKey(key)) return value;
    return readBucket(value).find((item) => item.key === key)?.value;
  }

  scan(
    table: Table,
    range: ScanRange,
    visit: (key: ByteString, value: Uint8Array) => boolean | void,
  ): void {
    const scanned = { table: this.#table(tables.indexOf(table)), transaction: this.#transaction };
    scanRows(scanned, range, visit, (key) => this.#events.corrupt(table, key));
  }

  /** Visits the rows of a table in order, those after the stored key `after`. Says whether it reached the end. */
  visitRows(table: number, after: ByteString | undefined, visit: VisitRow): boolean {
    const transaction = this.#transaction;
    const from = after === undefined ? {} : { start: after, exclusiveStart: true };
    const { database, seed } = this.#table(table);
    const rows = database.getRange({ start: firstStoredKey, ...from, transaction });
    for (const { key, value } of rows) {
      const sound = openRow(seed, key, value) ?? this.#events.corrupt(tables[table] as Table, key);
      if (!visit(key, storedValue(sound))) return false;
    }
    return true;
  }

  /** How many rows LMDB counts in a table. */
  rowCount(table: number): number {
    const stats = this.#table(table).database.getStats() as { readonly entryCount: number };
    return stats.entryCount;
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#transaction.done();
    this.#events.closed(this);
  }

  #table(number: number): StoredTable {
    return this.#environment.tables[number] as StoredTable;
  }
}
