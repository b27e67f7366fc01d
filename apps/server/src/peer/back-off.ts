/**
 * How long to wait before the next attempt: doubling from 20 ms to a second, each shortened by up to a half at
 * random, so that members that lost each other at one moment do not come back at one moment.
 */

/** A process that restarts is back within this. */
const DELAY_MS_MIN = 20;
/** An election is not held up longer than this by a peer that is back. */
const DELAY_MS_MAX = 1000;

export class BackOff {
  readonly #random: () => number;
  #delayMs = DELAY_MS_MIN;

  /** @param random uniform in [0, 1) */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** Milliseconds until the next attempt. */
  next(): number {
    const delayMs = this.#delayMs;
    this.#delayMs = Math.min(DELAY_MS_MAX, delayMs * 2);
    return delayMs * (1 - this.#random() / 2);
  }

  reset(): void {
    this.#delayMs = DELAY_MS_MIN;
  }
}
