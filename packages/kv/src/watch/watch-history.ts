/**
 * What watches need to know of the store: its changes, as they are applied and as they are read back later.
 * `mvcc` has both; only the fields that matter here are asked for.
 */
import type { ByteString } from '@concord/protocol';

/** One change of one key. */
export interface WatchedChange {
  readonly kind: 'put' | 'delete';
  readonly key: ByteString;
  readonly revision: number;
  /** The event's `kv`, encoded: of a deletion, key and revision alone. Does not change afterwards. */
  readonly record: Uint8Array;
  readonly isCreate: boolean;
  /** The record before this revision; undefined where there was none or it is compacted. */
  previous(): Uint8Array | undefined;
}

export interface WatchHistory {
  /**
   * Visits the changes of the revisions from `from` to `to`, both included, in the order in which they happened;
   * stops behind the revision that brings their number to `changesMax`, or before, where they are large. Answers
   * the first revision that was not visited: `to + 1` at the end. The changes stay readable afterwards.
   */
  history(
    from: number,
    to: number,
    changesMax: number,
    visit: (change: WatchedChange) => void,
  ): number;
}
