/**
 * How many calls may be tried again, over all calls of a view: a part of the calls, and a few a second for services
 * that are seldom called. When most calls fail, retries would multiply the load on whoever is left.
 */
export interface RetryBudgetOptions {
  /** Retries for each call, over the last ten seconds; 0.2 by default. */
  readonly ratio?: number;
  /** Retries a second that are allowed however few calls there are; 10 by default. */
  readonly minPerSecond?: number;
}

/** As Finagle counts. */
const WINDOW_SECONDS = 10;

export class RetryBudget {
  readonly #ratio: number;
  readonly #minPerSecond: number;
  readonly #now: () => number;
  /** By second, modulo the window. */
  readonly #calls = new Float64Array(WINDOW_SECONDS);
  readonly #retries = new Float64Array(WINDOW_SECONDS);
  #second = 0;

  /** @param now - monotonic, in milliseconds */
  constructor(options: RetryBudgetOptions = {}, now: () => number = () => performance.now()) {
    this.#ratio = options.ratio ?? 0.2;
    this.#minPerSecond = options.minPerSecond ?? 10;
    this.#now = now;
  }

  /** A call begins. */
  called(): void {
    const slot = this.#slot();
    this.#calls[slot] = this.#calls[slot]! + 1;
  }

  /** Takes one retry, if there is one left. */
  tryRetry(): boolean {
    const slot = this.#slot();
    const allowed = this.#ratio * sum(this.#calls) + this.#minPerSecond * WINDOW_SECONDS;
    if (sum(this.#retries) + 1 > allowed) return false;
    this.#retries[slot] = this.#retries[slot]! + 1;
    return true;
  }

  #slot(): number {
    const second = Math.floor(this.#now() / 1000);
    const steps = Math.min(WINDOW_SECONDS, second - this.#second);
    for (let step = 0; step < steps; step++) {
      const slot = (second - step) % WINDOW_SECONDS;
      this.#calls[slot] = 0;
      this.#retries[slot] = 0;
    }
    this.#second = Math.max(second, this.#second);
    return this.#second % WINDOW_SECONDS;
  }
}

function sum(counts: Float64Array): number {
  return counts.reduce((total, count) => total + count, 0);
}
