/**
 * What failures mean: a write is only said to be not applied where the server has refused it or never got it, and only
 * then tried again.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { etcdErrors, StatusCode } from '@concord/protocol';
import { concordErrorOf, judge } from './failure-table.ts';
import { RpcFailure, type RpcFailureDetails } from './rpc-failure.ts';

const failure = (details: Partial<RpcFailureDetails>): RpcFailure =>
  new RpcFailure({
    code: StatusCode.UNAVAILABLE,
    details: 'Connection dropped',
    isSent: true,
    endpoint: 'a:1',
    ...details,
  });

test('a connection that breaks leaves a write unknown, and is no reason to send it again', () => {
  for (const code of [StatusCode.UNAVAILABLE, StatusCode.CANCELLED]) {
    const { outcome, reaction } = judge(failure({ code }), 'write');
    assert.deepEqual([outcome, reaction], ['unknown', 'give-up']);
  }
  assert.equal(judge(failure({ code: StatusCode.INTERNAL }), 'write').outcome, 'unknown');
  assert.equal(judge(failure({ code: StatusCode.UNKNOWN }), 'write').outcome, 'unknown');
  assert.equal(judge(failure({ code: StatusCode.DEADLINE_EXCEEDED }), 'write').outcome, 'unknown');
});

test('a read is asked elsewhere, and nothing of it can be unknown', () => {
  const { outcome, reaction } = judge(failure({}), 'read');
  assert.deepEqual([outcome, reaction], ['not-applied', 'elsewhere']);
});

test('what never left is sent elsewhere, whatever it does', () => {
  for (const effect of ['read', 'write'] as const) {
    const { outcome, reaction } = judge(failure({ isSent: false }), effect);
    assert.deepEqual([outcome, reaction], ['not-applied', 'elsewhere']);
  }
});

test('interruptions by the client say whose they were', () => {
  const code = StatusCode.CANCELLED;
  const of = (interruption: 'aborted' | 'closed' | 'abandoned', effect: 'read' | 'write') => {
    const verdict = judge(failure({ code, interruption }), effect);
    return [verdict.code, verdict.outcome, verdict.reaction];
  };
  assert.deepEqual(of('aborted', 'write'), ['ABORTED', 'unknown', 'give-up']);
  assert.deepEqual(of('closed', 'read'), ['CLOSED', 'not-applied', 'give-up']);
  assert.deepEqual(of('abandoned', 'write'), ['UNAVAILABLE', 'unknown', 'give-up']);
  assert.deepEqual(of('abandoned', 'read'), ['UNAVAILABLE', 'not-applied', 'elsewhere']);
});

test("etcd's errors of the cluster's state", () => {
  const of = (name: keyof typeof etcdErrors): unknown[] => {
    const { code, message } = etcdErrors[name];
    const verdict = judge(failure({ code, details: message }), 'write');
    return [verdict.code, verdict.outcome, verdict.reaction];
  };
  // Refused at the door.
  assert.deepEqual(of('ErrNoLeader'), ['UNAVAILABLE', 'not-applied', 'elsewhere']);
  assert.deepEqual(of('ErrNotSupportedForLearner'), ['UNAVAILABLE', 'not-applied', 'elsewhere']);
  assert.deepEqual(of('ErrTooManyRequests'), ['UNAVAILABLE', 'not-applied', 'later']);
  assert.deepEqual(of('ErrInvalidAuthToken'), ['UNAUTHENTICATED', 'not-applied', 'authenticate']);
  assert.deepEqual(of('ErrAuthOldRevision'), ['UNAUTHENTICATED', 'not-applied', 'authenticate']);
  // Given up on its way.
  for (const name of [
    'ErrTimeout',
    'ErrTimeoutDueToLeaderFail',
    'ErrStopped',
    'ErrLeaderChanged',
  ] as const) {
    assert.deepEqual(of(name), ['UNAVAILABLE', 'unknown', 'give-up'], name);
  }
  assert.deepEqual(of('ErrNoSpace'), ['QUOTA', 'not-applied', 'give-up']);
  assert.deepEqual(of('ErrCompacted'), ['COMPACTED', 'not-applied', 'give-up']);
  assert.deepEqual(of('ErrPermissionDenied'), ['FORBIDDEN', 'not-applied', 'give-up']);
  assert.deepEqual(of('ErrAuthFailed'), ['UNAUTHENTICATED', 'not-applied', 'give-up']);
  assert.deepEqual(of('ErrLeaseNotFound'), ['NOT_FOUND', 'not-applied', 'give-up']);
  assert.deepEqual(of('ErrUnhealthy'), ['UNAVAILABLE', 'not-applied', 'give-up']);
});

test('every error of the table is judged, and none as our own mistake without need', () => {
  for (const { name, code, message } of Object.values(etcdErrors)) {
    const verdict = judge(failure({ code, details: message }), 'write');
    if (
      code !== StatusCode.UNKNOWN &&
      code !== StatusCode.DATA_LOSS &&
      code !== StatusCode.UNIMPLEMENTED
    ) {
      assert.notEqual(verdict.code, 'INTERNAL', name);
    }
    // A second attempt is only ever made where the first did nothing.
    if (verdict.reaction !== 'give-up') assert.equal(verdict.outcome, 'not-applied', name);
  }
});

test('the error names the operation, the subject, the endpoint and what it said', () => {
  const lost = failure({});
  const about = { operation: 'kv.put', subject: '/a', effect: 'write' } as const;
  const error = concordErrorOf(lost, judge(lost, 'write'), about);
  assert.equal(
    error.message,
    'kv.put: /a: a:1 says Unavailable: Connection dropped (it may or may not have been applied)',
  );
  assert.deepEqual([error.grpcCode, error.cause], [StatusCode.UNAVAILABLE, lost]);
});
