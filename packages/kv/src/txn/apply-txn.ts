/**
 * Runs a transaction: decides every condition on its way against the state before, checks what the branches taken
 * could fail with, and only then changes anything. So a transaction that fails has done nothing. The one failure that
 * comes later, a put that keeps something of a key which a deletion before it took, is undone by `write`.
 */
import { EtcdError, etcdErrors } from '@concord/protocol';
import type { RangeRequest, RequestOp, TxnRequest } from '@concord/protocol';
import { assert } from '@concord/raft';
import type { MvccStore } from '../mvcc/mvcc-store.ts';
import type { ReadView } from '../mvcc/range.ts';
import type { OpResult, TxnResult } from '../mvcc/result.ts';
import { assertPutApplies } from '../mvcc/write-txn.ts';
import type { WriteTxn, WriteWorld } from '../mvcc/write-txn.ts';
import { holds } from './compare.ts';

/** A transaction with its conditions decided: what remains is to do. */
interface Plan {
  readonly succeeded: boolean;
  readonly steps: readonly Step[];
}

type Step = Exclude<RequestOp['request'], undefined | { case: 'requestTxn' }> | Plan;

/**
 * The request has passed `checkTxn`. Throws, before any change, `ErrLeaseNotFound`, `ErrKeyNotFound`,
 * `ErrFutureRev` and `ErrCompacted`.
 */
export function applyTxn(store: MvccStore, request: TxnRequest): TxnResult {
  const plan = planOf(store, request);
  checkPlan(store, plan);
  return store.write((txn) => runPlan(txn, plan));
}

/** The same for a transaction of which `isReadOnly` is true: it is answered without having been replicated. */
export function readTxn(store: MvccStore, request: TxnRequest): TxnResult {
  const plan = planOf(store, request);
  checkPlan(store, plan);
  return store.write((txn) => {
    const result = runPlan(txn, plan);
    assert(txn.changes.length === 0, 'a read-only transaction changes nothing');
    return result;
  });
}

function planOf(view: ReadView, request: TxnRequest): Plan {
  const succeeded = request.compare.every((compare) => holds(view.space, compare));
  const ops = succeeded ? request.success : request.failure;
  const steps = ops.map(({ request: op }): Step => {
    assert(op !== undefined, 'a transaction without empty operations is proposed');
    return op.case === 'requestTxn' ? planOf(view, op.value) : op;
  });
  return { succeeded, steps };
}

function checkPlan(world: WriteWorld, plan: Plan): void {
  for (const step of plan.steps) {
    if (!('case' in step)) checkPlan(world, step);
    else if (step.case === 'requestPut') assertPutApplies(world, step.value);
    else if (step.case === 'requestRange') assertCanBeRead(world, step.value);
  }
}

/** A negative revision reads the newest state outside of a transaction; inside it counts as compacted. */
function assertCanBeRead(view: ReadView, { revision }: RangeRequest): void {
  if (revision === 0) return;
  if (revision > view.revision) throw new EtcdError(etcdErrors.ErrFutureRev);
  if (revision < view.compactedRevision) throw new EtcdError(etcdErrors.ErrCompacted);
}

function runPlan(txn: WriteTxn, plan: Plan): TxnResult {
  const responses: OpResult[] = [];
  for (const step of plan.steps) responses.push(runStep(txn, step));
  return { kind: 'txn', revision: txn.revision, succeeded: plan.succeeded, responses };
}

function runStep(txn: WriteTxn, step: Step): OpResult {
  if (!('case' in step)) return runPlan(txn, step);
  switch (step.case) {
    case 'requestRange':
      return txn.range(step.value);
    case 'requestPut':
      return txn.put(step.value);
    case 'requestDeleteRange':
      return txn.deleteRange(step.value);
  }
}
