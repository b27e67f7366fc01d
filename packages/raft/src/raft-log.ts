/**
 * What raft reads of the log that its caller has saved. Raft declares the interface because raft is
 * the reader; `MemoryLog` implements it, and is what a member uses in production too.
 *
 * Between taking a `Ready` and reporting it persisted, raft answers for the new entries from its own
 * memory. From the report on it reads them here. The caller therefore appends them here before it
 * reports, and overwrites from the first of them on, as a log file does.
 */
import type { Entry } from './entry.ts';
import type { Snapshot } from './snapshot.ts';

export interface RaftLog {
  /** The index of the first entry that is still held; everything before is compacted. */
  firstIndex(): number;

  /** The index of the last entry; `firstIndex() - 1` when there is none. */
  lastIndex(): number;

  /**
   * The term of an entry, and of the position just before the first entry, which every append to a
   * follower at that place must name. `undefined` when it is compacted or not there yet.
   */
  term(index: number): number | undefined;

  /**
   * The entries of `[from, end)`, cut where they would weigh more than `bytesMax` (see
   * `entry-size.ts`) but never to nothing. Asked only within `[firstIndex(), lastIndex() + 1)`.
   */
  entries(from: number, end: number, bytesMax: number): readonly Entry[];

  /**
   * The snapshot for a follower that needs entries which are compacted, at an index no lower than
   * `firstIndex() - 1`. `undefined` while none is at hand: raft asks again later.
   */
  snapshot(): Snapshot | undefined;
}
