/**
 * How long calls to an instance take, as peak EWMA has it (Finagle's load metric): a moving mean that jumps to a longer
 * call at once and forgets it slowly, by time and not by calls. Pure: time is handed in.
 *
 * What has not been heard of for a while is taken to be as usual, by and by, and so is an instance that is new: so it is
 * tried again, and weights count where all are alike. (Finagle's decays to nothing, which would favour whoever is picked
 * seldom: the light ones.)
 */
import type { CallOutcome } from '../resilience/outcome.ts';

/** What is known of one instance. */
export interface LatencyRecord {
  /** Of the time it was measured at; undefined before the first call. */
  latencyMs: number | undefined;
  atMs: number;
}

export function newLatencyRecord(): LatencyRecord {
  return { latencyMs: undefined, atMs: 0 };
}

/** The usual one follows each call by this much: some 30 calls. */
const USUAL_PART = 1 / 32;

export class PeakLatency {
  readonly #decayMs: number;
  /** What instances are found to be at: not the mean of the calls, which peaks lie above. */
  #usualMs: number | undefined;

  /** @param decayMs - after so long without a call, 37 % of what was out of the ordinary is left */
  constructor(decayMs: number) {
    this.#decayMs = decayMs;
  }

  /** Of an instance, now. */
  of(record: LatencyRecord, nowMs: number): number {
    if (record.latencyMs === undefined) return this.usualMs;
    return this.usualMs + (record.latencyMs - this.usualMs) * this.#left(record, nowMs);
  }

  /** What an instance of which nothing is known is taken to be at; 0 before the first call to any. */
  get usualMs(): number {
    return this.#usualMs ?? 0;
  }

  /** A call has ended. One that failed is no recommendation: it counts only where it took longer than what is known. */
  record(record: LatencyRecord, outcome: CallOutcome, tookMs: number, nowMs: number): void {
    const knownMs = this.of(record, nowMs);
    if (outcome !== 'ok' && (this.#usualMs === undefined || tookMs <= knownMs)) return;
    const isPeak = record.latencyMs === undefined || tookMs > knownMs;
    const left = this.#left(record, nowMs);
    record.latencyMs = isPeak ? tookMs : tookMs + (record.latencyMs! - tookMs) * left;
    record.atMs = nowMs;
    this.#usualMs ??= record.latencyMs;
    this.#usualMs += USUAL_PART * (record.latencyMs - this.#usualMs);
  }

  #left({ atMs }: LatencyRecord, nowMs: number): number {
    return Math.exp(-Math.max(0, nowMs - atMs) / this.#decayMs);
  }
}
