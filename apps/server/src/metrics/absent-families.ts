/**
 * Names that etcd shows from the start and that measure what there is not here, or not yet: at their zero, so that
 * `absent()` in a rule and a panel of a dashboard find them.
 */
import { counter, gauge, histogram, type Family } from './family.ts';
import { DISK_BOUNDS, exponentialBounds, Histogram } from './histogram.ts';

const never = (name: string, help: string, bounds: readonly number[] = DISK_BOUNDS): Family =>
  histogram(name, help, new Histogram(bounds));

export const absentFamilies = (): readonly Family[] => [
  // The store gives pages back as it goes: there is no defragmentation that would block anybody.
  gauge(
    'etcd_disk_defrag_inflight',
    'Whether or not defrag is active on the member. 1 means active, 0 means not.',
    () => 0,
  ),
  never(
    'etcd_snap_db_fsync_duration_seconds',
    'The latency distributions of fsyncing .snap.db file',
  ),
  never(
    'etcd_snap_db_save_total_duration_seconds',
    'The total latency distributions of v3 snapshot save',
    exponentialBounds(0.1, 2, 10),
  ),
  never('etcd_snap_fsync_duration_seconds', 'The latency distributions of fsync called by snap.'),
  counter('etcd_debugging_store_expires_total', 'Total number of expired keys.', () => 0),
  counter(
    'etcd_debugging_store_watch_requests_total',
    'Total number of incoming watch requests (new or reestablished).',
    () => 0,
  ),
  gauge('etcd_debugging_store_watchers', 'Count of currently active watchers.', () => 0),
];
