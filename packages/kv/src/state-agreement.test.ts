/** Goal: the member that differs is found, and nobody is blamed on too little evidence. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StateHashMessage } from './member-message.ts';
import { StateAgreement } from './state-agreement.ts';

const voters = [1n, 2n, 3n];

function leaderAt(index: number): StateAgreement {
  const agreement = new StateAgreement(1n);
  for (let i = 1; i <= index; i++) agreement.applied(i, 0xabc, i);
  return agreement;
}

const hashOf = (index: number): bigint => (0xabcn << 32n) + BigInt(index);

const told = (from: bigint, index: number, hash = hashOf(index)): StateHashMessage => ({
  kind: 'state-hash',
  from,
  to: 1n,
  index,
  hash,
});

test('a report names the last index and how the state hashed there', () => {
  assert.deepEqual(leaderAt(70_000).report(2n), { ...told(1n, 70_000), to: 2n });
  assert.equal(new StateAgreement(1n).report(2n), undefined);
});

test('members that agree are not blamed', () => {
  const leader = leaderAt(10);
  assert.equal(leader.compare(told(2n, 10), voters).kind, 'none');
  assert.equal(leader.compare(told(3n, 9), voters).kind, 'none');
});

test('a member that differs is blamed once a majority agrees', () => {
  const leader = leaderAt(10);
  assert.equal(leader.compare(told(2n, 10, 5n), voters).kind, 'none');
  assert.equal(leader.compare(told(3n, 10), voters).kind, 'none');
  assert.deepEqual(leader.compare(told(2n, 10, 5n), voters), { kind: 'differs', member: 2n });
});

test('a leader that differs from a majority blames itself', () => {
  const leader = leaderAt(10);
  assert.equal(leader.compare(told(2n, 10, 5n), voters).kind, 'none');
  assert.deepEqual(leader.compare(told(3n, 10, 5n), voters), { kind: 'differs', member: 1n });
});

test('of two members that differ neither is blamed', () => {
  assert.equal(leaderAt(10).compare(told(2n, 10, 5n), [1n, 2n]).kind, 'none');
});

test('a learner that differs is blamed by the voters that agree', () => {
  const leader = leaderAt(10);
  leader.compare(told(2n, 10), voters);
  assert.deepEqual(leader.compare(told(9n, 10, 5n), voters), { kind: 'differs', member: 9n });
});

test('nothing is said of an index that is not remembered, or not applied yet', () => {
  const leader = leaderAt(70_000);
  for (const index of [1, 4464, 70_001]) {
    leader.compare(told(3n, 70_000), voters);
    assert.equal(leader.compare(told(2n, index, 5n), voters).kind, 'none');
  }
  leader.applied(80_000, 1, 1);
  assert.equal(leader.compare(told(2n, 70_000, 5n), voters).kind, 'none');
});
