/** Reads the few numbers that the console charts out of a member's `/metrics`. */
import { MetricsReading, type Buckets } from '@concord/client/metrics';

/** What a member has counted since it started, and how it stands. */
export interface MemberMetrics {
  readonly reads: number;
  readonly writes: number;
  readonly events: number;
  readonly watchers: number;
  readonly keys: number;
  readonly residentBytes: number;
  /** Syncs of its disk. */
  readonly syncs: Buckets;
}

/** Etcd renamed some of them: the first name that is there counts. */
const names = {
  reads: ['etcd_mvcc_range_total', 'etcd_debugging_mvcc_range_total'],
  puts: ['etcd_mvcc_put_total', 'etcd_debugging_mvcc_put_total'],
  deletes: ['etcd_mvcc_delete_total', 'etcd_debugging_mvcc_delete_total'],
  events: ['etcd_debugging_mvcc_events_total'],
  watchers: ['etcd_debugging_mvcc_watcher_total'],
  keys: ['etcd_debugging_mvcc_keys_total'],
  resident: ['process_resident_memory_bytes'],
} as const;

export function readMetrics(text: string): MemberMetrics {
  const reading = new MetricsReading(text);
  const of = (candidates: readonly string[]): number => reading.value(...candidates) ?? 0;
  return {
    reads: of(names.reads),
    writes: of(names.puts) + of(names.deletes),
    events: of(names.events),
    watchers: of(names.watchers),
    keys: of(names.keys),
    residentBytes: of(names.resident),
    syncs: reading.buckets('etcd_disk_wal_fsync_duration_seconds'),
  };
}
