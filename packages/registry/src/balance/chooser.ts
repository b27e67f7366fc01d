/**
 * What every policy of balancing comes down to: candidates with weights are made into a chooser once, which is then
 * asked for one index after another. Choosers are pure; chance is handed in.
 */

import type { LatencyRecord } from './peak-latency.ts';

/** What a chooser may look at of a candidate while it chooses. */
export interface Loaded {
  /** Names it: hashing policies place it by this, alike in every process. */
  readonly id: string;
  /** Calls that are on their way. */
  readonly active: number;
  /** How long calls to it take; kept where the policy goes by it. */
  readonly latency: LatencyRecord;
}

export interface Candidates {
  readonly members: readonly Loaded[];
  /**
   * Aligned with `members`.
   * Invariant: every weight is positive and finite, and there is at least one.
   */
  readonly weights: Float64Array;
}

/** One request for an index. */
export interface Draw {
  /** 32 bits of the key that the call belongs to; chance where it has none. */
  readonly hash: number;
  /** How many earlier answers to this same request were refused: hashing policies go on to the next in line. */
  readonly refused: number;
  /** Calls on their way to all members together. */
  readonly activeTotal: number;
  readonly nowMs: number;
}

export interface Chooser {
  /** An index into the members. */
  choose(draw: Draw): number;
  /** The part of all picks that the member gets, 0 to 1, when load does not matter. */
  share(index: number): number;
}

/**
 * A chooser in the making. Tables of thousands of members take long: each step is a millisecond or so of work, and
 * between two of them calls go on with the chooser of before.
 */
export type ChooserSteps = Generator<void, Chooser, void>;

/** @returns the sum of `weights`, positive */
export function totalOf(weights: Float64Array): number {
  let total = 0;
  for (const weight of weights) total += weight;
  return total;
}
