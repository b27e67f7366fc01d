/**
 * An `OrderedStore` in memory, for tests and the simulator. Commits can be held back, so that a test decides what
 * is durable at a crash; and results can be handed out in one reused buffer, as a memory-mapped store does, so
 * that a reader that keeps what it should have copied is found out.
 */
import type { ByteString } from '@concord/protocol';
import { tables } from './ordered-store.ts';
import type { OrderedStore, ScanRange, StoreBatch, Table } from './ordered-store.ts';
import { SortedKeys } from './mvcc/sorted-keys.ts';

export interface MemoryStoreOptions {
  /** Batches wait for `flushCommits`; otherwise each is committed within `commit`. Default false. */
  readonly holdsCommits?: boolean;
  /** Every result is overwritten by the next call, the harshest reading of the contract. Default false. */
  readonly reusesBuffer?: boolean;
}

interface MemoryTable {
  readonly keys: SortedKeys;
  readonly values: Map<ByteString, Uint8Array>;
}

interface HeldCommit {
  readonly batch: StoreBatch;
  readonly committed: () => void;
}

/** What a result is overwritten with once it is stale: no length, tag or varint of ours survives it. */
const STALE_BYTE = 0xff;

export class MemoryStore implements OrderedStore {
  readonly #tables = new Map<Table, MemoryTable>();
  readonly #options: MemoryStoreOptions;
  #held: HeldCommit[] = [];
  #lent: Uint8Array | undefined;
  #usedBytes = 0;

  constructor(options: MemoryStoreOptions = {}) {
    this.#options = options;
    for (const table of tables) {
      this.#tables.set(table, { keys: new SortedKeys(), values: new Map() });
    }
  }

  get(table: Table, key: ByteString): Uint8Array | undefined {
    const value = this.#table(table).values.get(key);
    return this.#options.reusesBuffer === true ? this.#lend(value) : value;
  }

  scan(
    table: Table,
    range: ScanRange,
    visit: (key: ByteString, value: Uint8Array) => boolean | void,
  ): void {
    const { keys, values } = this.#table(table);
    const isReverse = range.reverse === true;
    const cursor = isReverse ? keys.descending(range.to) : keys.ascending(range.from);
    for (let key = cursor.key; key !== undefined; key = cursor.next()) {
      if (isReverse ? key < range.from : range.to !== undefined && key >= range.to) return;
      const value = values.get(key) as Uint8Array;
      const lent = this.#options.reusesBuffer === true ? this.#lend(value) : value;
      if (visit(key, lent as Uint8Array) === false) return;
    }
  }

  commit(batch: StoreBatch, committed: () => void): void {
    this.#held.push({ batch, committed });
    if (this.#options.holdsCommits !== true) this.flushCommits();
  }

  /** Commits what is held back, oldest first, at most `count` batches. */
  flushCommits(count = Infinity): void {
    for (let done = 0; done < count; done++) {
      const held = this.#held.shift();
      if (held === undefined) return;
      this.#apply(held.batch);
      held.committed();
    }
  }

  /** What a crash does: batches that are not committed are gone, and nobody is told. */
  dropHeldCommits(): void {
    this.#held = [];
  }

  get heldCommits(): number {
    return this.#held.length;
  }

  size(): { allocatedBytes: number; usedBytes: number } {
    return { allocatedBytes: this.#usedBytes, usedBytes: this.#usedBytes };
  }

  #table(table: Table): MemoryTable {
    return this.#tables.get(table) as MemoryTable;
  }

  #apply(batch: StoreBatch): void {
    for (const [table, writes] of batch) {
      const { keys, values } = this.#table(table);
      for (const [key, value] of writes) {
        const before = values.get(key);
        if (before !== undefined) this.#usedBytes -= key.length + before.length;
        if (value !== null) {
          this.#usedBytes += key.length + value.length;
          values.set(key, value.slice());
          if (before === undefined) keys.add(key);
        } else if (before !== undefined) {
          values.delete(key);
          keys.delete(key);
        }
      }
    }
  }

  #lend(value: Uint8Array | undefined): Uint8Array | undefined {
    this.#lent?.fill(STALE_BYTE);
    this.#lent = value?.slice();
    return this.#lent;
  }
}
