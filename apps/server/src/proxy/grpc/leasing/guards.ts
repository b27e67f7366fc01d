/** The conditions and operations on leasing keys that transactions of the leasing protocol are made of. */
import {
  Compare,
  Compare_CompareResult as CompareResult,
  Compare_CompareTarget as CompareTarget,
  DeleteRangeRequest,
  PutRequest,
  RangeRequest,
  TxnRequest,
  type RequestOp,
} from '@concord/protocol';
import { REVOKE, type KeySpan } from './leasing-keys.ts';

const NO_END = new Uint8Array();
const revoke = Buffer.from(REVOKE);

export const single = (key: Uint8Array): KeySpan => ({ key, rangeEnd: NO_END });

/** No key of the span, or only such as were created before a revision. */
export const createdBefore = (span: KeySpan, revision: number): Compare =>
  Compare.create({
    ...span,
    target: CompareTarget.CREATE,
    result: CompareResult.LESS,
    targetUnion: { case: 'createRevision', value: revision },
  });

export const createdAt = (key: Uint8Array, revision: number): Compare =>
  Compare.create({
    key,
    target: CompareTarget.CREATE,
    result: CompareResult.EQUAL,
    targetUnion: { case: 'createRevision', value: revision },
  });

/** Attached to no lease, or not there. */
export const withoutLease = (key: Uint8Array): Compare =>
  Compare.create({
    key,
    target: CompareTarget.LEASE,
    result: CompareResult.EQUAL,
    targetUnion: { case: 'lease', value: 0n },
  });

export const reading = (span: KeySpan, keysOnly = false): RequestOp => ({
  request: { case: 'requestRange', value: RangeRequest.create({ ...span, keysOnly }) },
});

export const putting = (fields: Partial<PutRequest>): RequestOp => ({
  request: { case: 'requestPut', value: PutRequest.create(fields) },
});

/** Deletes a leasing key, but no later one of the same name. It may be applied twice. */
export const deletingAt = (leasingKey: Uint8Array, since: number): TxnRequest =>
  TxnRequest.create({
    compare: [createdAt(leasingKey, since)],
    success: [
      {
        request: {
          case: 'requestDeleteRange',
          value: DeleteRangeRequest.create({ key: leasingKey }),
        },
      },
    ],
  });

/** Asks the owner of a leasing key, which is there, to give it up; its lease stays. */
export const revoking = (leasingKey: Uint8Array): RequestOp =>
  putting({ key: leasingKey, value: revoke, ignoreLease: true });

export const isRevoked = ({ value }: { readonly value: Uint8Array }): boolean =>
  revoke.equals(value);
