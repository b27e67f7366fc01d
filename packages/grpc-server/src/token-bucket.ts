/**
 * A budget for events that cost the server and bring it nothing: `burst` at once, `perSecond` in the
 * long run. Time is handed in, so that a bucket is a plain value.
 *
 * Invariant: 0 <= tokens <= burst.
 */

/** How many events are allowed at once, and how many come back each second. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** See the file comment. */
export class TokenBucket {
  readonly #rate: Rate;
  #tokens: number;
  #filledAtMs: number;

  constructor(rate: Rate, nowMs: number) {
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#filledAtMs = nowMs;
  }

  /** Takes one token; false when there is none: the peer exceeds its budget. */
  take(nowMs: number): boolean {
    if (this.#tokens < 1) this.#refill(nowMs);
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }

  /** Gives tokens for useful work that justifies such events. */
  earn(tokens: number): void {
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + tokens);
  }

  #refill(nowMs: number): void {
    const elapsedSeconds = (nowMs - this.#filledAtMs) / 1000;
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + elapsedSeconds * this.#rate.perSecond);
    this.#filledAtMs = nowMs;
  }
}
