/**
 * The error table against the list of what etcd 3.6 sends, written out once more: names, codes and texts are
 * what clients in other languages match on.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EtcdError, etcdErrors, watchCancelReasons } from './errors.ts';
import { goStatusText, StatusCode } from './status-code.ts';

const EXPECTED = `
ErrEmptyKey 3 etcdserver: key is not provided
ErrKeyNotFound 3 etcdserver: key not found
ErrValueProvided 3 etcdserver: value is provided
ErrLeaseProvided 3 etcdserver: lease is provided
ErrTooManyOps 3 etcdserver: too many operations in txn request
ErrDuplicateKey 3 etcdserver: duplicate key given in txn request
ErrInvalidSortOption 3 etcdserver: invalid sort option
ErrCompacted 11 etcdserver: mvcc: required revision has been compacted
ErrFutureRev 11 etcdserver: mvcc: required revision is a future revision
ErrRangeStreamSortOrder 12 RangeStream does not support custom sort orders
ErrRangeStreamFilters 12 RangeStream does not support revision filters
ErrNoSpace 8 etcdserver: mvcc: database space exceeded
ErrRequestTooLarge 3 etcdserver: request is too large
ErrTooManyRequests 2 etcdserver: too many requests
ErrCorrupt 15 etcdserver: corrupt cluster
ErrLeaseNotFound 5 etcdserver: requested lease not found
ErrLeaseExist 9 etcdserver: lease already exists
ErrLeaseTTLTooLarge 11 etcdserver: too large lease TTL
ErrNotPrimary 2 not a primary lessor
ErrWatchCanceled 1 etcdserver: watch canceled
ErrMemberExist 9 etcdserver: member ID already exist
ErrPeerURLExist 9 etcdserver: Peer URLs already exists
ErrMemberNotEnoughStarted 2 etcdserver: re-configuration failed due to not enough started members
ErrMemberBadURLs 3 etcdserver: given member URLs are invalid
ErrMemberNotFound 5 etcdserver: member not found
ErrMemberNotLearner 9 etcdserver: can only promote a learner member
ErrLearnerNotReady 9 etcdserver: can only promote a learner member which is in sync with leader
ErrTooManyLearners 9 etcdserver: too many learner members in cluster
ErrClusterIDMismatch 9 etcdserver: cluster ID mismatch
ErrNoLeader 14 etcdserver: no leader
ErrNotLeader 9 etcdserver: not leader
ErrLeaderChanged 14 etcdserver: leader changed
ErrBadLeaderTransferee 9 etcdserver: bad leader transferee
ErrNotCapable 9 etcdserver: not capable
ErrStopped 14 etcdserver: server stopped
ErrTimeout 14 etcdserver: request timed out
ErrTimeoutDueToLeaderFail 14 etcdserver: request timed out, possibly due to previous leader failure
ErrTimeoutDueToConnectionLost 14 etcdserver: request timed out, possibly due to connection lost
ErrTimeoutWaitAppliedIndex 14 etcdserver: request timed out, waiting for the applied index took too long
ErrTimeoutLeaderTransfer 2 etcdserver: request timed out, leader transfer took too long
ErrUnhealthy 14 etcdserver: unhealthy cluster
ErrNotSupportedForLearner 9 etcdserver: rpc not supported for learner
ErrRequestCancelled 2 etcdserver: request cancelled
ErrRootUserNotExist 9 etcdserver: root user does not exist
ErrRootRoleNotExist 9 etcdserver: root user does not have root role
ErrUserAlreadyExist 9 etcdserver: user name already exists
ErrUserEmpty 3 etcdserver: user name is empty
ErrUserNotFound 9 etcdserver: user name not found
ErrRoleAlreadyExist 9 etcdserver: role name already exists
ErrRoleNotFound 9 etcdserver: role name not found
ErrRoleEmpty 3 etcdserver: role name is empty
ErrAuthFailed 3 etcdserver: authentication failed, invalid user ID or password
ErrPermissionNotGiven 3 etcdserver: permission not given
ErrPermissionDenied 7 etcdserver: permission denied
ErrRoleNotGranted 9 etcdserver: role is not granted to the user
ErrPermissionNotGranted 9 etcdserver: permission is not granted to the role
ErrAuthNotEnabled 9 etcdserver: authentication is not enabled
ErrInvalidAuthToken 16 etcdserver: invalid auth token
ErrInvalidAuthMgmt 3 etcdserver: invalid auth management
ErrAuthOldRevision 3 etcdserver: revision of auth store is old
ErrNoPasswordUser 2 auth: authentication failed, password was given for no password user
ErrVerifyOnly 2 auth: token signing attempted with verify-only key
ErrInvalidAuthOpts 2 auth: invalid auth options
ErrPasswordTooLong 2 bcrypt: password length exceeds 72 bytes
ErrWrongDowngradeVersionFormat 3 etcdserver: wrong downgrade target version format
ErrInvalidDowngradeTargetVersion 3 etcdserver: invalid downgrade target version
ErrClusterVersionUnavailable 9 etcdserver: cluster version not found during downgrade
ErrDowngradeInProcess 9 etcdserver: cluster has a downgrade job in progress
ErrNoInflightDowngrade 9 etcdserver: no inflight downgrade job
ErrUnknownMethod 2 etcdserver: unknown method
ErrInvalidClientAPIVersion 3 etcdserver: invalid client api version
ErrCanceled 1 etcdserver: request canceled
ErrDeadlineExceeded 4 etcdserver: context deadline exceeded
ErrContextCanceled 1 context canceled
ErrContextDeadlineExceeded 4 context deadline exceeded
ErrSessionExpired 2 mutex: session is expired
ErrElectionSessionExpired 2 election: session is expired
ErrElectionNotLeader 2 election: not leader
ErrElectionNoLeader 2 election: no leader
ErrMissingLeaderKey 2 "leader" field must be provided
ErrLostWatcher 2 lost watcher waiting for delete
ErrUnknownService 5 unknown service
`;

describe('the error table', () => {
  test('holds what etcd sends, byte for byte, and nothing else', () => {
    const lines = Object.values(etcdErrors).map((row) => `${row.name} ${row.code} ${row.message}`);
    assert.deepEqual(lines, EXPECTED.trim().split('\n'));
  });

  test('has each row under its own name', () => {
    for (const [name, row] of Object.entries(etcdErrors)) assert.equal(row.name, name);
  });

  test('has each text once, so that a client can tell errors by their text', () => {
    const texts = Object.values(etcdErrors).map(({ message }) => message);
    assert.equal(new Set(texts).size, texts.length);
  });

  test('cannot be changed', () => {
    assert.ok(Object.isFrozen(etcdErrors));
    for (const row of Object.values(etcdErrors)) assert.ok(Object.isFrozen(row));
  });
});

describe('EtcdError', () => {
  test('is an Error with the name, code and text of its row', () => {
    const error = new EtcdError(etcdErrors.ErrCompacted);
    assert.ok(error instanceof Error);
    assert.equal(error.name, 'ErrCompacted');
    assert.equal(error.code, StatusCode.OUT_OF_RANGE);
    assert.equal(error.message, 'etcdserver: mvcc: required revision has been compacted');
  });

  test('keeps its cause', () => {
    const cause = new Error('disk full');
    assert.equal(new EtcdError(etcdErrors.ErrNoSpace, { cause }).cause, cause);
  });
});

describe('texts around errors', () => {
  test('a status prints as Go prints it', () => {
    assert.equal(
      goStatusText(etcdErrors.ErrPermissionDenied),
      'rpc error: code = PermissionDenied desc = etcdserver: permission denied',
    );
    assert.equal(
      goStatusText(etcdErrors.ErrInvalidAuthToken),
      'rpc error: code = Unauthenticated desc = etcdserver: invalid auth token',
    );
  });

  test('watches end for the reasons that etcd gives', () => {
    assert.deepEqual(watchCancelReasons, {
      emptyRange: 'mvcc: watcher range is empty',
      duplicateWatchId: 'mvcc: duplicate watch ID provided on the WatchStream',
    });
  });

  test('status codes are the numbers 0 to 16', () => {
    assert.deepEqual(
      Object.values(StatusCode),
      Array.from({ length: 17 }, (_, code) => code),
    );
    assert.equal(StatusCode.UNAUTHENTICATED, 16);
    assert.equal(StatusCode.RESOURCE_EXHAUSTED, 8);
  });
});
