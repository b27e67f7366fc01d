/** Transactions: if all conditions hold carry out one list of operations, else another, as one step at one revision. */
import type { RequestOp } from '@concord/protocol';
import { TxnRequest, type ResponseOp, type TxnResponse } from '@concord/protocol';
import { callOptionNames, checkNames, invalid, type CallOptions } from '../options.ts';
import { wireCondition, type Condition } from './condition.ts';
import type { Entry } from './entry.ts';
import type { Key, KeyRange, KeySpace } from './key-space.ts';
import {
  deleteRequest,
  deleteResult,
  deleteSelectionNames,
  putRequest,
  putResult,
  putSelectionNames,
  rangeRequest,
  rangeResult,
  rangeSelectionNames,
  revisionOf,
  type DeleteResult,
  type DeleteSelection,
  type PutResult,
  type PutSelection,
  type RangeResult,
  type RangeSelection,
} from './requests.ts';

/** An operation of a transaction: made by {@link op}. */
export type Operation =
  | {
      readonly kind: 'put';
      readonly key: Key;
      readonly value: string | Uint8Array;
      readonly options: PutSelection;
    }
  | { readonly kind: 'get' | 'range'; readonly range: KeyRange; readonly options: RangeSelection }
  | { readonly kind: 'delete'; readonly range: KeyRange; readonly options: DeleteSelection }
  | { readonly kind: 'txn'; readonly txn: TxnBuilder };

/** What an operation answered, in the order in which they were given. */
export type OperationResult =
  | ({ readonly kind: 'put' } & PutResult)
  | { readonly kind: 'get'; readonly revision: number; readonly entry: Entry | undefined }
  | ({ readonly kind: 'range' } & RangeResult)
  | ({ readonly kind: 'delete' } & DeleteResult)
  | ({ readonly kind: 'txn' } & TxnResult);

/** What a transaction answered. */
export interface TxnResult {
  /** Whether all conditions held: `then` was carried out, else `else`. */
  readonly succeeded: boolean;
  /** Revision of the store after it. */
  readonly revision: number;
  readonly results: readonly OperationResult[];
}

/** How a transaction is sent. */
export interface CommitOptions extends CallOptions {
  /**
   * Carrying it out twice does the same as once, for instance because its conditions exclude a second time. It is tried
   * again then where its fate is unknown; what it answers may be that of the second time.
   */
  readonly repeatable?: boolean | undefined;
}

/** Makes the operations of a transaction. */
export const op = {
  put: (key: Key, value: string | Uint8Array, options: PutSelection = {}): Operation => {
    checkNames(options, putSelectionNames, 'op.put');
    return { kind: 'put', key, value, options };
  },
  /** One key: the result has an `entry`. */
  get: (key: Key, options: RangeSelection = {}): Operation => {
    checkNames(options, rangeSelectionNames, 'op.get');
    return { kind: 'get', range: key, options };
  },
  range: (range: KeyRange, options: RangeSelection = {}): Operation => {
    checkNames(options, rangeSelectionNames, 'op.range');
    return { kind: 'range', range, options };
  },
  delete: (range: KeyRange, options: DeleteSelection = {}): Operation => {
    checkNames(options, deleteSelectionNames, 'op.delete');
    return { kind: 'delete', range, options };
  },
  /** A transaction within the transaction. */
  txn: (txn: TxnBuilder): Operation => ({ kind: 'txn', txn }),
} as const;

/** Sends a finished transaction. */
export type CommitTxn = (txn: TxnBuilder, options: CommitOptions) => Promise<TxnResult>;

/** Immutable: each step makes a new one, so that a prepared transaction can be shared. */
export class TxnBuilder {
  readonly conditions: readonly Condition[];
  readonly thenOperations: readonly Operation[];
  readonly elseOperations: readonly Operation[];
  readonly #commit: CommitTxn;

  constructor(
    commit: CommitTxn,
    conditions: readonly Condition[] = [],
    thenOperations: readonly Operation[] = [],
    elseOperations: readonly Operation[] = [],
  ) {
    this.#commit = commit;
    this.conditions = conditions;
    this.thenOperations = thenOperations;
    this.elseOperations = elseOperations;
  }

  /** Adds conditions; all must hold. */
  if(...conditions: readonly Condition[]): TxnBuilder {
    return new TxnBuilder(
      this.#commit,
      [...this.conditions, ...conditions],
      this.thenOperations,
      this.elseOperations,
    );
  }

  /**
   * Adds operations that are carried out if all conditions hold.
   *
   * @throws ConcordError `INVALID_ARGUMENT` where the builder itself is awaited: `commit()` was forgotten
   */
  then(...operations: readonly Operation[]): TxnBuilder {
    // `await` calls this with two functions; without the check it would wait for ever.
    if (typeof operations[0] === 'function') {
      throw invalid('kv.txn', 'the transaction is awaited before it was sent', 'call commit()');
    }
    return new TxnBuilder(
      this.#commit,
      this.conditions,
      [...this.thenOperations, ...operations],
      this.elseOperations,
    );
  }

  /** Adds operations that are carried out if a condition does not hold. */
  else(...operations: readonly Operation[]): TxnBuilder {
    return new TxnBuilder(this.#commit, this.conditions, this.thenOperations, [
      ...this.elseOperations,
      ...operations,
    ]);
  }

  /** Carries it out. */
  commit(options: CommitOptions = {}): Promise<TxnResult> {
    return this.#commit(this, options);
  }
}

export const commitOptionNames = [...callOptionNames, 'repeatable'] as const;

/** Whether nothing in it writes. */
export function isReadOnly({ thenOperations, elseOperations }: TxnBuilder): boolean {
  return [...thenOperations, ...elseOperations].every(
    (operation) =>
      operation.kind === 'get' ||
      operation.kind === 'range' ||
      (operation.kind === 'txn' && isReadOnly(operation.txn)),
  );
}

export function txnRequest(txn: TxnBuilder, space: KeySpace, operation: string): TxnRequest {
  return TxnRequest.create({
    compare: txn.conditions.map((condition) => wireCondition(condition, space, operation)),
    success: txn.thenOperations.map((one) => wireOperation(one, space, operation)),
    failure: txn.elseOperations.map((one) => wireOperation(one, space, operation)),
  });
}

function wireOperation(one: Operation, space: KeySpace, operation: string): RequestOp {
  switch (one.kind) {
    case 'put': {
      const value = putRequest(one.key, one.value, one.options, space, operation);
      return { request: { case: 'requestPut', value } };
    }
    case 'get':
    case 'range': {
      const value = rangeRequest(one.range, one.options, space, operation);
      return { request: { case: 'requestRange', value } };
    }
    case 'delete': {
      const value = deleteRequest(one.range, one.options, space, operation);
      return { request: { case: 'requestDeleteRange', value } };
    }
    case 'txn':
      return { request: { case: 'requestTxn', value: txnRequest(one.txn, space, operation) } };
    default:
      one satisfies never;
      throw invalid(
        operation,
        'an operation is none',
        'make it by op.put, op.get, op.range, op.delete or op.txn',
      );
  }
}

export function txnResult(
  response: TxnResponse,
  txn: TxnBuilder,
  space: KeySpace,
  revision = revisionOf(response),
): TxnResult {
  const operations = response.succeeded ? txn.thenOperations : txn.elseOperations;
  return {
    succeeded: response.succeeded,
    revision,
    results: response.responses.map((answer, index) =>
      operationResult(answer, operations[index] as Operation, space, revision),
    ),
  };
}

function operationResult(
  { response }: ResponseOp,
  operation: Operation,
  space: KeySpace,
  revision: number,
): OperationResult {
  switch (response?.case) {
    case 'responsePut':
      return { kind: 'put', ...putResult(response.value, space, revision) };
    case 'responseRange': {
      const result = rangeResult(response.value, space, revision);
      return operation.kind === 'get'
        ? { kind: 'get', revision, entry: result.entries[0] }
        : { kind: 'range', ...result };
    }
    case 'responseDeleteRange':
      return { kind: 'delete', ...deleteResult(response.value, space, revision) };
    case 'responseTxn':
      return {
        kind: 'txn',
        ...txnResult(response.value, (operation as { txn: TxnBuilder }).txn, space, revision),
      };
    case undefined:
      throw new Error('the server answered an operation with nothing');
    default:
      return response satisfies never;
  }
}
