/**
 * The newest writes, kept in memory over an `OrderedStore` that is written behind. Writes go into the active
 * batch; `flush` hands it to the store and opens the next; a read looks into the active batch, the one being
 * committed, and the store, in this order.
 *
 * Invariant: everything that one log entry changes is in one batch, together with the applied index: `flush` is
 * called between entries only. Nothing here outlives its batch, so memory does not grow with the key space.
 */
import type { ByteString } from '@concord/protocol';
import { assert } from '@concord/raft';
import { tables } from '../ordered-store.ts';
import type { OrderedStore, ScanRange, StoreBatch, Table } from '../ordered-store.ts';
import { AscendingTable, HashedTable } from './batch-table.ts';
import type { BatchTable } from './batch-table.ts';
import { RowMemory } from './row-memory.ts';
import { Slab } from './slab.ts';
import type { KeyCursor } from './sorted-keys.ts';

type Visit = (key: ByteString, value: Uint8Array) => boolean | void;

/** Changes come in the order of their revisions; only compaction deletes further back. */
const ASCENDING: Table = 'revisions';

interface Batch {
  readonly memory: RowMemory;
  readonly tables: ReadonlyMap<Table, BatchTable>;
}

function createBatch(memory: RowMemory): Batch {
  const tableOf = (table: Table): BatchTable =>
    table === ASCENDING ? new AscendingTable(memory) : new HashedTable(memory);
  return { memory, tables: new Map(tables.map((table) => [table, tableOf(table)])) };
}

export class Overlay {
  readonly #store: OrderedStore;
  readonly #copies = new Slab();
  #active = createBatch(new RowMemory());
  #committing: Batch | undefined;
  /** Of the last batch that was committed, for the next. */
  #spareMemory = new RowMemory();
  #bytes = 0;
  #rows = 0;

  constructor(store: OrderedStore) {
    this.#store = store;
  }

  /** Bytes of keys and values written since the last flush; what was overwritten counts too. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Writes since the last flush. */
  get rows(): number {
    return this.#rows;
  }

  /** Whether a batch is on its way to the store, so that `flush` has to wait. */
  get isCommitting(): boolean {
    return this.#committing !== undefined;
  }

  /** The value is copied; `null` deletes. */
  set(table: Table, key: ByteString, value: Uint8Array | null): void {
    (this.#active.tables.get(table) as BatchTable).set(key, value);
    this.#rows++;
    this.#bytes += key.length + (value === null ? 0 : value.length);
  }

  /** The bytes are valid until the next call: copy what is kept, or ask `getOwned`. */
  get(table: Table, key: ByteString): Uint8Array | undefined {
    const pending = this.#getPending(table, key);
    return pending === undefined ? this.#store.get(table, key) : (pending ?? undefined);
  }

  /** A copy: bytes that never change. */
  getOwned(table: Table, key: ByteString): Uint8Array | undefined {
    const value = this.get(table, key);
    return value === undefined ? undefined : this.#copies.copy(value);
  }

  /** Rows in key order until `visit` answers `false`. Nothing may be read or written from inside. */
  scan(table: Table, range: ScanRange, visit: Visit): void {
    const pending = new PendingRows(
      this.#active.tables.get(table) as BatchTable,
      this.#committing?.tables.get(table),
      range,
    );
    this.#store.scan(table, range, (key, stored) => {
      if (!pending.visitBefore(key, visit)) return false;
      const value = pending.take(key);
      if (value === null || visit(key, value ?? stored) !== false) return true;
      pending.end();
      return false;
    });
    pending.visitBefore(undefined, visit);
  }

  /**
   * Hands the active batch to the store. Answers false, having done nothing, while the batch before it is still
   * being committed: call again after `committed`.
   */
  flush(committed: () => void = () => {}): boolean {
    if (this.#committing !== undefined) return false;
    const batch = this.#active;
    this.#committing = batch;
    this.#active = createBatch(this.#spareMemory);
    this.#bytes = 0;
    this.#rows = 0;
    this.#store.commit(writesOf(batch), () => {
      assert(this.#committing === batch, 'batches are committed in the order given, each once');
      this.#committing = undefined;
      batch.memory.clear();
      this.#spareMemory = batch.memory;
      committed();
    });
    return true;
  }

  /** What the batches say of a key: a value, `null` for deleted, `undefined` for nothing. */
  #getPending(table: Table, key: ByteString): Uint8Array | null | undefined {
    const value = (this.#active.tables.get(table) as BatchTable).get(key);
    return value !== undefined ? value : this.#committing?.tables.get(table)?.get(key);
  }
}

function writesOf(batch: Batch): StoreBatch {
  return new Map([...batch.tables].filter(([, rows]) => rows.size > 0));
}

/** The rows of both batches inside a range, merged; where both have a key, the active one's. */
class PendingRows {
  readonly #active: BatchTable;
  readonly #committing: BatchTable | undefined;
  readonly #activeCursor: KeyCursor;
  readonly #committingCursor: KeyCursor | undefined;
  readonly #range: ScanRange;
  readonly #isReverse: boolean;
  /** The next row's; `undefined` past the end. */
  #key: ByteString | undefined;

  constructor(active: BatchTable, committing: BatchTable | undefined, range: ScanRange) {
    this.#active = active;
    this.#committing = committing;
    this.#range = range;
    this.#isReverse = range.reverse === true;
    this.#activeCursor = cursorOf(active, range);
    this.#committingCursor = committing && cursorOf(committing, range);
    this.#settle();
  }

  /** Visits what comes before `bound` in the direction of the scan, or all; false where `visit` wants no more. */
  visitBefore(bound: ByteString | undefined, visit: Visit): boolean {
    for (let key = this.#key; key !== undefined; key = this.#key) {
      if (bound !== undefined && (this.#isReverse ? key <= bound : key >= bound)) return true;
      const value = this.take(key);
      if (value === null || value === undefined || visit(key, value) !== false) continue;
      this.end();
      return false;
    }
    return true;
  }

  /** The row of `key` if it is the next one, and moves on; `null` where the key is deleted. */
  take(key: ByteString): Uint8Array | null | undefined {
    if (this.#key !== key) return undefined;
    const isActive = this.#activeCursor.key === key;
    const value = (isActive ? this.#active : this.#committing)?.get(key);
    if (isActive) this.#activeCursor.next();
    if (this.#committingCursor?.key === key) this.#committingCursor.next();
    this.#settle();
    return value;
  }

  /** Nothing is visited any more. */
  end(): void {
    this.#key = undefined;
  }

  #settle(): void {
    const { from, to } = this.#range;
    const a = this.#activeCursor.key;
    const b = this.#committingCursor?.key;
    const isActive = b === undefined || (a !== undefined && (this.#isReverse ? a >= b : a <= b));
    const key = isActive ? a : b;
    const isInside =
      key !== undefined && (this.#isReverse ? key >= from : to === undefined || key < to);
    this.#key = isInside ? key : undefined;
  }
}

const cursorOf = (table: BatchTable, range: ScanRange): KeyCursor =>
  range.reverse === true ? table.descending(range.to) : table.ascending(range.from);
