/**
 * The store of a simulated member: batches become durable some time after they were handed over, one after the
 * other and each as a whole. A crash leaves any number of those that were on their way.
 */
import {
  MemoryStore,
  foundCluster,
  tables,
  type OrderedStore,
  type ScanRange,
  type StoreBatch,
  type Table,
} from '@concord/kv';
import type { ByteString, Member } from '@concord/protocol';
import type { Random } from '@concord/testing';

type Visit = (key: ByteString, value: Uint8Array) => boolean | void;

/** All rows of a store as they were durable at one moment. */
export type StoreContent = ReadonlyMap<Table, ReadonlyMap<ByteString, Uint8Array>>;

interface Waiting {
  readonly batch: StoreBatch;
  readonly committed: () => void;
}

export class SimulatedStore implements OrderedStore {
  /** Survives crashes. What it lends is overwritten by the next call, as a mapped page may be. */
  readonly #durable = new MemoryStore({ reusesBuffer: true });
  readonly #after: (step: () => void) => void;
  #waiting: Waiting[] = [];
  /** Callbacks of batches that came while the content was being replaced. */
  #void: (() => void)[] | undefined;

  /** @param after runs the completion of a batch later, if the member is still there then */
  constructor(after: (step: () => void) => void) {
    this.#after = after;
  }

  /** What a member does before its first start: it begins with the members that its flags name. */
  found(members: readonly Member[]): void {
    foundCluster(this.#durable, members, () => undefined);
  }

  /** A copy of what is durable now. */
  content(): StoreContent {
    const content = new Map<Table, Map<ByteString, Uint8Array>>();
    for (const table of tables) {
      const rows = new Map<ByteString, Uint8Array>();
      this.#durable.scan(table, { from: '' }, (key, value) => void rows.set(key, value.slice()));
      content.set(table, rows);
    }
    return content;
  }

  /** Another content is about to take the place of this one: batches that are given from now on are void. */
  beginReplacement(): void {
    while (this.#waiting.length > 0) this.#commitNext();
    this.#void = [];
  }

  /** Another content takes the place of this one. */
  replace(content: StoreContent): void {
    const voidBatches = this.#void ?? [];
    this.#void = undefined;
    const batch = new Map<Table, Map<ByteString, Uint8Array | null>>();
    for (const [table, rows] of content) {
      const writes = new Map<ByteString, Uint8Array | null>();
      this.#durable.scan(table, { from: '' }, (key) => void writes.set(key, null));
      for (const [key, value] of rows) writes.set(key, value.slice());
      batch.set(table, writes);
    }
    this.#durable.commit(batch, () => undefined);
    for (const committed of voidBatches) committed();
  }

  get(table: Table, key: ByteString): Uint8Array | undefined {
    return this.#durable.get(table, key);
  }

  scan(table: Table, range: ScanRange, visit: Visit): void {
    this.#durable.scan(table, range, visit);
  }

  commit(batch: StoreBatch, committed: () => void): void {
    if (this.#void !== undefined) return void this.#void.push(committed);
    this.#waiting.push({ batch, committed });
    this.#after(() => this.#commitNext());
  }

  size(): { allocatedBytes: number; usedBytes: number } {
    return this.#durable.size();
  }

  /** The member is gone; nobody hears of what still becomes durable. */
  crash(random: Random): void {
    const survivors = random.integer(0, this.#waiting.length);
    for (const { batch } of this.#waiting.slice(0, survivors)) {
      this.#durable.commit(batch, () => undefined);
    }
    this.#waiting = [];
    this.#void = undefined;
  }

  #commitNext(): void {
    const next = this.#waiting.shift();
    if (next !== undefined) this.#durable.commit(next.batch, next.committed);
  }
}
