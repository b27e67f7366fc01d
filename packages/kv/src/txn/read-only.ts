/** Which transactions need no log entry, because they only read. */
import type { RequestOp, TxnRequest } from '@concord/protocol';

const isRange = ({ request }: RequestOp): boolean => request?.case === 'requestRange';

/** Both branches hold nothing but ranges; a nested transaction counts as a write. */
export function isReadOnly(request: TxnRequest): boolean {
  return request.success.every(isRange) && request.failure.every(isRange);
}

/** A read-only transaction that may be answered from the member's own state. Without any range it may. */
export function isSerializable(request: TxnRequest): boolean {
  const isLocal = ({ request: op }: RequestOp): boolean =>
    op?.case === 'requestRange' && op.value.serializable;
  return request.success.every(isLocal) && request.failure.every(isLocal);
}
