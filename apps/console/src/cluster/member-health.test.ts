import assert from 'node:assert/strict';
import { test } from 'node:test';
import { healthOf, lagOf, quorumWithout } from './member-health.ts';

test('a member is judged by the one that is furthest', () => {
  const members = [
    { raftIndex: 5000 },
    { raftIndex: 4990 },
    { raftIndex: 100 },
    {},
    { raftIndex: 5000, errors: ['NOSPACE'] },
  ];
  assert.deepEqual(
    members.map((member) => healthOf(member, members)),
    ['well', 'well', 'behind', 'away', 'troubled'],
  );
  assert.equal(lagOf(members[1]!, members), 10);
  assert.equal(lagOf(members[3]!, members), undefined);
});

test('removing a member that answers can cost the quorum, removing one that is away heals it', () => {
  assert.deepEqual(quorumWithout(3, 2, 1), { needed: 2, left: 1, holds: false });
  assert.equal(quorumWithout(3, 3, 1).holds, true);
  assert.equal(quorumWithout(1, 1, 1).holds, false);
});
