/**
 * Collects the connections that have something to send and flushes all of them once, in the check
 * phase that follows the current poll phase. So everything that is answered in one turn of the event
 * loop, by however many callbacks, leaves in one write per connection.
 */

/** Something with gathered output. */
export interface Flushable {
  flush(): void;
}

/** One per server. */
export class FlushQueue {
  #waiting: Flushable[] = [];

  /** Flushes at the end of this turn; the caller sees to it that it comes once. */
  add(flushable: Flushable): void {
    if (this.#waiting.push(flushable) === 1) setImmediate(this.#flushAll);
  }

  readonly #flushAll = (): void => {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const flushable of waiting) flushable.flush();
  };
}
