/** What a proxy does to the bytes that it passes on, at the moment; shared by all of its connections. */
import type { Random } from '../random.ts';

/** Node's timers take 31 bits; a longer one would fire at once. */
const TIMER_MS_MAX = 2 ** 31 - 1;

/** From the client to the target, or back. */
export type Direction = 'request' | 'reply';

export class Weather {
  /** Nothing arrives, and nothing is lost. */
  isPaused = false;
  /** What the target says goes nowhere. */
  losesReplies = false;
  delayMs = 0;
  /** Drawn anew for each piece, and added to the delay. */
  jitterMs = 0;
  readonly #random: Random;
  #bytesPerSecond = Infinity;
  /** When each direction of the line has sent what it was given. */
  #freeAtMs = { request: 0, reply: 0 };

  constructor(random: Random) {
    this.#random = random;
  }

  /** Of each direction, all connections together. */
  get bytesPerSecond(): number {
    return this.#bytesPerSecond;
  }

  set bytesPerSecond(rate: number) {
    this.#bytesPerSecond = rate;
    this.#freeAtMs = { request: 0, reply: 0 };
  }

  /** When what comes now is to arrive. */
  arrivalMs(): number {
    const jitterMs = this.jitterMs === 0 ? 0 : this.#random.between(0, this.jitterMs);
    return performance.now() + this.delayMs + jitterMs;
  }

  /** How long something that is due then still has to wait; whole milliseconds, as timers count. */
  waitMs(direction: Direction, dueMs: number): number {
    const moment = Math.max(dueMs, this.#freeAtMs[direction]);
    return Math.min(TIMER_MS_MAX, Math.max(0, Math.ceil(moment - performance.now())));
  }

  /** Notes that the line is busy with this many bytes. */
  spend(direction: Direction, count: number): void {
    const beganMs = Math.max(performance.now(), this.#freeAtMs[direction]);
    this.#freeAtMs[direction] = beganMs + (count / this.#bytesPerSecond) * 1000;
  }

  clear(): void {
    this.isPaused = false;
    this.losesReplies = false;
    this.delayMs = 0;
    this.jitterMs = 0;
    this.bytesPerSecond = Infinity;
  }
}
