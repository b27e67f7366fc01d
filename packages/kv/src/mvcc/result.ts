/**
 * What an operation answers, before it becomes a response message: records are encoded `mvccpb.KeyValue`s, so that
 * a response is made by copying them behind its header.
 */

export interface RangeResult {
  readonly kind: 'range';
  /** The store's revision when it was read, not the one that was asked for. */
  readonly revision: number;
  readonly records: readonly Uint8Array[];
  /** The limit cut the records. */
  readonly more: boolean;
  /** Live keys of the range, whatever limit and filters say. */
  readonly count: number;
}

export interface PutResult {
  readonly kind: 'put';
  readonly revision: number;
  /** The record before, where it was asked for and there was one. */
  readonly previous: Uint8Array | undefined;
}

export interface DeleteRangeResult {
  readonly kind: 'delete-range';
  /** The new revision; the current one where nothing was deleted. */
  readonly revision: number;
  readonly deleted: number;
  /** The records before, ascending by key, where they were asked for. */
  readonly previous: readonly Uint8Array[];
}

export interface TxnResult {
  readonly kind: 'txn';
  readonly revision: number;
  readonly succeeded: boolean;
  /** One for each operation of the branch taken, in its order. */
  readonly responses: readonly OpResult[];
}

export type OpResult = RangeResult | PutResult | DeleteRangeResult | TxnResult;
