/** What a run did, in a line, and how to run it again. */
import { ELECTION_MS, percentile } from './recovery.ts';
import type { RunOptions, RunSummary } from './run.ts';

export function describe(summary: RunSummary): string {
  const { operations, acknowledged, unknown, placed, refused, callsPerSecond } = summary;
  const { faults, judged, events, leaseEnds, entriesCompared, revision, recoveryMs, snapshots } =
    summary;
  const calls =
    `${operations} calls (${acknowledged} acknowledged, ${unknown} unanswered of which ${placed} took place, ` +
    `${refused} refused; ${callsPerSecond.toFixed(0)}/s)`;
  const judgement =
    `${judged} answers, ${events} events, ${leaseEnds} lease ends judged, ` +
    `${entriesCompared} log entries compared; revision ${revision}`;
  return [
    `${calls}, ${faults.length} faults, ${snapshots} snapshots`,
    judgement,
    ...recoveryOf(recoveryMs),
  ].join('; ');
}

function recoveryOf(recoveryMs: readonly number[]): string[] {
  if (recoveryMs.length === 0) return [];
  const elections = (share: number): string =>
    (percentile(recoveryMs, share) / ELECTION_MS).toFixed(2);
  return [
    `${recoveryMs.length} leaders killed, writes back after p50 ${elections(0.5)}, ` +
      `p99 ${elections(0.99)} election timeouts`,
  ];
}

export function replayCommand(options: RunOptions, campaign: string | undefined): string {
  const { seed, seconds, size, clients, lanes, kind, faults } = options;
  const flags = {
    seed,
    seconds,
    members: size,
    clients,
    lanes,
    target: kind.name,
    ...(campaign === undefined ? { faults: faults.map(({ name }) => name).join() } : { campaign }),
  };
  const words = Object.entries(flags).map(([flag, value]) => `--${flag} ${value}`);
  return `npm run nemesis -- ${words.join(' ')}`;
}
