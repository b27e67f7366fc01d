/**
 * How long the disk takes: the two histograms that etcd's dashboard and alerts look at first, observed around the
 * log and the store that a replica is given. And when the last entries came into the log and were durable there, for
 * whoever wants to know what a slow request has waited for.
 */
import type { DurableLog, OrderedStore } from '@concord/kv';
import { gauge, histogram, type Family } from './family.ts';
import { DISK_BOUNDS, Histogram } from './histogram.ts';
import { IndexTimes } from './index-times.ts';

export class DiskTimes {
  /** Writing a batch to the log's file, without the sync, in seconds. */
  readonly walWrite = new Histogram(DISK_BOUNDS);
  /** From handing entries to the log until they are durable, in seconds. */
  readonly walFsync = new Histogram(DISK_BOUNDS);
  /** From handing a batch to the store until it is committed, in seconds. */
  readonly backendCommit = new Histogram(DISK_BOUNDS);
  /** When entries were handed to the log, by their indexes. */
  readonly logged = new IndexTimes();
  /** When they were durable on this member. */
  readonly durable = new IndexTimes();

  observedLog(log: DurableLog): DurableLog {
    return {
      append: (hardState, entries, durable) => {
        const start = performance.now();
        const last = entries.at(-1)?.index;
        if (last !== undefined) this.logged.note(last, start);
        log.append(hardState, entries, () => {
          const end = performance.now();
          this.walFsync.observe((end - start) / 1000);
          if (last !== undefined) this.durable.note(last, end);
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

export const diskFamilies = (
  { walWrite, walFsync, backendCommit }: DiskTimes,
  writtenBytes: () => number,
): readonly Family[] => [
  histogram(
    'etcd_disk_wal_write_duration_seconds',
    'The latency distributions of write called by WAL.',
    walWrite,
  ),
  // The store's commit is one step: what etcd times as its last stage is all there is.
  histogram(
    'etcd_debugging_disk_backend_commit_write_duration_seconds',
    'The latency distributions of commit.write called by bboltdb backend.',
    backendCommit,
  ),
  histogram(
    'etcd_disk_wal_fsync_duration_seconds',
    'The latency distributions of fsync called by WAL.',
    walFsync,
  ),
  histogram(
    'etcd_disk_backend_commit_duration_seconds',
    'The latency distributions of commit called by backend.',
    backendCommit,
  ),
  gauge('etcd_disk_wal_write_bytes_total', 'Total number of bytes written in WAL.', writtenBytes),
];
