import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quorumWithout, type Voter } from './quorum.ts';

const members = (...states: Voter['state'][]): Voter[] =>
  states.map((state, at) => ({ id: String(at), isLearner: false, state }));

test('to remove a member that answers can cost the majority; to remove one that is away heals it', () => {
  const two = members('healthy', 'healthy', 'unreachable');
  assert.deepEqual(quorumWithout(two, '0'), { needed: 2, left: 1, holds: false, spare: 0 });
  assert.deepEqual(quorumWithout(two, '2'), { needed: 2, left: 2, holds: true, spare: 0 });
  assert.equal(quorumWithout(members('healthy', 'healthy', 'healthy', 'healthy'), '3').spare, 1);
  assert.equal(quorumWithout(members('healthy'), '0').holds, false);
});

test('learners have no vote', () => {
  const learner: Voter = { id: 'l', isLearner: true, state: 'healthy' };
  assert.deepEqual(quorumWithout([...members('healthy'), learner], 'l'), {
    needed: 1,
    left: 1,
    holds: true,
    spare: 0,
  });
});
