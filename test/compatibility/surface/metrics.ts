/** Every metric of etcd 3.6 and 3.7 by name, and the sets that Go's libraries add. */
import { absent, conformance, differs, same, server, type Row } from '../row.ts';

const compared = conformance(
  'metrics',
  'what etcd has is here, of the same type and help, with the same labels and buckets',
);
const ofPeers = conformance('metrics', 'a member with peers has what the dashboard shows of them');
const v2 = conformance('v2-watch', 'metrics count who waits, who has waited, and what has expired');
const dashboard = conformance(
  'metrics',
  'the official dashboard and alert rules find their metrics and labels',
);

const names = (prefix: string, text: string): readonly string[] =>
  text.split(/\s+/).map((name) => prefix + name);

/** What the official dashboard and alert rules read. */
export const SHOWN: readonly string[] = [
  ...names(
    'etcd_server_',
    `has_leader leader_changes_seen_total proposals_failed_total proposals_pending proposals_committed_total
    proposals_applied_total quota_backend_bytes`,
  ),
  ...names('etcd_mvcc_', 'db_total_size_in_bytes db_total_size_in_use_in_bytes'),
  ...names('etcd_disk_', 'wal_fsync_duration_seconds backend_commit_duration_seconds'),
  ...names('etcd_network_', 'client_grpc_received_bytes_total client_grpc_sent_bytes_total'),
  ...names('grpc_server_', 'started_total handled_total handling_seconds'),
  'process_resident_memory_bytes',
];

/** What a member has that is alone. */
export const COMPARED: readonly string[] = [
  ...names(
    'etcd_server_',
    `is_leader is_learner id version feature_enabled learner_promote_successes heartbeat_send_failures_total
    slow_apply_total slow_read_indexes_total read_indexes_failed_total apply_duration_seconds
    range_duration_seconds client_requests_total health_success health_failures healthcheck healthchecks_total
    snapshot_apply_in_progress_total`,
  ),
  ...names('etcd_server_', 'request_duration_seconds'),
  'etcd_cluster_version',
  ...names('etcd_mvcc_', 'range_total put_total delete_total txn_total db_open_read_transactions'),
  ...names('etcd_mvcc_', 'hash_duration_seconds hash_rev_duration_seconds'),
  ...names(
    'etcd_debugging_mvcc_',
    `current_revision compact_revision keys_total events_total watch_stream_total watcher_total slow_watcher_total
    pending_events_total total_put_size_in_bytes db_compaction_keys_total db_compaction_last
    db_compaction_pause_duration_milliseconds db_compaction_total_duration_milliseconds`,
  ),
  ...names('etcd_debugging_lease_', 'granted_total revoked_total renewed_total ttl_total'),
  'etcd_debugging_server_lease_expired_total',
  'etcd_debugging_auth_revision',
  ...names(
    'etcd_disk_',
    'wal_write_bytes_total wal_write_duration_seconds backend_defrag_duration_seconds backend_snapshot_duration_seconds',
  ),
  'etcd_network_known_peers',
  ...names('grpc_server_', 'msg_received_total msg_sent_total'),
  ...names('os_fd_', 'used limit'),
  ...names(
    'process_',
    `cpu_seconds_total open_fds max_fds virtual_memory_bytes virtual_memory_max_bytes start_time_seconds
    network_receive_bytes_total network_transmit_bytes_total`,
  ),
];

/** What comes into being with other members, with a call of the kind, or with a failure. */
export const OCCASIONAL: readonly string[] = [
  'etcd_server_client_requests_total',
  'etcd_server_healthcheck',
  'etcd_server_healthchecks_total',
  'etcd_debugging_server_alarms',
  'etcd_server_learner_promote_failures',
  'etcd_network_peer_received_failures_total',
];

export const OF_PEERS: readonly string[] = names(
  'etcd_network_',
  'peer_received_bytes_total peer_sent_bytes_total peer_sent_failures_total peer_round_trip_time_seconds',
);

export const BETWEEN_MEMBERS: readonly string[] = names(
  'etcd_network_',
  'active_peers disconnected_peers_total',
);

export const OF_SNAPSHOTS: readonly string[] = names(
  'etcd_network_snapshot_',
  `send_success send_failures send_inflights_total send_total_duration_seconds receive_success receive_failures
  receive_inflights_total receive_total_duration_seconds`,
);

/** There, at their zero: `absent()` in a rule and a panel of a dashboard find them. */
export const AT_ZERO: readonly string[] = [
  'etcd_disk_defrag_inflight',
  'etcd_snap_fsync_duration_seconds',
  ...names('etcd_debugging_snap_save_', 'marshalling_duration_seconds total_duration_seconds'),
  ...names(
    'etcd_debugging_disk_backend_commit_',
    'rebalance_duration_seconds spill_duration_seconds',
  ),
  'etcd_debugging_mvcc_index_compaction_pause_duration_milliseconds',
  ...names(
    'etcd_grpc_proxy_',
    `cache_hits_total cache_keys_total cache_misses_total events_coalescing_total
    watchers_coalescing_total`,
  ),
];

/** Up to 3.5: the same numbers have other names since. */
export const FORMER: readonly string[] = names(
  'etcd_debugging_mvcc_',
  'range_total put_total delete_total txn_total db_total_size_in_bytes',
);

/** Of the v2 API; at zero where it is not served. */
export const OF_V2: readonly string[] = names(
  'etcd_debugging_store_',
  'expires_total watch_requests_total watchers',
);

/** What happens when a member fetches a snapshot from another. */
export const OF_FETCHES: readonly string[] = names(
  'etcd_snap_db_',
  'fsync_duration_seconds save_total_duration_seconds',
);

const missing = (note: string, list: readonly string[]): readonly Row[] =>
  list.map((name) => absent(name, note));

export const metricRows: readonly Row[] = [
  ...SHOWN.map((name) => same(name, dashboard, compared)),
  ...OF_PEERS.map((name) => same(name, ofPeers)),
  ...COMPARED.map((name) => same(name, compared)),
  ...BETWEEN_MEMBERS.map((name) =>
    same(
      name,
      server(
        'metrics/network-families',
        'another member is told by both ids, with what went to it and came from it',
      ),
    ),
  ),
  ...OF_SNAPSHOTS.map((name) =>
    same(
      name,
      server(
        'metrics/network-families',
        'snapshots are counted by member and direction, from the first one on',
      ),
    ),
  ),
  same(
    'etcd_debugging_server_alarms',
    conformance('metrics', 'an alarm is told by member and type'),
  ),
  same(
    'etcd_server_learner_promote_failures',
    conformance('metrics', 'a promotion that is refused is counted by its reason'),
  ),
  differs(
    'etcd_network_peer_received_failures_total',
    'always 0: bytes that are no messages end the connection',
    server(
      'metrics/network-families',
      'another member is told by both ids, with what went to it and came from it',
    ),
  ),
  ...FORMER.map((name) => same(name, compared)),
  ...OF_V2.map((name) => same(name, compared, v2)),
  ...OF_FETCHES.map((name) =>
    same(
      name,
      compared,
      server(
        'metrics/network-families',
        'a snapshot that has come whole is timed, and so is the sync that makes it durable',
      ),
    ),
  ),
  differs(
    'etcd_debugging_disk_backend_commit_write_duration_seconds',
    'the whole of the commit: it has one stage',
    compared,
  ),
  ...AT_ZERO.map((name) =>
    differs(name, 'always at its zero: there is nothing of the kind', compared),
  ),
  ...missing('Concord is no Go program', ['etcd_server_go_version', 'go_*', 'promhttp_*']),
  ...missing('streams that break are in grpc_server_handled_total, by code', [
    'etcd_network_server_stream_failures_total',
  ]),
  ...missing('of etcd 3.7, and there is no such loop', ['etcd_debugging_server_watch_send_loop_*']),
  ...missing("of etcd's v2 store, where its members are noted too", [
    'etcd_debugging_store_{reads,writes}_*',
  ]),
];
