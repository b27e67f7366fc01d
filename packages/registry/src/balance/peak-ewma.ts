/**
 * Peak EWMA: of two members drawn by weight, the one where a call is expected to be over sooner: {@link PeakLatency}
 * times the calls that it has on its way, and one more. So whoever is slow gets less before calls pile up.
 *
 * Where all are alike the shares are those of the weights: the second is drawn as the first is, the same member
 * included, so that a member wins and loses as often, and a tie goes to the first. Where latencies vary much by chance
 * the light get a little more than theirs, at the heavy ones' cost: of fewer calls fewer are peaks.
 */
import { AliasTable } from './alias-table.ts';
import { totalOf, type Candidates, type Chooser, type Draw, type Loaded } from './chooser.ts';
import type { PeakLatency } from './peak-latency.ts';

/** A second that is less than a tenth better is as good. */
const TIE_PART = 0.9;
/** Whoever is drawn twice is picked, unless it is as much slower as this: then others are drawn, so often. */
const SLOW_FACTOR = 2;
const REDRAWS_MAX = 4;
/** So that calls on their way count before anything was measured. */
const LATENCY_MS_MIN = 0.001;

export class PeakEwma implements Chooser {
  readonly #table: AliasTable;
  readonly #members: readonly Loaded[];
  readonly #weights: Float64Array;
  readonly #total: number;
  readonly #latency: PeakLatency;

  constructor({ members, weights }: Candidates, random: () => number, latency: PeakLatency) {
    this.#table = new AliasTable(weights, random);
    this.#members = members;
    this.#weights = weights;
    this.#total = totalOf(weights);
    this.#latency = latency;
  }

  choose({ nowMs }: Draw): number {
    const first = this.#table.draw();
    let second = this.#table.draw();
    if (second === first && this.#isSlow(first, nowMs)) {
      for (let again = 0; second === first && again < REDRAWS_MAX; again++) {
        second = this.#table.draw();
      }
    }
    if (second === first) return first;
    return this.#load(second, nowMs) < TIE_PART * this.#load(first, nowMs) ? second : first;
  }

  share(index: number): number {
    return this.#weights[index]! / this.#total;
  }

  #isSlow(index: number, nowMs: number): boolean {
    const usualMs = Math.max(LATENCY_MS_MIN, this.#latency.usualMs);
    return this.#load(index, nowMs) > SLOW_FACTOR * usualMs;
  }

  /** In milliseconds, as if all had the mean weight. */
  #load(index: number, nowMs: number): number {
    const { latency, active } = this.#members[index]!;
    const mean = this.#total / this.#members.length;
    const queue = 1 + (active * mean) / this.#weights[index]!;
    return Math.max(LATENCY_MS_MIN, this.#latency.of(latency, nowMs)) * queue;
  }
}
