/**
 * A monotonic clock that goes on while the machine sleeps, as Linux' CLOCK_BOOTTIME does. Node has none: what it offers
 * stands still on Linux while the machine is suspended, or its virtual machine paused, and a lease runs out meanwhile. So
 * the wall clock is watched: what it jumps ahead by is taken for time that was slept through. Setting it forward looks the
 * same; to believe that it was sleep is the safe mistake. Setting it back changes nothing.
 *
 * Pure: both clocks are handed in.
 */

/** Less is no sleep: the two clocks are not read in the same instant. Below the smallest margin of a lease, 250 ms. */
const SLEEP_MS_MIN = 100;

export class BootClock {
  readonly #monotonicMs: () => number;
  readonly #wallMs: () => number;
  /** By how much the wall clock was ahead when it was last looked at. */
  #aheadMs: number;
  #sleptMs = 0;

  constructor(
    monotonicMs: () => number = () => performance.now(),
    wallMs: () => number = () => Date.now(),
  ) {
    this.#monotonicMs = monotonicMs;
    this.#wallMs = wallMs;
    this.#aheadMs = wallMs() - monotonicMs();
  }

  /** Milliseconds since some instant, time slept through included. */
  nowMs(): number {
    const monotonicMs = this.#monotonicMs();
    const aheadMs = this.#wallMs() - monotonicMs;
    if (aheadMs - this.#aheadMs >= SLEEP_MS_MIN) this.#sleptMs += aheadMs - this.#aheadMs;
    this.#aheadMs = aheadMs;
    return monotonicMs + this.#sleptMs;
  }

  /** How much was slept through so far, as of the last look. */
  get sleptMs(): number {
    return this.#sleptMs;
  }
}
