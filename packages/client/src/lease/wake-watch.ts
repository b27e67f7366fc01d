/**
 * Tells sessions that the machine has slept. Timers sleep with it: without this, the first of them to notice would be a
 * renewal, up to a third of a TTL after the waking.
 */
import type { BootClock } from './boot-clock.ts';

/** How soon after the waking it is told. */
const LOOK_MS = 1_000;

export class WakeWatch {
  readonly clock: BootClock;
  readonly #listeners = new Set<() => void>();
  #sleptMs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(clock: BootClock) {
    this.clock = clock;
  }

  /** Calls `listener` after each sleep until it is removed. Keeps no process alive. */
  add(listener: () => void): void {
    this.#listeners.add(listener);
    if (this.#timer !== undefined) return;
    this.#sleptMs = this.clock.sleptMs;
    this.#timer = setInterval(() => this.#look(), LOOK_MS).unref();
  }

  remove(listener: () => void): void {
    this.#listeners.delete(listener);
    if (this.#listeners.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    this.clock.nowMs();
    if (this.clock.sleptMs === this.#sleptMs) return;
    this.#sleptMs = this.clock.sleptMs;
    for (const listener of [...this.#listeners]) listener();
  }
}
