/** `etcd_mvcc_*` and `etcd_debugging_{mvcc,lease}_*`: the keys, their history, who watches them, and leases. */
import type { Replica } from '@concord/kv';
import type { LmdbStore } from '@concord/storage';
import type { ApplyCounts } from './apply-counts.ts';
import { counter, gauge, histogram, type Family } from './family.ts';

export interface StoreSources {
  readonly replica: Replica;
  readonly applied: ApplyCounts;
  readonly store: Pick<LmdbStore, 'size' | 'openViewCount'>;
}

export const storeFamilies = (sources: StoreSources): readonly Family[] => [
  ...requestFamilies(sources.applied),
  ...sizeFamilies(sources),
  ...historyFamilies(sources),
  ...watchFamilies(sources.replica),
  ...leaseFamilies(sources),
];

const requestFamilies = (applied: ApplyCounts): readonly Family[] => [
  counter(
    'etcd_mvcc_range_total',
    'Total number of ranges seen by this member.',
    () => applied.ranges,
  ),
  counter('etcd_mvcc_put_total', 'Total number of puts seen by this member.', () => applied.puts),
  counter(
    'etcd_mvcc_delete_total',
    'Total number of deletes seen by this member.',
    () => applied.deletes,
  ),
  counter('etcd_mvcc_txn_total', 'Total number of txns seen by this member.', () => applied.txns),
  gauge(
    'etcd_debugging_mvcc_total_put_size_in_bytes',
    'The total size of put kv pairs seen by this member.',
    () => applied.putBytes,
  ),
];

const sizeFamilies = ({ replica, store }: StoreSources): readonly Family[] => [
  gauge(
    'etcd_mvcc_db_total_size_in_bytes',
    'Total size of the underlying database physically allocated in bytes.',
    () => store.size().allocatedBytes,
  ),
  gauge(
    'etcd_mvcc_db_total_size_in_use_in_bytes',
    'Total size of the underlying database logically in use in bytes.',
    () => store.size().usedBytes,
  ),
  gauge(
    'etcd_mvcc_db_open_read_transactions',
    'The number of currently open read transactions',
    () => store.openViewCount,
  ),
  gauge(
    'etcd_debugging_mvcc_keys_total',
    'Total number of keys.',
    () => replica.machine.mvcc.keyCount,
  ),
];

const historyFamilies = ({ replica, applied }: StoreSources): readonly Family[] => [
  gauge(
    'etcd_debugging_mvcc_current_revision',
    'The current revision of store.',
    () => replica.machine.mvcc.revision,
  ),
  gauge(
    'etcd_debugging_mvcc_compact_revision',
    'The revision of the last compaction in store.',
    () => replica.machine.mvcc.compactedRevision,
  ),
  counter(
    'etcd_debugging_mvcc_db_compaction_keys_total',
    'Total number of db keys compacted.',
    () => replica.machine.mvcc.compactedCount,
  ),
  gauge(
    'etcd_debugging_mvcc_db_compaction_last',
    'The unix time of the last db compaction. Resets to 0 on start.',
    () => applied.lastCompactionSeconds,
  ),
  histogram(
    'etcd_debugging_mvcc_db_compaction_pause_duration_milliseconds',
    'Bucketed histogram of db compaction pause duration.',
    applied.compactionPause,
  ),
  histogram(
    'etcd_debugging_mvcc_db_compaction_total_duration_milliseconds',
    'Bucketed histogram of db compaction total duration.',
    applied.compactionTotal,
  ),
];

const watchFamilies = ({ machine }: Replica): readonly Family[] => [
  gauge(
    'etcd_debugging_mvcc_watch_stream_total',
    'Total number of watch streams.',
    () => machine.watches.streamCount,
  ),
  gauge(
    'etcd_debugging_mvcc_watcher_total',
    'Total number of watchers.',
    () => machine.watches.watcherCount,
  ),
  gauge(
    'etcd_debugging_mvcc_slow_watcher_total',
    'Total number of unsynced slow watchers.',
    () => machine.watches.behindCount,
  ),
  counter(
    'etcd_debugging_mvcc_events_total',
    'Total number of events sent by this member.',
    () => machine.watches.eventCount,
  ),
  // A watcher that is behind reads history again: no event waits in memory.
  gauge(
    'etcd_debugging_mvcc_pending_events_total',
    'Total number of pending events to be sent.',
    () => 0,
  ),
];

const leaseFamilies = ({ replica, applied }: StoreSources): readonly Family[] => [
  counter(
    'etcd_debugging_lease_granted_total',
    'The total number of granted leases.',
    () => applied.leasesGranted,
  ),
  counter(
    'etcd_debugging_lease_revoked_total',
    'The total number of revoked leases.',
    () => applied.leasesRevoked,
  ),
  counter(
    'etcd_debugging_lease_renewed_total',
    'The number of renewed leases seen by the leader.',
    () => replica.machine.lessor.renewedCount,
  ),
  histogram(
    'etcd_debugging_lease_ttl_total',
    'Bucketed histogram of lease TTLs.',
    applied.leaseTtl,
  ),
  counter(
    'etcd_debugging_server_lease_expired_total',
    'The total number of expired leases.',
    () => replica.machine.expiredLeaseCount,
  ),
];
