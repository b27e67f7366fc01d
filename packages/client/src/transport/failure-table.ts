/**
 * What a failed gRPC call means to the user: etcd's texts and codes in, a code of ours, what became of the request, and
 * what to do next out. Pure.
 */
import { etcdErrors, StatusCode, statusCodeName, type EtcdErrorName } from '@concord/protocol';
import { ConcordError, type ConcordErrorCode, type Outcome } from '../errors.ts';
import type { RpcFailure } from './rpc-failure.ts';

/** What a call does, and what an error says it was. */
export interface CallSubject {
  /** As users call it: `kv.put`. */
  readonly operation: string;
  readonly subject?: string | undefined;
  /** `read`: sending it twice does no harm. */
  readonly effect: 'read' | 'write';
  /** The one endpoint that it is for; any by default. */
  readonly endpoint?: string | undefined;
}

/** What the transport does about a failure, before the user hears of it. */
export type Reaction =
  /** Nothing. */
  | 'give-up'
  /** The member can't serve: another one may. */
  | 'elsewhere'
  /** The token is old. */
  | 'authenticate'
  /** The cluster is busy. */
  | 'later';

export interface Verdict {
  readonly code: ConcordErrorCode;
  readonly outcome: Outcome;
  readonly reaction: Reaction;
  readonly remedy?: string | undefined;
}

/** The part of a verdict that an error's text alone decides. `isRefused`: the server did not take the request. */
interface Row {
  readonly code: ConcordErrorCode;
  readonly reaction?: Reaction;
  readonly isRefused?: boolean;
  readonly remedy?: string;
}

const away: Row = { code: 'UNAVAILABLE', reaction: 'elsewhere', isRefused: false };
const badToken: Row = {
  code: 'UNAUTHENTICATED',
  reaction: 'authenticate',
  remedy: 'give credentials to Client.connect',
};

/** Errors that need more than their gRPC code says. */
const rows: Partial<Record<EtcdErrorName, Row>> = {
  ErrCompacted: { code: 'COMPACTED', remedy: 'read at a newer revision, or list again' },
  ErrFutureRev: { code: 'NOT_FOUND', remedy: 'give a revision that the store has reached' },
  ErrNoSpace: { code: 'QUOTA', remedy: 'compact, defragment, then disarm the NOSPACE alarm' },
  ErrRequestTooLarge: { code: 'QUOTA', remedy: 'send less at once, or raise --max-request-bytes' },
  ErrTooManyOps: { code: 'QUOTA', remedy: 'split the transaction, or raise --max-txn-ops' },
  ErrTooManyRequests: { code: 'UNAVAILABLE', reaction: 'later', remedy: 'send less at a time' },
  ErrCorrupt: { code: 'INTERNAL', remedy: 'restore the members that have the CORRUPT alarm' },
  ErrLeaseNotFound: { code: 'NOT_FOUND', remedy: 'grant a lease first; this one may have expired' },
  ErrLeaseExist: { code: 'CONFLICT', remedy: 'leave the id out, or choose another' },
  ErrLeaseTTLTooLarge: { code: 'INVALID_ARGUMENT', remedy: 'give at most 9,000,000,000 seconds' },
  ErrMemberExist: { code: 'CONFLICT' },
  ErrPeerURLExist: { code: 'CONFLICT' },
  ErrMemberNotEnoughStarted: {
    code: 'CONFLICT',
    remedy: 'start the members that were added first',
  },
  ErrMemberNotFound: { code: 'NOT_FOUND' },
  ErrUserNotFound: { code: 'NOT_FOUND' },
  ErrRoleNotFound: { code: 'NOT_FOUND' },
  ErrUserAlreadyExist: { code: 'CONFLICT' },
  ErrRoleAlreadyExist: { code: 'CONFLICT' },
  ErrRoleNotGranted: { code: 'NOT_FOUND' },
  ErrPermissionNotGranted: { code: 'NOT_FOUND' },
  ErrNoLeader: { ...away, isRefused: true, remedy: 'the cluster has lost its majority, or elects' },
  ErrNotLeader: { ...away, isRefused: true },
  ErrNotCapable: { ...away, isRefused: true },
  ErrNotSupportedForLearner: { ...away, isRefused: true, remedy: 'give the endpoint of a voter' },
  ErrLeaderChanged: away,
  ErrStopped: away,
  ErrTimeout: away,
  ErrTimeoutDueToLeaderFail: away,
  ErrTimeoutDueToConnectionLost: away,
  ErrTimeoutWaitAppliedIndex: away,
  // The leader says so, whoever is asked: to try elsewhere until the time is up would hide it behind a timeout.
  ErrUnhealthy: {
    code: 'UNAVAILABLE',
    remedy:
      'members count five seconds after they have connected: ask again, or bring back those that are down',
  },
  ErrRequestCancelled: { code: 'UNAVAILABLE', isRefused: false },
  ErrAuthFailed: { code: 'UNAUTHENTICATED', remedy: 'check the user name and the password' },
  ErrNoPasswordUser: { code: 'UNAUTHENTICATED', remedy: 'give a certificate, not a password' },
  ErrInvalidAuthToken: badToken,
  ErrAuthOldRevision: badToken,
  ErrUserEmpty: badToken,
  ErrInvalidAuthMgmt: {
    code: 'CONFLICT',
    remedy: 'users with such rights are kept while auth is on',
  },
  ErrPermissionDenied: { code: 'FORBIDDEN', remedy: 'grant the user a role with this permission' },
  ErrAuthNotEnabled: { code: 'CONFLICT', remedy: 'enable authentication first' },
};

const byText = new Map<string, Row>();
for (const [name, row] of Object.entries(rows)) {
  byText.set(etcdErrors[name as EtcdErrorName].message, row);
}

/** What `failure` means for a call that does `effect`. */
export function judge(failure: RpcFailure, effect: 'read' | 'write'): Verdict {
  const lost: Outcome = effect === 'read' || !failure.isSent ? 'not-applied' : 'unknown';
  if (failure.interruption === 'aborted')
    return { code: 'ABORTED', outcome: lost, reaction: 'give-up' };
  if (failure.interruption === 'closed')
    return { code: 'CLOSED', outcome: lost, reaction: 'give-up' };
  const again: Reaction = lost === 'unknown' ? 'give-up' : 'elsewhere';
  if (failure.interruption === 'abandoned' || !failure.isSent) {
    return { code: 'UNAVAILABLE', outcome: lost, reaction: again };
  }
  const row = byText.get(failure.details);
  if (row === undefined) return byCode(failure, lost, again);
  const outcome = row.isRefused === false ? lost : 'not-applied';
  const reaction = outcome === 'unknown' ? 'give-up' : (row.reaction ?? 'give-up');
  return { code: row.code, outcome, reaction, remedy: row.remedy };
}

/** Where the text says nothing. */
function byCode({ code }: RpcFailure, lost: Outcome, again: Reaction): Verdict {
  switch (code as StatusCode) {
    case StatusCode.INVALID_ARGUMENT:
      return { code: 'INVALID_ARGUMENT', outcome: 'not-applied', reaction: 'give-up' };
    case StatusCode.NOT_FOUND:
      return { code: 'NOT_FOUND', outcome: 'not-applied', reaction: 'give-up' };
    case StatusCode.ALREADY_EXISTS:
    case StatusCode.FAILED_PRECONDITION:
      return { code: 'CONFLICT', outcome: 'not-applied', reaction: 'give-up' };
    case StatusCode.OUT_OF_RANGE:
      return { code: 'INVALID_ARGUMENT', outcome: 'not-applied', reaction: 'give-up' };
    case StatusCode.PERMISSION_DENIED:
      return { code: 'FORBIDDEN', outcome: 'not-applied', reaction: 'give-up' };
    case StatusCode.UNAUTHENTICATED:
      return { code: 'UNAUTHENTICATED', outcome: 'not-applied', reaction: 'give-up' };
    case StatusCode.RESOURCE_EXHAUSTED:
      return { code: 'QUOTA', outcome: 'not-applied', reaction: 'give-up' };
    case StatusCode.UNIMPLEMENTED:
      return {
        code: 'INTERNAL',
        outcome: 'not-applied',
        reaction: 'give-up',
        remedy: 'the server is too old for this call',
      };
    case StatusCode.DEADLINE_EXCEEDED:
      return { code: 'DEADLINE', outcome: lost, reaction: 'give-up' };
    case StatusCode.UNAVAILABLE:
    // A connection that broke in the middle of an answer is told as one of these.
    case StatusCode.CANCELLED:
      return { code: 'UNAVAILABLE', outcome: lost, reaction: again };
    case StatusCode.OK:
    case StatusCode.UNKNOWN:
    case StatusCode.ABORTED:
    case StatusCode.INTERNAL:
    case StatusCode.DATA_LOSS:
      return { code: 'INTERNAL', outcome: lost, reaction: 'give-up' };
    default:
      return { code: 'INTERNAL', outcome: lost, reaction: 'give-up' };
  }
}

/** The error that a user gets. */
export function concordErrorOf(
  failure: RpcFailure,
  verdict: Verdict,
  about: CallSubject,
): ConcordError {
  return new ConcordError(verdict.code, {
    operation: about.operation,
    subject: about.subject,
    problem: problemOf(failure, verdict, about),
    remedy: verdict.remedy,
    outcome: verdict.outcome,
    grpcCode: failure.code,
    cause: failure,
  });
}

function problemOf(failure: RpcFailure, verdict: Verdict, { subject }: CallSubject): string {
  const whom = subject === undefined ? '' : `${subject}: `;
  const fate = verdict.outcome === 'unknown' ? ' (it may or may not have been applied)' : '';
  switch (failure.interruption) {
    case 'aborted':
      return `${whom}given up by its signal${fate}`;
    case 'closed':
      return `${whom}the client was closed${fate}`;
    case 'abandoned':
      return `${whom}${failure.endpoint} stopped answering${fate}`;
    case undefined:
      return `${whom}${failure.endpoint} says ${statusCodeName(failure.code)}: ${failure.details}${fate}`;
    default:
      return failure.interruption satisfies never;
  }
}
