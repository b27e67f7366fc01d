/** What `top` shows: two surveys of a cluster, made into numbers a second. */
import { quantile, type MetricsReading } from '@concord/client/metrics';
import { leaderOf, titleOf, type SurveyedMember, type Survey } from '../survey/survey.ts';

export interface MemberRow {
  readonly name: string;
  readonly role: 'leader' | 'follower' | 'learner' | 'no leader' | 'silent' | 'not started';
  readonly version: string;
  readonly term?: number;
  /** Entries behind the newest that any member has. */
  readonly lag?: number;
  readonly databaseBytes?: number;
  /** Of the quota, from 0 to 1. */
  readonly full?: number;
  readonly requestsPerSecond?: number;
  readonly watchers?: number;
  readonly keys?: number;
  /** 99 of 100 syncs since the survey before, else since the member's start. */
  readonly syncMs?: number;
  readonly answerMs?: number;
  readonly residentBytes?: number;
  /** Of one processor, from 0. */
  readonly processor?: number;
  readonly problem?: string;
}

export interface MethodRow {
  readonly method: string;
  readonly perSecond: number;
  readonly errorsPerSecond: number;
  /** Of the slowest member; undefined where members do not measure it. */
  readonly latencyP50Ms?: number;
  readonly latencyP99Ms?: number;
}

export interface ClusterView {
  readonly atMs: number;
  readonly clusterId?: string;
  readonly leader?: string;
  readonly revision?: number;
  readonly isMajority: boolean;
  readonly members: readonly MemberRow[];
  /** The busiest first; empty until there are two surveys. */
  readonly methods: readonly MethodRow[];
  readonly alarms: readonly string[];
  readonly requestsPerSecond?: number;
  readonly eventsPerSecond?: number;
  readonly proposalsPending: number;
}

export function viewOf(survey: Survey, before?: Survey): ClusterView {
  const leader = leaderOf(survey);
  const statuses = survey.members.flatMap(({ answer }) =>
    answer.state === 'answered' ? [answer.status] : [],
  );
  const newest = Math.max(0, ...statuses.map(({ raftIndex }) => raftIndex));
  const leading = survey.members.find(({ member }) => member.id === leader);
  const methods = methodsOf(survey, before);
  const voters = survey.members.filter(({ member }) => !member.isLearner);
  const present = voters.filter(
    ({ answer }) => answer.state === 'answered' && answer.status.leaderId !== 0n,
  );
  const [first] = statuses;
  return {
    atMs: survey.atMs,
    ...(first && { clusterId: first.clusterId.toString(16) }),
    ...(leading && { leader: titleOf(leading) }),
    ...(first && { revision: Math.max(...statuses.map(({ revision }) => revision)) }),
    isMajority: present.length * 2 > voters.length,
    members: survey.members.map((one) => rowOf(one, { leader, newest, survey, before })),
    methods,
    alarms: (survey.alarms ?? []).map(({ memberId, kind }) => {
      const one = survey.members.find(({ member }) => member.id === memberId);
      return `${kind.toUpperCase()} on ${one === undefined ? memberId.toString(16) : titleOf(one)}`;
    }),
    ...(before !== undefined && {
      requestsPerSecond: methods.reduce((sum, { perSecond }) => sum + perSecond, 0),
      eventsPerSecond: sumRate(survey, before, 'etcd_debugging_mvcc_events_total'),
    }),
    proposalsPending: Math.max(
      0,
      ...survey.members.map(({ metrics }) => metrics?.value('etcd_server_proposals_pending') ?? 0),
    ),
  };
}

interface Around {
  readonly leader: bigint | undefined;
  readonly newest: number;
  readonly survey: Survey;
  readonly before: Survey | undefined;
}

function rowOf(one: SurveyedMember, around: Around): MemberRow {
  const { answer, metrics } = one;
  const name = titleOf(one);
  if (answer.state === 'not-started') return { name, role: 'not started', version: '' };
  if (answer.state === 'silent') {
    return { name, role: 'silent', version: '', problem: answer.problem };
  }
  const { status, latencyMs } = answer;
  const quota = status.quotaBytes || (metrics?.value('etcd_server_quota_backend_bytes') ?? 0);
  return {
    name,
    role: roleOf(one, status.leaderId, around.leader),
    version: one.concordVersion ?? status.version,
    term: status.raftTerm,
    lag: Math.max(0, around.newest - status.raftAppliedIndex),
    databaseBytes: status.databaseBytes,
    ...(quota > 0 && { full: status.databaseBytes / quota }),
    answerMs: latencyMs,
    ...(metrics && measured(one, metrics, around)),
  };
}

function roleOf(
  { member }: SurveyedMember,
  leaderId: bigint,
  leader: bigint | undefined,
): MemberRow['role'] {
  if (leaderId === 0n) return 'no leader';
  if (member.isLearner) return 'learner';
  return member.id === leader ? 'leader' : 'follower';
}

function measured(
  one: SurveyedMember,
  metrics: MetricsReading,
  { survey, before }: Around,
): Partial<MemberRow> {
  const earlier = before && metricsBefore(one, before);
  const seconds = before === undefined ? 0 : (survey.atMs - before.atMs) / 1000;
  const rate = (name: string): number | undefined =>
    earlier && perSecond(metrics.value(name), earlier.value(name), seconds);
  const syncName = 'etcd_disk_wal_fsync_duration_seconds';
  const syncs = metrics.buckets(syncName);
  // Where nothing was synced in between, the last word is the member's whole life.
  const sync =
    (earlier && quantile(syncs, 0.99, earlier.buckets(syncName))) ?? quantile(syncs, 0.99);
  const requests = rate('grpc_server_handled_total');
  const processor = rate('process_cpu_seconds_total');
  const watchers = metrics.value('etcd_debugging_mvcc_watcher_total');
  const keys = metrics.value('etcd_debugging_mvcc_keys_total');
  const residentBytes = metrics.value('process_resident_memory_bytes');
  return {
    ...(requests !== undefined && { requestsPerSecond: requests }),
    ...(processor !== undefined && { processor }),
    ...(watchers !== undefined && { watchers }),
    ...(keys !== undefined && { keys }),
    ...(sync !== undefined && { syncMs: sync * 1000 }),
    ...(residentBytes !== undefined && { residentBytes }),
  };
}

/** Since one reading; undefined for a member that was restarted in between, or counts no such thing. */
function perSecond(
  now: number | undefined,
  then: number | undefined,
  seconds: number,
): number | undefined {
  if (now === undefined || then === undefined || seconds <= 0 || now < then) return undefined;
  return (now - then) / seconds;
}

const metricsBefore = ({ member }: SurveyedMember, before: Survey): MetricsReading | undefined =>
  before.members.find((other) => other.member.id === member.id)?.metrics;

function sumRate(survey: Survey, before: Survey, name: string): number {
  const seconds = (survey.atMs - before.atMs) / 1000;
  const rates = survey.members.map((one) =>
    perSecond(one.metrics?.value(name), metricsBefore(one, before)?.value(name), seconds),
  );
  return rates.reduce<number>((sum, rate) => sum + (rate ?? 0), 0);
}

/** Calls that ended, of all members together; this program's own questions are among them. */
function methodsOf(survey: Survey, before: Survey | undefined): readonly MethodRow[] {
  if (before === undefined) return [];
  const seconds = (survey.atMs - before.atMs) / 1000;
  const calls = new Map<string, number>();
  const errors = new Map<string, number>();
  for (const one of survey.members) {
    const earlier = metricsBefore(one, before);
    if (one.metrics === undefined || earlier === undefined) continue;
    const now = one.metrics.by(HANDLED, 'grpc_method');
    const then = earlier.by(HANDLED, 'grpc_method');
    const fine = one.metrics.by(HANDLED, 'grpc_method', { grpc_code: 'OK' });
    const fineThen = earlier.by(HANDLED, 'grpc_method', { grpc_code: 'OK' });
    for (const [method, count] of now) {
      const rate = perSecond(count, then.get(method) ?? 0, seconds) ?? 0;
      const fineRate = perSecond(fine.get(method) ?? 0, fineThen.get(method) ?? 0, seconds) ?? rate;
      calls.set(method, (calls.get(method) ?? 0) + rate);
      errors.set(method, (errors.get(method) ?? 0) + Math.max(0, rate - fineRate));
    }
  }
  return [...calls]
    .filter(([, rate]) => rate > 0)
    .sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
    .map(([method, rate]) => ({
      method,
      perSecond: rate,
      errorsPerSecond: errors.get(method) ?? 0,
      ...latencyOf(method, survey, before),
    }));
}

const HANDLED = 'grpc_server_handled_total';
/** By kind of request, where a member measures it. */
const DURATION = 'etcd_server_request_duration_seconds';

function latencyOf(method: string, survey: Survey, before: Survey): Partial<MethodRow> {
  const of = (share: number): number | undefined => {
    const each = survey.members.flatMap((one) => {
      const earlier = metricsBefore(one, before);
      const wanted = { type: method };
      const buckets = one.metrics?.buckets(DURATION, wanted) ?? [];
      return quantile(buckets, share, earlier?.buckets(DURATION, wanted)) ?? [];
    });
    return each.length === 0 ? undefined : Math.max(...each) * 1000;
  };
  const [p50, p99] = [of(0.5), of(0.99)];
  return {
    ...(p50 !== undefined && { latencyP50Ms: p50 }),
    ...(p99 !== undefined && { latencyP99Ms: p99 }),
  };
}
