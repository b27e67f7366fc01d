/**
 * One change of one key, as it is told to whoever follows the store: watchers, the lease table, the rolling hash.
 */
import type { ByteString } from '@concord/protocol';

export interface Change {
  readonly kind: 'put' | 'delete';
  readonly key: ByteString;
  readonly revision: number;
  /** The change's place within its revision, from 0. */
  readonly subRevision: number;
  /**
   * What an event carries: the encoded `mvccpb.KeyValue` of a put; of a deletion, one with the key and the
   * revision of the deletion alone.
   */
  readonly record: Uint8Array;
  /** `0n` for none. */
  readonly lease: bigint;
  /** The lease that held the key until now; `0n` for none. */
  readonly previousLease: bigint;
  /** The key did not exist before. */
  readonly isCreate: boolean;
  /**
   * The record that the key had at the end of the revision before, for `prev_kv`. Undefined where there was none
   * and once it is compacted. Reads the store: not to be called from inside a scan.
   */
  previous(): Uint8Array | undefined;
}
