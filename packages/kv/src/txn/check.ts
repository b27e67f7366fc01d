/**
 * What can be refused of a request by its bytes alone, before it is proposed, in etcd's order. A request that
 * passes can still fail when it is applied, for the state that it meets, and then fails on every member alike.
 */
import {
  RangeRequest_SortOrder as SortOrder,
  RangeRequest_SortTarget as SortTarget,
  decodeKeyRange,
  etcdErrors,
  toByteString,
} from '@concord/protocol';
import type {
  ByteString,
  DeleteRangeRequest,
  EtcdErrorRow,
  PutRequest,
  RangeRequest,
  RequestOp,
  TxnRequest,
} from '@concord/protocol';
import { hasFilters } from '../mvcc/range.ts';
import { DeletedKeys } from './deleted-keys.ts';

/** What is wrong with a request; `undefined` for nothing. */
export type Fault = EtcdErrorRow | undefined;

const sortOrders: ReadonlySet<number> = new Set(Object.values(SortOrder));
const sortTargets: ReadonlySet<number> = new Set(Object.values(SortTarget));

export function checkRange(request: RangeRequest): Fault {
  if (request.key.length === 0) return etcdErrors.ErrEmptyKey;
  if (!sortOrders.has(request.sortOrder)) return etcdErrors.ErrInvalidSortOption;
  if (!sortTargets.has(request.sortTarget)) return etcdErrors.ErrInvalidSortOption;
  return undefined;
}

/** What a range that is streamed in key order cannot have. */
export function checkRangeStream(request: RangeRequest): Fault {
  const fault = checkRange(request);
  if (fault !== undefined) return fault;
  const { sortOrder, sortTarget } = request;
  const isByKey = sortTarget === SortTarget.KEY && sortOrder === SortOrder.ASCEND;
  if (sortOrder !== SortOrder.NONE && !isByKey) return etcdErrors.ErrRangeStreamSortOrder;
  return hasFilters(request) ? etcdErrors.ErrRangeStreamFilters : undefined;
}

export function checkPut(request: PutRequest): Fault {
  if (request.key.length === 0) return etcdErrors.ErrEmptyKey;
  if (request.ignoreValue && request.value.length > 0) return etcdErrors.ErrValueProvided;
  if (request.ignoreLease && request.lease !== 0n) return etcdErrors.ErrLeaseProvided;
  return undefined;
}

export function checkDeleteRange(request: DeleteRangeRequest): Fault {
  return request.key.length === 0 ? etcdErrors.ErrEmptyKey : undefined;
}

/**
 * @param opsMax how many compares, and operations in either branch, a level may have (`--max-txn-ops`); a nested
 *   transaction has what the longest list around it leaves
 */
export function checkTxn(request: TxnRequest, opsMax: number): Fault {
  const fault = checkStructure(request, opsMax);
  if (fault !== undefined) return fault;
  const hasOverlap =
    collectWrites(request.success) === undefined || collectWrites(request.failure) === undefined;
  return hasOverlap ? etcdErrors.ErrDuplicateKey : undefined;
}

function checkStructure(request: TxnRequest, opsMax: number): Fault {
  const { compare, success, failure } = request;
  const ops = Math.max(compare.length, success.length, failure.length);
  if (ops > opsMax) return etcdErrors.ErrTooManyOps;
  if (compare.some(({ key }) => key.length === 0)) return etcdErrors.ErrEmptyKey;
  for (const op of success) {
    const fault = checkOp(op, opsMax - ops);
    if (fault !== undefined) return fault;
  }
  for (const op of failure) {
    const fault = checkOp(op, opsMax - ops);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function checkOp({ request }: RequestOp, opsMax: number): Fault {
  switch (request?.case) {
    case 'requestRange':
      return checkRange(request.value);
    case 'requestPut':
      return checkPut(request.value);
    case 'requestDeleteRange':
      return checkDeleteRange(request.value);
    case 'requestTxn':
      return checkStructure(request.value, opsMax);
    case undefined:
      return etcdErrors.ErrKeyNotFound;
  }
}

interface Writes {
  readonly puts: ReadonlySet<ByteString>;
  readonly deletes: DeletedKeys;
}

/**
 * What one list of operations writes, nested transactions included; `undefined` where a put meets another write of
 * its key. The two branches of one nested transaction may put the same key, since only one of them runs.
 *
 * As in etcd, deletions of a nested transaction count against puts behind it and against those of its parent, not
 * against puts of a nested transaction before it. A deletion without an upper bound counts against nothing. In both
 * cases a key can change twice in one revision.
 */
function collectWrites(ops: readonly RequestOp[]): Writes | undefined {
  const puts = new Set<ByteString>();
  const deletes = new DeletedKeys();
  for (const { request } of ops) {
    if (request?.case !== 'requestDeleteRange') continue;
    const range = decodeKeyRange(request.value.key, request.value.rangeEnd);
    if (range.to !== undefined) deletes.add(range);
  }
  for (const { request } of ops) {
    if (request?.case !== 'requestTxn') continue;
    const then = collectWrites(request.value.success);
    const otherwise = collectWrites(request.value.failure);
    if (then === undefined || otherwise === undefined) return undefined;
    for (const key of then.puts) if (puts.has(key) || deletes.has(key)) return undefined;
    for (const key of otherwise.puts) if (puts.has(key) || deletes.has(key)) return undefined;
    for (const key of then.puts) puts.add(key);
    for (const key of otherwise.puts) puts.add(key);
    deletes.addAll(then.deletes);
    deletes.addAll(otherwise.deletes);
  }
  for (const { request } of ops) {
    if (request?.case !== 'requestPut') continue;
    const key = toByteString(request.value.key);
    if (puts.has(key) || deletes.has(key)) return undefined;
    puts.add(key);
  }
  return { puts, deletes };
}
