/**
 * A member's own monotonic clock: it begins anywhere, since no two machines were started together, and runs a little
 * fast or slow.
 */
import type { EventQueue } from './event-queue.ts';

export interface SimulatedClockOptions {
  /** What the clock showed when it was made. Default 0. */
  readonly offsetMs?: number;
  /** Its milliseconds per true one: 1.01 runs fast by a hundredth. Default 1. */
  readonly rate?: number;
}

export class SimulatedClock {
  readonly rate: number;
  readonly #queue: EventQueue;
  readonly #offsetMs: number;
  readonly #startedAtMs: number;

  constructor(queue: EventQueue, { offsetMs = 0, rate = 1 }: SimulatedClockOptions = {}) {
    this.#queue = queue;
    this.#offsetMs = offsetMs;
    this.rate = rate;
    this.#startedAtMs = queue.nowMs;
  }

  /** Milliseconds, as the owner of the clock sees them. */
  now(): number {
    return this.#offsetMs + (this.#queue.nowMs - this.#startedAtMs) * this.rate;
  }

  /** How long the owner's `ms` take in true time. */
  trueMs(ms: number): number {
    return ms / this.rate;
  }
}
