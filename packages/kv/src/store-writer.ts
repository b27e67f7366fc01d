/**
 * Decides when the overlay's batch goes to the store. Larger batches touch fewer pages twice; smaller ones are
 * replayed faster after a crash and hold less memory.
 *
 * Invariant: the applied index is in the same batch as the effects of the entries up to it.
 */
import type { StateMachine } from './state-machine.ts';

/**
 * A batch of this size costs one transaction. Larger ones touch fewer pages twice and cost more in garbage
 * collection: of 4, 8, 24 and 64 MiB the first took the most puts.
 */
const FLUSH_BYTES = 4 << 20;
/** A member under light load stores its last write after this long, so that a restart replays little. */
const FLUSH_INTERVAL_MS = 1000;
/** Above this the store is slower than the log: no more is proposed until it has caught up. */
const OVERLAY_BYTES_MAX = 128 << 20;

export interface StoreWriterEvents {
  /** Everything up to this entry is in the store, durably. */
  readonly released: (index: number, term: number) => void;
}

export class StoreWriter {
  readonly #machine: StateMachine;
  readonly #events: StoreWriterEvents;
  readonly #waiters: (() => void)[] = [];
  #lastFlushMs = 0;

  constructor(machine: StateMachine, events: StoreWriterEvents) {
    this.#machine = machine;
    this.#events = events;
  }

  /** Whether memory holds more than it should because the store cannot keep up. */
  get isOverfull(): boolean {
    return this.#machine.overlay.bytes > OVERLAY_BYTES_MAX;
  }

  maybeFlush(nowMs: number): void {
    const { overlay } = this.#machine;
    if (
      overlay.bytes < FLUSH_BYTES &&
      (overlay.rows === 0 || nowMs - this.#lastFlushMs < FLUSH_INTERVAL_MS)
    )
      return;
    this.#flush(nowMs);
  }

  tick(nowMs: number): void {
    if (this.#waiters.length > 0) this.#flush(nowMs);
    else this.maybeFlush(nowMs);
  }

  /** Runs `run` once everything that is applied now is stored. */
  whenStored(run: () => void): void {
    const { overlay } = this.#machine;
    if (overlay.rows === 0 && !overlay.isCommitting) return run();
    this.#waiters.push(run);
    this.#flush(this.#lastFlushMs);
  }

  #flush(nowMs: number): void {
    if (this.#machine.overlay.isCommitting) return;
    this.#lastFlushMs = nowMs;
    const { index, term } = this.#machine.applied;
    const waiters = this.#waiters.splice(0);
    this.#machine.flush(() => {
      this.#events.released(index, term);
      for (const run of waiters) run();
      // Whoever came while this batch was under way waits for the next one.
      if (this.#waiters.length > 0) this.#flush(this.#lastFlushMs);
    });
  }
}
