/**
 * Spreads expiries that a change of leader would pile up: all leases restart at once, so leases of one TTL
 * would all expire in one second. Each second takes a limited number; what does not fit goes to the next second
 * that has room. Leases are extended by this, never shortened.
 */
export class ExpirySpread {
  readonly #perSecondMax: number;
  readonly #counts = new Map<number, number>();
  /** Full second → a later second that may have room; paths are shortened as they are walked. */
  readonly #onward = new Map<number, number>();

  constructor(perSecondMax: number) {
    this.#perSecondMax = perSecondMax;
  }

  /** Takes a place in the first second from `second` on that has one, and answers which. */
  place(second: number): number {
    const free = this.#firstFree(second);
    const count = (this.#counts.get(free) ?? 0) + 1;
    this.#counts.set(free, count);
    if (count >= this.#perSecondMax) {
      this.#counts.delete(free);
      this.#onward.set(free, free + 1);
    }
    return free;
  }

  #firstFree(second: number): number {
    let at = second;
    for (;;) {
      const next = this.#onward.get(at);
      if (next === undefined) return at;
      const afterNext = this.#onward.get(next);
      if (afterNext === undefined) return next;
      this.#onward.set(at, afterNext);
      at = afterNext;
    }
  }
}
