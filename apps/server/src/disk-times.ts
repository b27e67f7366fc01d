/**
 * How long the disk takes: the two histograms that etcd's dashboard and alerts look at first, observed around the
 * log and the store that a replica is given.
 */
import type { DurableLog, OrderedStore } from '@concord/kv';
import { Histogram } from 'prom-client';

/** etcd's buckets: 14 from a millisecond on, each twice the one before. */
const buckets = Array.from({ length: 14 }, (_, i) => 0.001 * 2 ** i);

const histogram = (name: string, help: string): Histogram =>
  new Histogram({ name, help, buckets, registers: [] });

export class DiskTimes {
  /** From handing entries to the log until they are durable. */
  readonly walFsync = histogram(
    'etcd_disk_wal_fsync_duration_seconds',
    'The latency distributions of fsync called by WAL.',
  );
  /** From handing a batch to the store until it is committed. */
  readonly backendCommit = histogram(
    'etcd_disk_backend_commit_duration_seconds',
    'The latency distributions of commit called by backend.',
  );

  observedLog(log: DurableLog): DurableLog {
    return {
      append: (hardState, entries, durable) => {
        const start = performance.now();
        log.append(hardState, entries, () => {
          this.walFsync.observe((performance.now() - start) / 1000);
          durable();
        });
      },
      release: (index, term) => log.release(index, term),
    };
  }

  observedStore(store: OrderedStore): OrderedStore {
    return {
      get: (table, key) => store.get(table, key),
      scan: (table, range, visit) => store.scan(table, range, visit),
      commit: (batch, committed) => {
        const start = performance.now();
        store.commit(batch, () => {
          this.backendCommit.observe((performance.now() - start) / 1000);
          committed();
        });
      },
      size: () => store.size(),
    };
  }
}
