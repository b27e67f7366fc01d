/** All that a run leaves to be judged: what clients were told, and what took place. */
import type { Member } from '@concord/protocol';
import type { Verdict } from '@concord/testing';
import { LeaseJudge } from './checkers/leases.ts';
import { checkOperations } from './checkers/operations.ts';
import { checkRegisters } from './checkers/registers.ts';
import type { Timeline } from './checkers/timeline.ts';
import { checkWatches } from './checkers/watches.ts';
import type { Leadership, WitnessedEntry } from './cluster-witness.ts';
import type { History } from './history.ts';
import type { Temper } from './temper.ts';

export interface RunRecord {
  readonly history: History;
  /** Committed, from index 1 on. */
  readonly entries: readonly WitnessedEntry[];
  readonly founders: readonly Member[];
  /** By term. */
  readonly leaderships: ReadonlyMap<number, Leadership>;
  /** Milliseconds on a member's clock per true one. */
  readonly clockRates: ReadonlyMap<bigint, number>;
  readonly temper: Temper;
  readonly endedAtMs: number;
  /** Whether nothing disturbed the cluster between two moments. */
  isQuiet(fromMs: number, toMs: number): boolean;
}

export interface Findings {
  readonly timeline: Timeline;
  readonly registers: Verdict;
  readonly watchEvents: number;
  readonly expiries: number;
}

/** Throws at the first promise that was broken. */
export function judge(record: RunRecord): Findings {
  const timeline = checkOperations(record);
  return {
    timeline,
    registers: checkRegisters(record.history),
    watchEvents: checkWatches(record.history, timeline),
    expiries: new LeaseJudge(record).check(),
  };
}
