/** `etcd_server_*`: what the member is, whom it follows, how far it has come, and what went wrong. */
import type { Replica } from '@concord/kv';
import { AlarmType, StatusCode } from '@concord/protocol';
import type { FlagValues } from '../config/flags.ts';
import { featureGates } from '../config/feature-gates.ts';
import type { HealthCounts } from '../http/health-counts.ts';
import { formatId } from '../identity.ts';
import { clusterVersionOf, shortVersion } from '../cluster-version.ts';
import { CLUSTER_VERSION, ETCD_VERSION } from '../version.ts';
import type { ApplyCounts } from './apply-counts.ts';
import {
  counter,
  counters,
  fact,
  gauge,
  gauges,
  histograms,
  type Family,
  type Labels,
} from './family.ts';
import type { MethodMetrics } from '../rpc/method-metrics.ts';
import { requestFamily } from './request-times.ts';
import { healthTotals } from './health-totals.ts';
import type { ServerCounts } from './server-counts.ts';

export interface ServerSources {
  readonly replica: Replica;
  readonly applied: ApplyCounts;
  readonly health: HealthCounts;
  readonly counts: ServerCounts;
  readonly methods: readonly MethodMetrics[];
  readonly quotaBytes: number;
  readonly gates: FlagValues['feature-gates'];
}

const flag = (value: boolean): number => (value ? 1 : 0);

export const serverFamilies = (sources: ServerSources): readonly Family[] => [
  ...stateFamilies(sources),
  ...factFamilies(sources),
  ...requestFamilies(sources),
  ...healthFamilies(sources.health),
];

const stateFamilies = ({ replica, quotaBytes }: ServerSources): readonly Family[] => [
  gauge('etcd_server_has_leader', 'Whether or not a leader exists. 1 is existence, 0 is not.', () =>
    flag(replica.leader !== 0n),
  ),
  gauge(
    'etcd_server_is_leader',
    'Whether or not this member is a leader. 1 if is, 0 otherwise.',
    () => flag(replica.isLeader),
  ),
  gauge(
    'etcd_server_is_learner',
    'Whether or not this member is a learner. 1 if is, 0 otherwise.',
    () => flag(replica.role === 'learner'),
  ),
  counter(
    'etcd_server_leader_changes_seen_total',
    'The number of leader changes seen.',
    () => replica.counters.leaderChanges,
  ),
  gauge(
    'etcd_server_proposals_committed_total',
    'The total number of consensus proposals committed.',
    () => replica.commitIndex,
  ),
  gauge(
    'etcd_server_proposals_applied_total',
    'The total number of consensus proposals applied.',
    () => replica.machine.applied.index,
  ),
  gauge(
    'etcd_server_proposals_pending',
    'The current number of pending proposals to commit.',
    () => replica.counters.pending,
  ),
  counter(
    'etcd_server_proposals_failed_total',
    'The total number of failed proposals seen.',
    () => replica.counters.failed,
  ),
  gauge(
    'etcd_server_quota_backend_bytes',
    'Current backend storage quota size in bytes.',
    () => quotaBytes,
  ),
  gauge(
    'etcd_server_snapshot_apply_in_progress_total',
    '1 if the server is applying the incoming snapshot. 0 if none.',
    () => flag(replica.counters.isInstalling),
  ),
  gauge(
    'etcd_debugging_auth_revision',
    'The current revision of auth store.',
    () => replica.machine.auth.revision,
  ),
  gauges('etcd_debugging_server_alarms', 'The alarms raised, by member and type.', () =>
    replica.machine.alarms.list(AlarmType.NONE).map(({ memberId, type }) => ({
      labels: {
        alarm_type: type === AlarmType.CORRUPT ? 'CORRUPT' : 'NOSPACE',
        server_id: formatId(memberId),
      },
      value: 1,
    })),
  ),
];

const factFamilies = ({ replica, gates }: ServerSources): readonly Family[] => [
  fact(
    'etcd_server_id',
    "Server or member ID in hexadecimal format. 1 for 'server_id' label with current ID.",
    { server_id: formatId(replica.memberId) },
  ),
  fact(
    'etcd_server_version',
    "Which version is running. 1 for 'server_version' label with current version.",
    { server_version: ETCD_VERSION },
  ),
  gauges(
    'etcd_cluster_version',
    "Which version is running. 1 for 'cluster_version' label with current cluster version",
    () => {
      const version = clusterVersionOf(replica);
      return [...new Set([version, CLUSTER_VERSION])].map((each) => ({
        labels: { cluster_version: shortVersion(each) },
        value: flag(each === version),
      }));
    },
  ),
  gauges(
    'etcd_server_feature_enabled',
    'Whether or not a feature is enabled. 1 is enabled, 0 is not.',
    () =>
      Object.entries(featureGates).map(([name, { initial, stage }]) => ({
        labels: { name, stage },
        value: flag(gates.get(name) ?? initial),
      })),
  ),
];

const requestFamilies = ({
  replica,
  applied,
  counts,
  methods,
}: ServerSources): readonly Family[] => [
  histograms(
    'etcd_server_apply_duration_seconds',
    'The latency distributions of v2 apply called by backend.',
    function* () {
      for (const [kind, { success, failure }] of applied.times) {
        const of = (success: string): Labels => ({ op: operationOf(kind), success, version: 'v3' });
        if (success.sum > 0) yield [of('true'), success] as const;
        if (failure.sum > 0) yield [of('false'), failure] as const;
      }
    },
  ),
  histograms(
    'etcd_server_range_duration_seconds',
    'The latency distributions of txn.Range',
    function* () {
      yield [{ success: 'true' }, applied.rangeTimes.success] as const;
      if (applied.rangeTimes.failure.sum > 0) {
        yield [{ success: 'false' }, applied.rangeTimes.failure] as const;
      }
    },
  ),
  requestFamily(methods),
  counter(
    'etcd_server_slow_apply_total',
    'The total number of slow apply requests (likely overloaded from slow disk).',
    () => applied.slowCount,
  ),
  counter(
    'etcd_server_slow_read_indexes_total',
    "The total number of pending read indexes not in sync with leader's or timed out read index requests.",
    () => replica.counters.slowReads,
  ),
  counter(
    'etcd_server_read_indexes_failed_total',
    'The total number of failed read indexes seen.',
    () => replica.counters.failedReads,
  ),
  counter(
    'etcd_server_heartbeat_send_failures_total',
    'The total number of leader heartbeat send failures (likely overloaded from slow disk).',
    () => counts.lateHeartbeats,
  ),
  counter(
    'etcd_server_learner_promote_successes',
    'The total number of successful learner promotions while this member is leader.',
    () => promotions(methods),
  ),
  counters(
    'etcd_server_learner_promote_failures',
    'The total number of failed learner promotions (likely learner not ready) while this member is leader.',
    () => [...counts.promotionsRefused].map(([Reason, value]) => ({ labels: { Reason }, value })),
  ),
  counters(
    'etcd_server_client_requests_total',
    'The total number of client requests per client version.',
    () => counts.clientVersions.samples(),
  ),
];

const healthFamilies = (health: HealthCounts): readonly Family[] => [
  ...healthTotals(health),
  gauges('etcd_server_healthcheck', 'The result of each kind of healthcheck.', () =>
    health.checks
      .filter(({ lastSucceeded }) => lastSucceeded !== undefined)
      .map(({ kind, name, lastSucceeded }) => ({
        labels: { name, type: kind },
        value: flag(lastSucceeded === true),
      })),
  ),
  counters('etcd_server_healthchecks_total', 'The total number of each kind of healthcheck.', () =>
    health.checks.flatMap(({ kind, name, successes, failures }) =>
      (
        [
          ['success', successes],
          ['error', failures],
        ] as const
      )
        .filter(([, value]) => value > 0)
        .map(([status, value]) => ({ labels: { name, status, type: kind }, value })),
    ),
  ),
];

/** Calls of MemberPromote that were answered with success. */
const promotions = (methods: readonly MethodMetrics[]): number =>
  methods.find(({ method }) => method === 'MemberPromote')?.handled[StatusCode.OK] ?? 0;

const operations: Readonly<Record<string, string>> = {
  compact: 'Compaction',
  'lease-expiry': 'LeaseRevoke',
  'publish-member': 'ClusterMemberAttrSet',
};

/** etcd's name of an operation: `LeaseGrant` for `lease-grant`. */
const operationOf = (kind: string): string =>
  operations[kind] ??
  kind
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
