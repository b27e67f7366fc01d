/** What becomes of proposals whose place in the log is taken by another entry. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PutRequest } from '@concord/protocol';
import type { Entry } from '@concord/raft';
import { Proposals, type QueuedProposal } from './proposals.ts';

const nothing = new Uint8Array(0);

function proposal(settled: string[], name: string): QueuedProposal {
  return {
    command: { kind: 'put', request: PutRequest.create() },
    payload: nothing,
    deadlineMs: Infinity,
    settle: (outcome) => settled.push(`${name}: ${'code' in outcome ? outcome.name : 'done'}`),
  };
}

const entry = (index: number, term: number): Entry => ({
  index,
  term,
  kind: 'normal',
  data: nothing,
});

test('an entry of an earlier term at the place of a proposal is another one (Raft figure 8)', () => {
  const proposals = new Proposals(1);
  const own = proposal([], 'own');
  proposals.enqueue(own);
  // This member led in term 4, while the entries of term 3 that were committed in the end were with others.
  proposals.logged(6, 4);
  assert.equal(proposals.take(entry(5, 3)), undefined);
  assert.equal(proposals.take(entry(6, 3)), undefined);
  assert.deepEqual(proposals.queued(), []);
  // Only now it is known to be lost.
  assert.equal(proposals.take(entry(7, 5)), undefined);
  assert.deepEqual(proposals.queued(), [own]);
});

test('a proposal that was made again at a lower place is found there', () => {
  const proposals = new Proposals(1);
  const [lost, second] = [proposal([], 'lost'), proposal([], 'second')];
  proposals.enqueue(lost);
  proposals.logged(9, 4);
  proposals.enqueue(second);
  proposals.logged(7, 6);
  assert.equal(proposals.take(entry(6, 6)), undefined);
  assert.deepEqual(proposals.queued(), [lost]);
  assert.equal(proposals.take(entry(7, 6)), second);
});

test('a snapshot answers all proposals whose place it jumps over, and no others', () => {
  const settled: string[] = [];
  const proposals = new Proposals(1);
  proposals.enqueue(proposal(settled, 'high'));
  proposals.logged(9, 4);
  proposals.enqueue(proposal(settled, 'low'));
  proposals.logged(7, 6);
  proposals.forgetTo(8);
  assert.deepEqual(settled, ['low: ErrTimeoutDueToLeaderFail']);
  assert.equal(proposals.pendingCount, 1);
});
