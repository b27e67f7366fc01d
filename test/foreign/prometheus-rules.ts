/**
 * The questions that etcd's usual alerts and dashboards put to Prometheus, in PromQL: their left sides, before a
 * threshold makes an alert of them, so that each has an answer while all is well.
 */

/** A question, and the alert or panel that asks it. */
export interface Question {
  readonly asks: string;
  readonly expression: string;
}

const latency = (metric: string): string =>
  `histogram_quantile(0.99, sum by (instance, le) (rate(${metric}_bucket{job="JOB"}[5m])))`;

/** `JOB` stands for the name of the scrape job. */
export const QUESTIONS: readonly Question[] = [
  { asks: 'members down', expression: 'up{job="JOB"}' },
  { asks: 'no leader', expression: 'etcd_server_has_leader{job="JOB"}' },
  { asks: 'who leads', expression: 'etcd_server_is_leader{job="JOB"}' },
  {
    asks: 'many changes of leader',
    expression: 'increase(etcd_server_leader_changes_seen_total{job="JOB"}[5m])',
  },
  {
    asks: 'failed proposals',
    expression: 'rate(etcd_server_proposals_failed_total{job="JOB"}[5m])',
  },
  {
    asks: 'committed against applied proposals',
    expression:
      'etcd_server_proposals_committed_total{job="JOB"} - etcd_server_proposals_applied_total{job="JOB"}',
  },
  { asks: 'pending proposals', expression: 'etcd_server_proposals_pending{job="JOB"}' },
  { asks: 'slow fsync', expression: latency('etcd_disk_wal_fsync_duration_seconds') },
  { asks: 'slow commit', expression: latency('etcd_disk_backend_commit_duration_seconds') },
  {
    asks: 'failed gRPC calls',
    expression:
      'sum by (grpc_service, grpc_method) (rate(grpc_server_handled_total{job="JOB", grpc_code!~"Unknown|Internal"}[5m])) / sum by (grpc_service, grpc_method) (rate(grpc_server_handled_total{job="JOB"}[5m]))',
  },
  {
    asks: 'calls a second',
    expression: 'sum(rate(grpc_server_started_total{job="JOB", grpc_type="unary"}[5m]))',
  },
  {
    asks: 'open watch streams',
    expression:
      'sum(grpc_server_started_total{job="JOB", grpc_service="etcdserverpb.Watch"}) - sum(grpc_server_handled_total{job="JOB", grpc_service="etcdserverpb.Watch"})',
  },
  {
    asks: 'quota low',
    expression:
      'etcd_mvcc_db_total_size_in_bytes{job="JOB"} / etcd_server_quota_backend_bytes{job="JOB"}',
  },
  {
    asks: 'the database grows',
    expression: 'predict_linear(etcd_mvcc_db_total_size_in_bytes{job="JOB"}[4h], 4 * 60 * 60)',
  },
  {
    asks: 'fragmentation',
    expression:
      'etcd_mvcc_db_total_size_in_use_in_bytes{job="JOB"} / etcd_mvcc_db_total_size_in_bytes{job="JOB"}',
  },
  {
    asks: 'file descriptors',
    expression: 'process_open_fds{job="JOB"} / process_max_fds{job="JOB"}',
  },
  { asks: 'memory', expression: 'process_resident_memory_bytes{job="JOB"}' },
  { asks: 'processor', expression: 'rate(process_cpu_seconds_total{job="JOB"}[5m])' },
  {
    asks: 'traffic with clients',
    expression: 'rate(etcd_network_client_grpc_received_bytes_total{job="JOB"}[5m])',
  },
  {
    asks: 'slow applies, slow reads',
    expression:
      'rate(etcd_server_slow_apply_total{job="JOB"}[5m]) + rate(etcd_server_slow_read_indexes_total{job="JOB"}[5m])',
  },
  { asks: 'health', expression: 'etcd_server_health_failures{job="JOB"}' },
  { asks: 'keys', expression: 'etcd_debugging_mvcc_keys_total{job="JOB"}' },
  { asks: 'version', expression: 'etcd_server_version{job="JOB"}' },
  { asks: 'cluster version', expression: 'etcd_cluster_version{job="JOB"}' },
];
