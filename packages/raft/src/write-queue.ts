/**
 * The Readys that are on their way to disk, oldest first, with the messages that may leave only when
 * they have arrived there.
 *
 * The disk completes writes in the order of their Readys; reports may come late or in any order.
 * A report says "Ready number n is durable", never "index i is durable": an index can be written,
 * overwritten and written again with the very same term while the first write is still in flight,
 * and its late report would vouch for bytes that the second write is about to destroy.
 *
 * Invariant: `lastIndex` of a write is what its completion makes durable of the log as it is now;
 * cutting the log lowers it.
 */
import type { Message } from './message.ts';
import type { Snapshot } from './snapshot.ts';

export interface Write {
  /** The number of the Ready that asked for it. */
  readonly number: number;
  lastIndex: number;
  readonly snapshot: Snapshot | undefined;
  /** To be sent when this write and all before it are durable. */
  readonly messages: Message[];
  durable: boolean;
}

export class WriteQueue {
  readonly #writes: Write[] = [];

  /** The youngest write in flight. */
  get last(): Write | undefined {
    return this.#writes[this.#writes.length - 1];
  }

  add(write: Write): void {
    this.#writes.push(write);
  }

  /** The log was cut: nothing in flight vouches for anything after `index` any more. */
  truncate(index: number): void {
    for (const write of this.#writes) write.lastIndex = Math.min(write.lastIndex, index);
  }

  /**
   * Notes that one write is durable and takes out those that now are durable with all before them.
   * A number that is not in flight (reported twice, or a Ready without a write) changes nothing.
   */
  complete(number: number): readonly Write[] {
    const write = this.#writes.find((candidate) => candidate.number === number);
    if (write === undefined) return [];
    write.durable = true;
    const pending = this.#writes.findIndex((candidate) => !candidate.durable);
    return this.#writes.splice(0, pending === -1 ? this.#writes.length : pending);
  }
}
