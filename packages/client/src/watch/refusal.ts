/** Why the server did not begin a watch, or ended one. */
import { etcdErrors, StatusCode, watchCancelReasons, type WatchResponse } from '@concord/protocol';
import { ConcordError } from '../errors.ts';
import { concordErrorOf, judge } from '../transport/failure-table.ts';
import { RpcFailure } from '../transport/rpc-failure.ts';
import type { WatchEnd } from './subscriber.ts';

/** `rpc error: code = PermissionDenied desc = etcdserver: permission denied` */
const GO_STATUS = /^rpc error: code = (\w+) desc = (.*)$/s;

const codes: Readonly<Record<string, StatusCode>> = {
  PermissionDenied: StatusCode.PERMISSION_DENIED,
  Unauthenticated: StatusCode.UNAUTHENTICATED,
  InvalidArgument: StatusCode.INVALID_ARGUMENT,
  Unavailable: StatusCode.UNAVAILABLE,
};

/** `token`: with a new one it may work. */
export function refusalOf(
  response: WatchResponse,
): WatchEnd | { readonly type: 'token'; readonly error: ConcordError } {
  const { compactRevision, cancelReason } = response;
  if (compactRevision > 0) return { type: 'compacted', compactRevision };
  if (cancelReason === etcdErrors.ErrCompacted.message) {
    return { type: 'compacted', compactRevision: 0 };
  }
  if (cancelReason === watchCancelReasons.emptyRange) {
    const remedy = 'give a range whose end is after its beginning';
    return failed(
      new ConcordError('INVALID_ARGUMENT', {
        operation: 'watch',
        problem: 'the range is empty',
        remedy,
      }),
    );
  }
  const [, code = '', details = cancelReason] = GO_STATUS.exec(cancelReason) ?? [];
  const failure = new RpcFailure({
    code: codes[code] ?? StatusCode.UNKNOWN,
    details: details === '' ? 'the server ended the watch' : details,
    isSent: true,
    endpoint: 'the server',
  });
  const verdict = judge(failure, 'read');
  const error = concordErrorOf(failure, verdict, { operation: 'watch', effect: 'read' });
  return verdict.reaction === 'authenticate' ? { type: 'token', error } : failed(error);
}

const failed = (error: ConcordError): WatchEnd => ({ type: 'failed', error });
