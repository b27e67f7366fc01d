/**
 * Checksums of the history at the last compactions, as etcd from 3.6 on keeps them: taken before a compaction deletes,
 * they can be asked for when the history that they are of is gone. They are in memory alone; a restart forgets them, as
 * in etcd.
 *
 * Compaction itself looks only at what has changed, a checksum at every row. So one is taken only of histories that are
 * read in half a second; in larger ones a compacted revision has the checksum of what is left, and none below.
 */
import type { KeySpace } from '../mvcc/key-space.ts';
import { HashKv } from './hash-kv.ts';
import type { HashKvResult } from './hash-kv.ts';

/** As etcd. */
const KEPT_MAX = 10;
/** At 4 µs a row, a little less than half a second, in slices. */
const ROWS_MAX = 100_000;

/** A compaction that has deleted nothing yet. */
export interface UpcomingCompaction {
  readonly revision: number;
  /** The one before it. */
  readonly compactedRevision: number;
}

interface Hashing {
  readonly revision: number;
  readonly hash: HashKv;
  rows: number;
}

export class CompactionHashes {
  /** The oldest first. */
  readonly #kept: HashKvResult[] = [];
  #hashing: Hashing | undefined;
  /** The one that was looked at last needs no more work. */
  #settledRevision = 0;

  /** What the compaction at exactly this revision left behind. */
  at(revision: number): HashKvResult | undefined {
    return this.#kept.find(({ hashRevision }) => hashRevision === revision);
  }

  /**
   * Folds in up to `rowsMax` rows. Answers whether the compaction has to wait. @param rowsInAll about how many rows the
   * history has
   */
  work(space: KeySpace, upcoming: UpcomingCompaction, rowsInAll: number, rowsMax: number): boolean {
    const { revision } = upcoming;
    if (revision === this.#settledRevision) return false;
    if (rowsInAll > ROWS_MAX) return this.#settle(revision);
    const hashing = (this.#hashing ??= {
      revision,
      hash: new HashKv({ space, ...upcoming }, revision, 'for-compaction'),
      rows: 0,
    });
    const result = hashing.hash.step(rowsMax);
    hashing.rows += rowsMax;
    if (result === undefined) return hashing.rows < ROWS_MAX || this.#settle(revision);
    this.#kept.push(result);
    if (this.#kept.length > KEPT_MAX) this.#kept.shift();
    return this.#settle(revision);
  }

  #settle(revision: number): false {
    this.#hashing = undefined;
    this.#settledRevision = revision;
    return false;
  }
}
