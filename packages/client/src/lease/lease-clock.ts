/**
 * How much of a lease is certainly left, judged by our own clock. Pure: times come in.
 *
 * The server restarts the lease's time when it takes a renewal, which is after the renewal was sent. Counting from the
 * sending, minus a margin for clocks that run at different speeds, we are through before the server is.
 *
 * Invariant: `expiresAtMs` never goes back to later once it has passed: a lease that was lost stays lost.
 */

/** Part of the TTL that is given away, and its bounds. */
const MARGIN_SHARE = 0.1;
const MARGIN_SHARE_MAX = 0.25;
const MARGIN_MS_MIN = 1_000;
/** A renewal is sent when a third of the TTL has passed. */
const RENEW_SHARE = 1 / 3;
const JITTER_SHARE = 0.1;

export class LeaseClock {
  #ttlMs: number;
  #sentAtMs: number;
  #dueAtMs: number;
  #isOver = false;

  /** @param sentAtMs - when the request that was answered was sent */
  constructor(ttlMs: number, sentAtMs: number) {
    this.#ttlMs = ttlMs;
    this.#sentAtMs = sentAtMs;
    this.#dueAtMs = sentAtMs;
  }

  get ttlMs(): number {
    return this.#ttlMs;
  }

  /** Until then the server has it, unless it was revoked. */
  get expiresAtMs(): number {
    return this.#sentAtMs + this.#ttlMs - marginMs(this.#ttlMs);
  }

  /** From then on two renewals at least have gone unanswered. */
  get atRiskAtMs(): number {
    return Math.max(this.#sentAtMs + (this.#ttlMs * 5) / 8, this.expiresAtMs - this.#ttlMs / 4);
  }

  /** What is left; negative once it is over, and for ever from then on. */
  remainingMs(nowMs: number): number {
    const remainingMs = this.expiresAtMs - nowMs;
    if (remainingMs <= 0) this.#isOver = true;
    return remainingMs;
  }

  /** Takes a renewal in; false if it came too late. */
  renewed(ttlMs: number, sentAtMs: number, nowMs: number): boolean {
    if (this.#isOver || this.remainingMs(nowMs) <= 0) return false;
    if (sentAtMs > this.#sentAtMs) [this.#ttlMs, this.#sentAtMs] = [ttlMs, sentAtMs];
    return true;
  }

  /**
   * When the next renewal is due; `chance` is from 0 to 1, so that a fleet does not renew in step. It counts from when the
   * last one was due, not from its answer: those that waited for a leader together are answered together, and would come
   * together for ever.
   */
  nextRenewalAtMs(nowMs: number, chance: number): number {
    const periodMs = this.#ttlMs * RENEW_SHARE * (1 - JITTER_SHARE + 2 * JITTER_SHARE * chance);
    this.#dueAtMs += periodMs;
    if (this.#dueAtMs <= nowMs) {
      this.#dueAtMs += Math.ceil((nowMs - this.#dueAtMs) / periodMs) * periodMs;
    }
    return this.#dueAtMs;
  }
}

/** A tenth of the TTL, at least a second, but at most a quarter. */
export function marginMs(ttlMs: number): number {
  return Math.min(Math.max(ttlMs * MARGIN_SHARE, MARGIN_MS_MIN), ttlMs * MARGIN_SHARE_MAX);
}
