/**
 * The one table of errors that leave the server, with etcd's names, texts and gRPC codes.
 *
 * Texts are API: Go clients recognise an error by its exact text and take the code from a table of their own,
 * other clients go by the code. Where etcd sends another code than its own client reports (a missing entry in
 * its mapping), the table has what etcd sends.
 */
import { StatusCode } from './status-code.ts';

/** One row of the table: what a call ends with. */
export interface EtcdErrorRow {
  /** etcd's symbol, such as `ErrEmptyKey`. */
  readonly name: string;
  readonly code: StatusCode;
  /** The text, in the `grpc-message` trailer. */
  readonly message: string;
}

const {
  CANCELLED,
  UNKNOWN,
  INVALID_ARGUMENT,
  DEADLINE_EXCEEDED,
  NOT_FOUND,
  PERMISSION_DENIED,
  RESOURCE_EXHAUSTED,
  FAILED_PRECONDITION,
  OUT_OF_RANGE,
  UNIMPLEMENTED,
  UNAVAILABLE,
  DATA_LOSS,
  UNAUTHENTICATED,
} = StatusCode;

const rows = {
  // Keys and transactions.
  ErrEmptyKey: [INVALID_ARGUMENT, 'etcdserver: key is not provided'],
  ErrKeyNotFound: [INVALID_ARGUMENT, 'etcdserver: key not found'],
  ErrValueProvided: [INVALID_ARGUMENT, 'etcdserver: value is provided'],
  ErrLeaseProvided: [INVALID_ARGUMENT, 'etcdserver: lease is provided'],
  ErrTooManyOps: [INVALID_ARGUMENT, 'etcdserver: too many operations in txn request'],
  ErrDuplicateKey: [INVALID_ARGUMENT, 'etcdserver: duplicate key given in txn request'],
  ErrInvalidSortOption: [INVALID_ARGUMENT, 'etcdserver: invalid sort option'],
  ErrCompacted: [OUT_OF_RANGE, 'etcdserver: mvcc: required revision has been compacted'],
  ErrFutureRev: [OUT_OF_RANGE, 'etcdserver: mvcc: required revision is a future revision'],
  ErrRangeStreamSortOrder: [UNIMPLEMENTED, 'RangeStream does not support custom sort orders'],
  ErrRangeStreamFilters: [UNIMPLEMENTED, 'RangeStream does not support revision filters'],
  ErrNoSpace: [RESOURCE_EXHAUSTED, 'etcdserver: mvcc: database space exceeded'],
  ErrRequestTooLarge: [INVALID_ARGUMENT, 'etcdserver: request is too large'],
  // etcd's client reports RESOURCE_EXHAUSTED.
  ErrTooManyRequests: [UNKNOWN, 'etcdserver: too many requests'],
  ErrCorrupt: [DATA_LOSS, 'etcdserver: corrupt cluster'],

  // Leases.
  ErrLeaseNotFound: [NOT_FOUND, 'etcdserver: requested lease not found'],
  ErrLeaseExist: [FAILED_PRECONDITION, 'etcdserver: lease already exists'],
  ErrLeaseTTLTooLarge: [OUT_OF_RANGE, 'etcdserver: too large lease TTL'],
  ErrNotPrimary: [UNKNOWN, 'not a primary lessor'],

  // Watches.
  ErrWatchCanceled: [CANCELLED, 'etcdserver: watch canceled'],

  // Membership, leadership and availability.
  ErrMemberExist: [FAILED_PRECONDITION, 'etcdserver: member ID already exist'],
  ErrPeerURLExist: [FAILED_PRECONDITION, 'etcdserver: Peer URLs already exists'],
  // etcd's client reports FAILED_PRECONDITION.
  ErrMemberNotEnoughStarted: [
    UNKNOWN,
    'etcdserver: re-configuration failed due to not enough started members',
  ],
  ErrMemberBadURLs: [INVALID_ARGUMENT, 'etcdserver: given member URLs are invalid'],
  ErrMemberNotFound: [NOT_FOUND, 'etcdserver: member not found'],
  ErrMemberNotLearner: [FAILED_PRECONDITION, 'etcdserver: can only promote a learner member'],
  ErrLearnerNotReady: [
    FAILED_PRECONDITION,
    'etcdserver: can only promote a learner member which is in sync with leader',
  ],
  ErrTooManyLearners: [FAILED_PRECONDITION, 'etcdserver: too many learner members in cluster'],
  ErrClusterIDMismatch: [FAILED_PRECONDITION, 'etcdserver: cluster ID mismatch'],
  ErrNoLeader: [UNAVAILABLE, 'etcdserver: no leader'],
  ErrNotLeader: [FAILED_PRECONDITION, 'etcdserver: not leader'],
  ErrLeaderChanged: [UNAVAILABLE, 'etcdserver: leader changed'],
  ErrBadLeaderTransferee: [FAILED_PRECONDITION, 'etcdserver: bad leader transferee'],
  ErrNotCapable: [FAILED_PRECONDITION, 'etcdserver: not capable'],
  ErrStopped: [UNAVAILABLE, 'etcdserver: server stopped'],
  ErrTimeout: [UNAVAILABLE, 'etcdserver: request timed out'],
  ErrTimeoutDueToLeaderFail: [
    UNAVAILABLE,
    'etcdserver: request timed out, possibly due to previous leader failure',
  ],
  ErrTimeoutDueToConnectionLost: [
    UNAVAILABLE,
    'etcdserver: request timed out, possibly due to connection lost',
  ],
  ErrTimeoutWaitAppliedIndex: [
    UNAVAILABLE,
    'etcdserver: request timed out, waiting for the applied index took too long',
  ],
  ErrTimeoutLeaderTransfer: [
    UNKNOWN,
    'etcdserver: request timed out, leader transfer took too long',
  ],
  ErrUnhealthy: [UNAVAILABLE, 'etcdserver: unhealthy cluster'],
  ErrNotSupportedForLearner: [FAILED_PRECONDITION, 'etcdserver: rpc not supported for learner'],
  // A proposal given up by the server; the spelling tells it from the client's own cancellation.
  ErrRequestCancelled: [UNKNOWN, 'etcdserver: request cancelled'],

  // Users, roles and tokens.
  ErrRootUserNotExist: [FAILED_PRECONDITION, 'etcdserver: root user does not exist'],
  ErrRootRoleNotExist: [FAILED_PRECONDITION, 'etcdserver: root user does not have root role'],
  ErrUserAlreadyExist: [FAILED_PRECONDITION, 'etcdserver: user name already exists'],
  ErrUserEmpty: [INVALID_ARGUMENT, 'etcdserver: user name is empty'],
  ErrUserNotFound: [FAILED_PRECONDITION, 'etcdserver: user name not found'],
  ErrRoleAlreadyExist: [FAILED_PRECONDITION, 'etcdserver: role name already exists'],
  ErrRoleNotFound: [FAILED_PRECONDITION, 'etcdserver: role name not found'],
  ErrRoleEmpty: [INVALID_ARGUMENT, 'etcdserver: role name is empty'],
  ErrAuthFailed: [
    INVALID_ARGUMENT,
    'etcdserver: authentication failed, invalid user ID or password',
  ],
  ErrPermissionNotGiven: [INVALID_ARGUMENT, 'etcdserver: permission not given'],
  ErrPermissionDenied: [PERMISSION_DENIED, 'etcdserver: permission denied'],
  ErrRoleNotGranted: [FAILED_PRECONDITION, 'etcdserver: role is not granted to the user'],
  ErrPermissionNotGranted: [
    FAILED_PRECONDITION,
    'etcdserver: permission is not granted to the role',
  ],
  ErrAuthNotEnabled: [FAILED_PRECONDITION, 'etcdserver: authentication is not enabled'],
  ErrInvalidAuthToken: [UNAUTHENTICATED, 'etcdserver: invalid auth token'],
  ErrInvalidAuthMgmt: [INVALID_ARGUMENT, 'etcdserver: invalid auth management'],
  ErrAuthOldRevision: [INVALID_ARGUMENT, 'etcdserver: revision of auth store is old'],
  ErrNoPasswordUser: [
    UNKNOWN,
    'auth: authentication failed, password was given for no password user',
  ],
  ErrVerifyOnly: [UNKNOWN, 'auth: token signing attempted with verify-only key'],
  ErrInvalidAuthOpts: [UNKNOWN, 'auth: invalid auth options'],
  ErrPasswordTooLong: [UNKNOWN, 'bcrypt: password length exceeds 72 bytes'],

  // Downgrades, metadata and the end of a call's context.
  ErrWrongDowngradeVersionFormat: [
    INVALID_ARGUMENT,
    'etcdserver: wrong downgrade target version format',
  ],
  ErrInvalidDowngradeTargetVersion: [
    INVALID_ARGUMENT,
    'etcdserver: invalid downgrade target version',
  ],
  ErrClusterVersionUnavailable: [
    FAILED_PRECONDITION,
    'etcdserver: cluster version not found during downgrade',
  ],
  ErrDowngradeInProcess: [
    FAILED_PRECONDITION,
    'etcdserver: cluster has a downgrade job in progress',
  ],
  ErrNoInflightDowngrade: [FAILED_PRECONDITION, 'etcdserver: no inflight downgrade job'],
  ErrUnknownMethod: [UNKNOWN, 'etcdserver: unknown method'],
  ErrInvalidClientAPIVersion: [INVALID_ARGUMENT, 'etcdserver: invalid client api version'],
  ErrCanceled: [CANCELLED, 'etcdserver: request canceled'],
  ErrDeadlineExceeded: [DEADLINE_EXCEEDED, 'etcdserver: context deadline exceeded'],
  // What unary calls answer when the client cancels or its deadline passes.
  ErrContextCanceled: [CANCELLED, 'context canceled'],
  ErrContextDeadlineExceeded: [DEADLINE_EXCEEDED, 'context deadline exceeded'],

  // Locks and elections, which etcd serves as a client of its own.
  ErrSessionExpired: [UNKNOWN, 'mutex: session is expired'],
  // Concord's own: etcd tells such a candidate that it leads.
  ErrElectionSessionExpired: [UNKNOWN, 'election: session is expired'],
  ErrElectionNotLeader: [UNKNOWN, 'election: not leader'],
  ErrElectionNoLeader: [UNKNOWN, 'election: no leader'],
  ErrMissingLeaderKey: [UNKNOWN, '"leader" field must be provided'],
  ErrLostWatcher: [UNKNOWN, 'lost watcher waiting for delete'],

  // What gRPC's own services answer.
  ErrUnknownService: [NOT_FOUND, 'unknown service'],
} as const satisfies Record<string, readonly [StatusCode, string]>;

/** Name of a row in `etcdErrors`. */
export type EtcdErrorName = keyof typeof rows;

/** Every error that a client can meet, by etcd's symbol. Frozen, rows included. */
export const etcdErrors: Readonly<Record<EtcdErrorName, EtcdErrorRow>> = frozenTable();

function frozenTable(): Readonly<Record<EtcdErrorName, EtcdErrorRow>> {
  const table = Object.entries(rows).map(([name, [code, message]]) => {
    return [name, Object.freeze({ name, code, message })] as const;
  });
  return Object.freeze(Object.fromEntries(table) as Record<EtcdErrorName, EtcdErrorRow>);
}

/** A row of the table as an error to throw, or to reject with. */
export class EtcdError extends Error {
  /** etcd's symbol, such as `ErrEmptyKey`. */
  override readonly name: string;
  readonly code: StatusCode;

  constructor(row: EtcdErrorRow, options?: ErrorOptions) {
    super(row.message, options);
    this.name = row.name;
    this.code = row.code;
  }
}

/** Why the server ended a watch, in `WatchResponse.cancel_reason`, where no row of the table says it. */
export const watchCancelReasons = Object.freeze({
  emptyRange: 'mvcc: watcher range is empty',
  duplicateWatchId: 'mvcc: duplicate watch ID provided on the WatchStream',
});
