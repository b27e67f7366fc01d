/**
 * `GET /metrics`: etcd's metric names, so that its dashboards and alert rules work unchanged. Everything is read
 * at the scrape from numbers that the member keeps anyway.
 */
import { Counter, Gauge, Registry, collectDefaultMetrics, type Metric } from 'prom-client';
import type { Replica } from '@concord/kv';
import { statusCodeName } from '@concord/protocol';
import { CLUSTER_VERSION, ETCD_VERSION } from '../version.ts';
import type { DiskTimes } from '../disk-times.ts';
import type { MethodMetrics } from '../rpc/method-metrics.ts';
import type { Endpoint } from './router.ts';

export interface MetricSources {
  readonly memberId: string;
  readonly replica: Replica;
  readonly methods: readonly MethodMetrics[];
  readonly storeSize: () => { readonly allocatedBytes: number; readonly usedBytes: number };
  readonly quotaBytes: number;
  readonly diskTimes: DiskTimes;
  /** Of TLS. */
  readonly tls: readonly Metric[];
}

export class Metrics {
  readonly #registry = new Registry();

  constructor(sources: MetricSources) {
    collectDefaultMetrics({ register: this.#registry });
    this.#registry.registerMetric(sources.diskTimes.walFsync);
    this.#registry.registerMetric(sources.diskTimes.backendCommit);
    for (const metric of sources.tls) this.#registry.registerMetric(metric);
    this.#registerServer(sources);
    this.#registerStore(sources);
    this.#registerMethods(sources.methods);
  }

  readonly endpoint: Endpoint = async () => ({
    status: 200,
    contentType: this.#registry.contentType,
    body: await this.#registry.metrics(),
  });

  #registerServer({ replica, memberId, quotaBytes, methods }: MetricSources): void {
    const flag = (value: boolean): number => (value ? 1 : 0);
    this.#gauge('etcd_server_has_leader', 'Whether or not a leader exists.', () =>
      flag(replica.leader !== 0n),
    );
    this.#gauge('etcd_server_is_leader', 'Whether or not this member is a leader.', () =>
      flag(replica.isLeader),
    );
    this.#gauge('etcd_server_is_learner', 'Whether or not this member is a learner.', () => 0);
    this.#counter(
      'etcd_server_leader_changes_seen_total',
      'The number of leader changes seen.',
      () => replica.counters.leaderChanges,
    );
    this.#counter(
      'etcd_server_proposals_failed_total',
      'The total number of failed proposals seen.',
      () => replica.counters.failed,
    );
    this.#gauge(
      'etcd_server_proposals_pending',
      'The current number of pending proposals to commit.',
      () => replica.counters.pending,
    );
    this.#gauge(
      'etcd_server_proposals_committed_total',
      'The total number of consensus proposals committed.',
      () => replica.commitIndex,
    );
    this.#gauge(
      'etcd_server_proposals_applied_total',
      'The total number of consensus proposals applied.',
      () => replica.machine.applied.index,
    );
    this.#gauge(
      'etcd_server_quota_backend_bytes',
      'Current backend storage quota size in bytes.',
      () => quotaBytes,
    );
    this.#counter(
      'etcd_debugging_server_lease_expired_total',
      'The total number of expired leases.',
      () => replica.machine.expiredLeaseCount,
    );
    this.#counter(
      'etcd_network_client_grpc_received_bytes_total',
      'The total number of bytes received from grpc clients.',
      () => total(methods, ({ receivedBytes }) => receivedBytes),
    );
    this.#counter(
      'etcd_network_client_grpc_sent_bytes_total',
      'The total number of bytes sent to grpc clients.',
      () => total(methods, ({ sentBytes }) => sentBytes),
    );
    this.#labelled('etcd_server_version', 'Which version is running. 1 for the current version.', {
      server_version: ETCD_VERSION,
    });
    this.#labelled('etcd_cluster_version', 'Which version is running. 1 for the current version.', {
      cluster_version: CLUSTER_VERSION.replace(/\.0$/, ''),
    });
    this.#labelled(
      'etcd_server_id',
      'Server or member ID in hexadecimal format. 1 for the current member.',
      { server_id: memberId },
    );
  }

  #registerStore({ replica, storeSize }: MetricSources): void {
    const { mvcc } = replica.machine;
    this.#gauge(
      'etcd_mvcc_db_total_size_in_bytes',
      'Total size of the underlying database physically allocated in bytes.',
      () => storeSize().allocatedBytes,
    );
    this.#gauge(
      'etcd_mvcc_db_total_size_in_use_in_bytes',
      'Total size of the underlying database logically in use in bytes.',
      () => storeSize().usedBytes,
    );
    this.#gauge(
      'etcd_debugging_mvcc_current_revision',
      'The current revision of store.',
      () => mvcc.revision,
    );
    this.#gauge(
      'etcd_debugging_mvcc_compact_revision',
      'The revision of the last compaction in store.',
      () => mvcc.compactedRevision,
    );
    this.#gauge('etcd_debugging_mvcc_keys_total', 'Total number of keys.', () => mvcc.keyCount);
    this.#gauge(
      'etcd_debugging_mvcc_watcher_total',
      'Total number of watchers.',
      () => replica.machine.watches.watcherCount,
    );
    this.#gauge(
      'etcd_debugging_mvcc_watch_stream_total',
      'Total number of watch streams.',
      () => replica.machine.watches.streamCount,
    );
    this.#gauge(
      'etcd_debugging_mvcc_slow_watcher_total',
      'Total number of unsynced slow watchers.',
      () => replica.machine.watches.behindCount,
    );
  }

  #registerMethods(methods: readonly MethodMetrics[]): void {
    const labelNames = ['grpc_type', 'grpc_service', 'grpc_method'];
    const perMethod = (
      name: string,
      help: string,
      read: (metrics: MethodMetrics) => number,
    ): void => {
      new Counter({
        name,
        help,
        labelNames,
        registers: [this.#registry],
        collect() {
          this.reset();
          for (const metrics of methods) this.inc(labelsOf(metrics), read(metrics));
        },
      });
    };
    perMethod(
      'grpc_server_started_total',
      'Total number of RPCs started on the server.',
      ({ started }) => started,
    );
    perMethod(
      'grpc_server_msg_received_total',
      'Total number of RPC stream messages received on the server.',
      ({ received }) => received,
    );
    perMethod(
      'grpc_server_msg_sent_total',
      'Total number of gRPC stream messages sent by the server.',
      ({ sent }) => sent,
    );
    new Counter({
      name: 'grpc_server_handled_total',
      help: 'Total number of RPCs completed on the server, regardless of success or failure.',
      labelNames: [...labelNames, 'grpc_code'],
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const metrics of methods) {
          metrics.handled.forEach((count, code) =>
            this.inc({ ...labelsOf(metrics), grpc_code: statusCodeName(code) }, count),
          );
        }
      },
    });
  }

  #gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      collect() {
        this.set(read());
      },
    });
  }

  #counter(name: string, help: string, read: () => number): void {
    new Counter({
      name,
      help,
      registers: [this.#registry],
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  }

  #labelled(name: string, help: string, labels: Record<string, string>): void {
    const gauge = new Gauge({
      name,
      help,
      labelNames: Object.keys(labels),
      registers: [this.#registry],
    });
    gauge.set(labels, 1);
  }
}

const total = (
  methods: readonly MethodMetrics[],
  read: (metrics: MethodMetrics) => number,
): number => methods.reduce((sum, metrics) => sum + read(metrics), 0);

const labelsOf = ({ type, service, method }: MethodMetrics): Record<string, string> => ({
  grpc_type: type,
  grpc_service: service,
  grpc_method: method,
});
