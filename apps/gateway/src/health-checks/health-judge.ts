/** What checks in a row say together: one failure is no illness, and one success no health. */
import type { Verdict } from './probes.ts';

export type Health = 'unknown' | 'healthy' | 'unhealthy';

export interface Thresholds {
  readonly up: number;
  readonly down: number;
}

export class HealthJudge {
  readonly #thresholds: Thresholds;
  #health: Health;
  #inARow = 0;
  #wasUp: boolean | undefined;

  /** @param health - what is known from before, as of another gateway */
  constructor(thresholds: Thresholds, health: Health) {
    this.#thresholds = thresholds;
    this.#health = health;
  }

  get health(): Health {
    return this.#health;
  }

  /** @returns whether the health is another now */
  take({ isUp }: Verdict): boolean {
    this.#inARow = this.#wasUp === isUp ? this.#inARow + 1 : 1;
    this.#wasUp = isUp;
    const { up, down } = this.#thresholds;
    const next = isUp ? 'healthy' : 'unhealthy';
    if (next === this.#health || this.#inARow < (isUp ? up : down)) return false;
    this.#health = next;
    return true;
  }
}
