/** What everything in one simulated world shares: its time, its chance, its temper, and the trace of it all. */
import { EventQueue, Random } from '@concord/testing';
import { drawTemper, type Temper } from './temper.ts';
import { Trace } from './trace.ts';

/** A stretch of time in which nobody may expect punctuality. `endMs` is Infinity while it lasts. */
interface Disturbance {
  readonly startMs: number;
  endMs: number;
}

export class SimulatedWorld {
  readonly seed: number;
  readonly random: Random;
  readonly temper: Temper;
  readonly trace: Trace;
  readonly queue: EventQueue;
  /** How often things happened, by name. */
  readonly counts = new Map<string, number>();
  readonly #disturbances: Disturbance[] = [];

  constructor(seed: number, print?: (line: string) => void) {
    this.seed = seed;
    this.random = new Random(seed);
    this.temper = drawTemper(this.random.fork());
    this.trace = new Trace(print);
    this.queue = new EventQueue({
      onEvent: ({ atMs, label }) => this.trace.note(atMs, label),
    });
  }

  get nowMs(): number {
    return this.queue.nowMs;
  }

  /** Something worth counting took place. */
  count(what: string, times = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + times);
  }

  /** Something begins that may make things late; call the result when it is over, or sooner: the first call counts. */
  disturb(): () => void {
    const disturbance = { startMs: this.nowMs, endMs: Infinity };
    this.#disturbances.push(disturbance);
    return () => {
      disturbance.endMs = Math.min(disturbance.endMs, this.nowMs);
    };
  }

  /** Whether nothing disturbed the member between two moments. */
  isQuiet(fromMs: number, toMs: number): boolean {
    return this.#disturbances.every(({ startMs, endMs }) => endMs < fromMs || startMs > toMs);
  }
}
