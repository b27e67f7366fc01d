/**
 * The store of a simulated member: batches become durable some time after they were handed over, one after the
 * other and each as a whole. A crash leaves any number of those that were on their way.
 */
import {
  MemoryStore,
  foundCluster,
  type OrderedStore,
  type ScanRange,
  type StoreBatch,
  type Table,
} from '@concord/kv';
import type { ByteString, Member } from '@concord/protocol';
import type { Random } from '@concord/testing';

type Visit = (key: ByteString, value: Uint8Array) => boolean | void;

interface Waiting {
  readonly batch: StoreBatch;
  readonly committed: () => void;
}

export class SimulatedStore implements OrderedStore {
  /** Survives crashes. What it lends is overwritten by the next call, as a mapped page may be. */
  readonly #durable = new MemoryStore({ reusesBuffer: true });
  readonly #after: (step: () => void) => void;
  #waiting: Waiting[] = [];

  /** @param after runs the completion of a batch later, if the member is still there then */
  constructor(after: (step: () => void) => void) {
    this.#after = after;
  }

  /** What a member does before its first start: it begins with the members that its flags name. */
  found(members: readonly Member[]): void {
    foundCluster(this.#durable, members, () => undefined);
  }

  get(table: Table, key: ByteString): Uint8Array | undefined {
    return this.#durable.get(table, key);
  }

  scan(table: Table, range: ScanRange, visit: Visit): void {
    this.#durable.scan(table, range, visit);
  }

  commit(batch: StoreBatch, committed: () => void): void {
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
  }

  #commitNext(): void {
    const next = this.#waiting.shift();
    if (next !== undefined) this.#durable.commit(next.batch, next.committed);
  }
}
