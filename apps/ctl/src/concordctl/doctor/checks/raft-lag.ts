/** Whether members keep up with the log, and leaders stay leaders. */
import {
  answering,
  leaderOf,
  titleOf,
  type AnsweringMember,
  type Survey,
} from '../../survey/survey.ts';
import { judged, skipped, type Finding, type Verdict } from '../finding.ts';

/** Under load, a follower is some dozens of entries behind. */
const LAG_WARNING = 1_000;
/** From here on a member of etcd refuses requests as too many (`maxGapBetweenApplyAndCommitIndex`). */
const LAG_PROBLEM = 5_000;
/** Proposals that wait for a majority: at 5,000, no more are taken. */
const PENDING_WARNING = 1_000;
/** Elections have a reason; more than this an hour, beyond those of a start, and it is a network or a disk. */
const LEADER_CHANGES_PER_HOUR = 10;
const HOUR_MS = 3_600_000;

export function judgeRaftLag(survey: Survey): Verdict {
  const members = answering(survey);
  if (members.length === 0) return skipped('no member answers');
  const newest = Math.max(...members.map(({ answer }) => answer.status.raftIndex));
  const lags = members.map((one) => newest - one.answer.status.raftAppliedIndex);
  const findings = members.flatMap((one, at) => [
    ...lagging(one, lags[at] ?? 0),
    ...pending(one),
    ...changes(one, survey.atMs),
  ]);
  const most = Math.max(0, ...lags);
  const summary = most === 0 ? 'no member is behind' : `the last member is ${most} behind`;
  return judged(summary, [...findings, ...terms(survey, members)]);
}

function lagging(one: AnsweringMember, lag: number): readonly Finding[] {
  if (lag < LAG_WARNING) return [];
  const { raftIndex, raftAppliedIndex } = one.answer.status;
  const unapplied = raftIndex - raftAppliedIndex;
  const why =
    unapplied * 2 > lag
      ? `${unapplied} of them it has and has not applied: it is short of processor or disk`
      : 'it does not get them: its network is slow, or it has just come back';
  return [
    {
      severity: lag < LAG_PROBLEM ? 'warning' : 'problem',
      subject: titleOf(one),
      what: `it is ${lag} entries behind; ${why}`,
      advice: 'Look again: a number that falls mends itself',
      commands: [
        'concordctl top',
        `concordctl --endpoints ${one.url ?? ''} endpoint status -w table`,
      ],
    },
  ];
}

function pending(one: AnsweringMember): readonly Finding[] {
  const count = one.metrics?.value('etcd_server_proposals_pending') ?? 0;
  if (count < PENDING_WARNING) return [];
  return [
    {
      severity: 'warning',
      subject: titleOf(one),
      what: `${count} proposals wait for a majority to take them: writes come faster than disks and network allow`,
      commands: ['concordctl top'],
    },
  ];
}

function changes(one: AnsweringMember, atMs: number): readonly Finding[] {
  const count = one.metrics?.value('etcd_server_leader_changes_seen_total') ?? 0;
  const startedAt = one.metrics?.value('process_start_time_seconds');
  if (startedAt === undefined) return [];
  const hours = Math.max(1, (atMs - startedAt * 1000) / HOUR_MS);
  const perHour = count / hours;
  if (perHour <= LEADER_CHANGES_PER_HOUR) return [];
  return [
    {
      severity: 'warning',
      subject: titleOf(one),
      what: `it has seen ${count} changes of the leader in ${Math.round(hours)} h: heartbeats do not arrive in time`,
      advice:
        'See the disks above all; over a slow network, raise --heartbeat-interval and --election-timeout on all members',
      commands: ['concordctl doctor -w json', 'concordctl check perf'],
    },
  ];
}

/** A member in a term of its own takes part in nothing. */
function terms(survey: Survey, members: readonly AnsweringMember[]): readonly Finding[] {
  const leading = members.find(({ member }) => member.id === leaderOf(survey));
  if (leading === undefined) return [];
  const { raftTerm } = leading.answer.status;
  return members
    .filter(({ answer }) => answer.status.raftTerm > raftTerm)
    .map((one) => ({
      severity: 'warning',
      subject: titleOf(one),
      what: `it is in term ${one.answer.status.raftTerm}, ahead of the leader's ${raftTerm}: an election is on, or it cannot reach the others`,
      commands: ['concordctl endpoint status --cluster -w table'],
    }));
}
