/** `grpc_server_*` and the bytes of clients, by method, and what the durations of some methods tell besides. */
import { Maintenance, statusCodeName } from '@concord/protocol';
import type { MethodMetrics } from '../rpc/method-metrics.ts';
import { counter, counters, histograms, type Family, type Labels } from './family.ts';
import type { Histogram } from './histogram.ts';

/** Services that etcd shows only once they were used. */
const SHOWN_WHEN_USED = /^v3(lock|election)pb\./;

export function rpcFamilies(methods: readonly MethodMetrics[]): readonly Family[] {
  const shown = (): readonly MethodMetrics[] =>
    methods.filter(({ service, started }) => started > 0 || !SHOWN_WHEN_USED.test(service));
  const perMethod = (name: string, help: string, read: (metrics: MethodMetrics) => number) =>
    counters(name, help, () =>
      shown().map((metrics) => ({ labels: labelsOf(metrics), value: read(metrics) })),
    );
  return [
    perMethod(
      'grpc_server_started_total',
      'Total number of RPCs started on the server.',
      ({ started }) => started,
    ),
    perMethod(
      'grpc_server_msg_received_total',
      'Total number of RPC stream messages received on the server.',
      ({ received }) => received,
    ),
    perMethod(
      'grpc_server_msg_sent_total',
      'Total number of gRPC stream messages sent by the server.',
      ({ sent }) => sent,
    ),
    counters(
      'grpc_server_handled_total',
      'Total number of RPCs completed on the server, regardless of success or failure.',
      () =>
        shown().flatMap((metrics) =>
          metrics.handled.map((value, code) => ({
            labels: { grpc_code: statusCodeName(code), ...labelsOf(metrics) },
            value,
          })),
        ),
    ),
    histograms(
      'grpc_server_handling_seconds',
      'Histogram of response latency (seconds) of gRPC that had been application-level handled by the server.',
      () => shown().flatMap(handlingOf),
    ),
    counter(
      'etcd_network_client_grpc_received_bytes_total',
      'The total number of bytes received from grpc clients.',
      () => total(methods, ({ receivedBytes }) => receivedBytes),
    ),
    counter(
      'etcd_network_client_grpc_sent_bytes_total',
      'The total number of bytes sent to grpc clients.',
      () => total(methods, ({ sentBytes }) => sentBytes),
    ),
    ...maintenanceFamilies(methods),
  ];
}

/** Only under `--metrics=extensive`. */
const handlingOf = (metrics: MethodMetrics): (readonly [Labels, Histogram])[] =>
  metrics.handling === undefined ? [] : [[labelsOf(metrics), metrics.handling]];

/** How long a call takes is how long its work takes, where the work is all there is to it. */
function maintenanceFamilies(methods: readonly MethodMetrics[]): readonly Family[] {
  const durations = (name: string, help: string, method: { readonly name: string }): Family =>
    histograms(name, help, () =>
      methods
        .filter((metrics) => metrics.service === Maintenance.name && metrics.method === method.name)
        .flatMap(({ work }): (readonly [Labels, Histogram])[] =>
          work === undefined ? [] : [[{}, work]],
        ),
    );
  return [
    durations(
      'etcd_mvcc_hash_duration_seconds',
      'The latency distribution of storage hash operation.',
      Maintenance.methods.hash,
    ),
    durations(
      'etcd_mvcc_hash_rev_duration_seconds',
      'The latency distribution of storage hash by revision operation.',
      Maintenance.methods.hashKV,
    ),
    durations(
      'etcd_disk_backend_defrag_duration_seconds',
      'The latency distribution of backend defragmentation.',
      Maintenance.methods.defragment,
    ),
    durations(
      'etcd_disk_backend_snapshot_duration_seconds',
      'The latency distribution of backend snapshots.',
      Maintenance.methods.snapshot,
    ),
  ];
}

const total = (
  methods: readonly MethodMetrics[],
  read: (metrics: MethodMetrics) => number,
): number => methods.reduce((sum, metrics) => sum + read(metrics), 0);

const labelsOf = ({ type, service, method }: MethodMetrics): Labels => ({
  grpc_method: method,
  grpc_service: service,
  grpc_type: type,
});
