/**
 * The ordered byte maps that the state machine keeps its data in, declared here by their consumer.
 * `storage` implements them over LMDB, `MemoryStore` in memory for tests and the simulator.
 *
 * A store holds what was committed to it, in full or not at all, batch by batch. It is read
 * synchronously and written behind: the caller keeps a batch readable itself until `committed` is called.
 */
import type { ByteString } from '@concord/protocol';

export const tables = [
  /** Single values under fixed names: applied index, revision, compacted revision, rolling hash. */
  'meta',
  /** Revision → the encoded `mvccpb.KeyValue` of that change, and what the key was before. */
  'revisions',
  /** Live key → where its newest revision is. */
  'current',
  /** Key that does not live → where its deletion is, until that is compacted. */
  'tombstones',
  /** First key of a run of live keys → how many there are. */
  'segments',
  /** Lease id → its record. */
  'leases',
  /** (Lease id, key) → nothing: which keys a lease holds. */
  'lease-keys',
  /** Member id → its record. */
  'members',
  /** Member id → nothing: who was removed, for good. */
  'removed-members',
  /** (Member id, alarm) → nothing. */
  'alarms',
  /** Name → what is known of the user. */
  'users',
  /** Name → what the role allows. */
  'roles',
] as const;
export type Table = (typeof tables)[number];

/**
 * The writes of one table, each key once; `null` deletes. The order is not promised to be key order, and the bytes
 * are the caller's again once the batch is committed.
 */
export interface TableWrites extends Iterable<readonly [ByteString, Uint8Array | null]> {
  readonly size: number;
}
export type StoreBatch = ReadonlyMap<Table, TableWrites>;

export interface ScanRange {
  readonly from: ByteString;
  /** Exclusive; absent means to the end of the table. */
  readonly to?: ByteString | undefined;
  /** Descending from the last key below `to`. */
  readonly reverse?: boolean;
}

export interface OrderedStore {
  /** The bytes are valid until the next call on this store: copy what is kept. */
  get(table: Table, key: ByteString): Uint8Array | undefined;
  /** Calls `visit` in key order until it returns `false`. Same lifetime of the bytes. No writes from inside. */
  scan(
    table: Table,
    range: ScanRange,
    visit: (key: ByteString, value: Uint8Array) => boolean | void,
  ): void;
  /**
   * Takes a batch that must not change any more. `committed` is called once it is durable and visible to
   * `get` and `scan`; batches are committed in the order given. A failure stops the member instead.
   */
  commit(batch: StoreBatch, committed: () => void): void;
  /** Bytes that the store occupies, and those of them that hold live data. */
  size(): { readonly allocatedBytes: number; readonly usedBytes: number };
}
