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
   * Calls `visit` with the changes from `revision` on, in the order in which they happened, until it answers
   * `false`. The changes stay readable afterwards. Nothing else is asked of the store from inside `visit`.
   */
  read(revision: number, visit: (change: WatchedChange) => boolean): void;
}
