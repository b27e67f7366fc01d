/**
 * Names that etcd shows from the start and that measure what there is not here, or not yet: at their zero, so that
 * `absent()` in a rule and a panel of a dashboard find them.
 */
import { counter, gauge, histogram, type Family } from './family.ts';
import { DISK_BOUNDS, exponentialBounds, Histogram } from './histogram.ts';

const never = (name: string, help: string, bounds: readonly number[] = DISK_BOUNDS): Family =>
  histogram(name, help, new Histogram(bounds));

/** etcd's program is its gRPC proxy as well. */
const proxyFamilies: readonly Family[] = [
  gauge('etcd_grpc_proxy_cache_hits_total', 'Total number of cache hits', () => 0),
  gauge('etcd_grpc_proxy_cache_keys_total', 'Total number of keys/ranges cached', () => 0),
  gauge('etcd_grpc_proxy_cache_misses_total', 'Total number of cache misses', () => 0),
  counter('etcd_grpc_proxy_events_coalescing_total', 'Total number of events coalescing', () => 0),
  gauge(
    'etcd_grpc_proxy_watchers_coalescing_total',
    'Total number of current watchers coalescing',
    () => 0,
  ),
];

export const absentFamilies = (): readonly Family[] => [
  // The store gives pages back as it goes: there is no defragmentation that would block anybody.
  gauge(
    'etcd_disk_defrag_inflight',
    'Whether or not defrag is active on the member. 1 means active, 0 means not.',
    () => 0,
  ),
  never('etcd_snap_fsync_duration_seconds', 'The latency distributions of fsync called by snap.'),
  // There are no snapshot files beside the store.
  never(
    'etcd_debugging_snap_save_marshalling_duration_seconds',
    'The marshalling cost distributions of save called by snapshot.',
  ),
  never(
    'etcd_debugging_snap_save_total_duration_seconds',
    'The total latency distributions of save called by snapshot.',
  ),
  // Stages of bbolt's commit.
  never(
    'etcd_debugging_disk_backend_commit_rebalance_duration_seconds',
    'The latency distributions of commit.rebalance called by bboltdb backend.',
  ),
  never(
    'etcd_debugging_disk_backend_commit_spill_duration_seconds',
    'The latency distributions of commit.spill called by bboltdb backend.',
  ),
  // There is no index in memory that compaction would lock.
  never(
    'etcd_debugging_mvcc_index_compaction_pause_duration_milliseconds',
    'Bucketed histogram of index compaction pause duration.',
    exponentialBounds(0.5, 2, 14),
  ),
  ...proxyFamilies,
];
