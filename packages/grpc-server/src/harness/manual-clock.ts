/** A clock for tests: time stands still until it is moved, and timers fire in order while it moves. */
import type { CancelTimer, Clock } from '../clock.ts';

interface Timer {
  readonly at: number;
  readonly action: () => void;
}

/** See the file comment. */
export class ManualClock implements Clock {
  #now = 1_000_000;
  #timers: Timer[] = [];

  /** Timers that wait. */
  get timers(): number {
    return this.#timers.length;
  }

  now(): number {
    return this.#now;
  }

  after(delayMs: number, action: () => void): CancelTimer {
    const timer = { at: this.#now + delayMs, action };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Moves time on, firing what comes due on the way. */
  advance(ms: number): void {
    const target = this.#now + ms;
    for (;;) {
      const [next] = this.#timers
        .filter((timer) => timer.at <= target)
        .sort((left, right) => left.at - right.at);
      if (next === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = Math.max(this.#now, next.at);
      next.action();
    }
    this.#now = target;
  }

  /** Moves time on first and fires what is due then, as after a pause of the process. */
  stall(ms: number): void {
    this.#now += ms;
    this.advance(0);
  }
}
