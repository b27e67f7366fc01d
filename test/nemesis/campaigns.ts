/** Runs with a name: what is promised to people in so many words, and checked as it is said. */
import type { Fault } from './faults/fault.ts';
import { killLeader } from './faults/processes.ts';
import { ELECTION_MS, percentile } from './recovery.ts';
import type { RunSummary } from './run.ts';
import { promised } from './checkers/violation.ts';

export interface Campaign {
  readonly faults: readonly Fault[];
  readonly lanes: number;
  /** Throws where what was measured is not good enough. */
  judge(summary: RunSummary, minutes: number): void;
}

const LEADER_KILLS_PER_MINUTE_MIN = 4;
const RECOVERY_ELECTIONS_MAX = 3;

export const campaigns: Readonly<Record<string, Campaign>> = {
  /** The leader is killed every few seconds, and writes are back within three election timeouts, 99 times of 100. */
  'leader-kills': {
    faults: [killLeader],
    lanes: 1,
    judge({ recoveryMs }, minutes) {
      const killsMin = LEADER_KILLS_PER_MINUTE_MIN * minutes;
      if (recoveryMs.length < killsMin) {
        throw new Error(
          `too few kills to say anything: ${recoveryMs.length}, at least ${killsMin} expected`,
        );
      }
      const elections = percentile(recoveryMs, 0.99) / ELECTION_MS;
      promised(
        elections <= RECOVERY_ELECTIONS_MAX,
        () =>
          `writes were back after ${elections.toFixed(2)} election timeouts at p99, ${RECOVERY_ELECTIONS_MAX} are promised`,
      );
    },
  },
};
