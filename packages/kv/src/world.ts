/**
 * The world as a replica sees it: everything that can block, fail, wait or surprise is handed in. Production
 * gives it a disk, sockets and clocks; the simulator gives it seeded ones. Nothing here returns a promise.
 */
import type { Entry, HardState, Message } from '@concord/raft';
import type { OrderedStore } from './ordered-store.ts';

/** The write-ahead log. Appends become durable in the order given; a failing disk stops the member instead. */
export interface DurableLog {
  append(hardState: HardState | undefined, entries: readonly Entry[], durable: () => void): void;
  /** Entries up to `index` are in the store, durably: recovery needs them no more. */
  release(index: number, term: number): void;
}

/** The way to the other members. Messages may be lost, late, doubled and out of order. */
export interface Transport {
  send(messages: readonly Message[]): void;
}

export interface World {
  readonly log: DurableLog;
  readonly store: OrderedStore;
  readonly transport: Transport;
  /** Monotonic milliseconds. */
  now(): number;
  /** Uniform in [0, 1). */
  random(): number;
  /** Runs a function once the requests that have arrived by now are all handed in. */
  schedule(run: () => void): void;
}
