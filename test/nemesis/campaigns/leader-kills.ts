/**
 * The leader is killed every few seconds for minutes, under load: no acknowledged write is lost, no linearizable read
 * is stale, all members end with the same, and writes are back within three election timeouts, 99 times of 100.
 */
import { promised } from '../checkers/violation.ts';
import { killLeader } from '../faults/processes.ts';
import { ELECTION_MS, percentile } from '../recovery.ts';
import { run, type RunOptions, type RunSummary } from '../run.ts';

/** Fewer say nothing of the hundredth. */
const KILLS_PER_MINUTE_MIN = 4;
const RECOVERY_ELECTIONS_MAX = 3;

/** Throws a `Violation` where any of it is not so. */
export async function leaderKills(options: RunOptions): Promise<RunSummary> {
  const summary = await run({ ...options, faults: [killLeader], lanes: 1 });
  const { recoveryMs } = summary;
  const killsMin = (KILLS_PER_MINUTE_MIN * options.seconds) / 60;
  if (recoveryMs.length < killsMin) {
    throw new Error(`too few kills to say anything: ${recoveryMs.length} of at least ${killsMin}`);
  }
  const elections = percentile(recoveryMs, 0.99) / ELECTION_MS;
  promised(
    elections <= RECOVERY_ELECTIONS_MAX,
    () =>
      `writes were back after ${elections.toFixed(2)} election timeouts at p99, ` +
      `${RECOVERY_ELECTIONS_MAX} are promised`,
  );
  return summary;
}
