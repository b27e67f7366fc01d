import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMetrics } from './member-metrics.ts';

const text = `# HELP etcd_mvcc_put_total Total number of puts seen by this member.
# TYPE etcd_mvcc_put_total counter
etcd_mvcc_put_total 12
etcd_mvcc_delete_total 3
etcd_debugging_mvcc_range_total 7
etcd_debugging_mvcc_watcher_total 2
process_resident_memory_bytes 1.5e+07
etcd_disk_wal_fsync_duration_seconds_bucket{le="0.001"} 10
etcd_disk_wal_fsync_duration_seconds_bucket{le="0.002"} 20
etcd_disk_wal_fsync_duration_seconds_bucket{le="+Inf"} 20
`;

test('counts of a member are read under the names of old and new etcd', () => {
  const metrics = readMetrics(text);
  assert.equal(metrics.writes, 15);
  assert.equal(metrics.reads, 7);
  assert.equal(metrics.watchers, 2);
  assert.equal(metrics.residentBytes, 15_000_000);
  assert.deepEqual(metrics.syncs, [
    [0.001, 10],
    [0.002, 20],
  ]);
});
