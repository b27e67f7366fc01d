/** A limit of writes a second: who is ahead of it waits. */
import { setTimeout } from 'node:timers/promises';

export class Pace {
  readonly #perSecond: number;
  #nextMs = 0;

  /** 0 is no limit. */
  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  async take(count: number, signal: AbortSignal): Promise<void> {
    if (this.#perSecond === 0) return;
    const nowMs = performance.now();
    const startMs = Math.max(nowMs, this.#nextMs);
    this.#nextMs = startMs + (count / this.#perSecond) * 1000;
    if (startMs > nowMs) await setTimeout(startMs - nowMs, undefined, { signal });
  }
}
