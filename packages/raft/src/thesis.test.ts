/**
 * Tests for what only Ongaro's thesis ("Consensus: Bridging Theory and Practice", 2014) promises,
 * by its sections.
 */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { entry, Lone, only, ZERO } from './harness/lone.ts';
import { createConfiguration, LEAVE_JOINT, type MembershipChange } from './index.ts';

const context = new Uint8Array(0);
const vote = { kind: 'vote-reply', granted: true, commit: ZERO } as const;

function change(...members: MembershipChange['members']): MembershipChange {
  return { members, transition: 'auto', context };
}

suite('Thesis section 3.10, leadership transfer', () => {
  test('the successor is told to stand for election only when its log is complete', () => {
    const lone = new Lone();
    lone.lead(2n);
    lone.acknowledge(2n, 1);
    assert.equal(lone.raft.transferLeadership(3n), 'started');
    assert.equal(only(lone.run(), 'timeout-now').length, 0);
    assert.deepEqual(
      only(lone.acknowledge(3n, 1), 'timeout-now').map(({ to }) => to),
      [3n],
    );
  });

  test('a leader that hands over takes no proposals, and gives up after an election timeout', () => {
    const lone = new Lone({ electionTicks: 10 });
    lone.lead(2n);
    lone.acknowledge(2n, 1);
    lone.raft.transferLeadership(2n);
    const refused = lone.raft.propose([context]);
    assert.equal(refused.ok ? undefined : refused.reason, 'transferring');
    lone.tick(10);
    assert.equal(lone.raft.propose([context]).ok, true);
  });

  test('the successor stands at once, without asking first and against the lease', () => {
    const lone = new Lone({ id: 2n, preVote: true, checkQuorum: true, term: 1 });
    lone.hear(1n, { kind: 'heartbeat', commit: 0, round: 0 });
    const requests = only(lone.hear(1n, { kind: 'timeout-now' }), 'vote');
    assert.deepEqual(
      requests.map(({ term, transfer }) => [term, transfer]),
      [
        [2, true],
        [2, true],
      ],
    );
  });

  test('handing over to a member ends when that member is removed', () => {
    const lone = new Lone();
    lone.lead(2n);
    lone.acknowledge(2n, 1);
    lone.raft.proposeMembership(change({ kind: 'remove', member: 3n }));
    lone.run();
    lone.raft.transferLeadership(3n);
    lone.acknowledge(2n, 2);
    assert.equal(lone.raft.status().transferee, 0n);
    assert.equal(lone.raft.propose([context]).ok, true);
  });

  test('leadership is not handed to a learner, a stranger, or the leader itself', () => {
    const lone = new Lone({ learners: [4n] });
    lone.lead(2n);
    assert.equal(lone.raft.transferLeadership(4n), 'not-voter');
    assert.equal(lone.raft.transferLeadership(9n), 'not-voter');
    assert.equal(lone.raft.transferLeadership(1n), 'already-leader');
  });
});

suite('Thesis chapter 4, membership', () => {
  test('a learner counts neither for commitment nor in elections (4.2.1)', () => {
    const lone = new Lone({ voters: [1n, 2n], learners: [3n] });
    lone.raft.campaign();
    assert.deepEqual(
      only(lone.run(), 'vote').map(({ to }) => to),
      [2n],
    );
    lone.hear(3n, vote);
    assert.equal(lone.raft.role, 'candidate');
    lone.hear(2n, vote);
    lone.acknowledge(3n, 1);
    assert.equal(lone.raft.commitIndex, 0);
    lone.acknowledge(2n, 1);
    assert.equal(lone.raft.commitIndex, 1);
  });

  test('a learner never stands for election', () => {
    const lone = new Lone({ id: 3n, voters: [1n, 2n], learners: [3n] });
    assert.deepEqual(lone.tick(100), []);
    assert.equal(lone.raft.role, 'learner');
  });

  test('a leader that is removed steps down once that is committed, and tells (4.2.2)', () => {
    const lone = new Lone();
    lone.lead(2n);
    lone.acknowledge(2n, 1);
    assert.equal(lone.raft.proposeMembership(change({ kind: 'remove', member: 1n })).ok, true);
    lone.run();
    assert.equal(lone.raft.role, 'leader');
    const told = only(lone.acknowledge(2n, 2), 'commit');
    assert.ok(told.some(({ commit }) => commit.index === 2));
    assert.equal(lone.raft.role, 'follower');
    assert.deepEqual(lone.tick(100), []);
  });

  test('a joint configuration needs both majorities to commit (4.3)', () => {
    const lone = new Lone();
    lone.lead(2n);
    lone.acknowledge(2n, 1);
    const members = [2n, 3n].map((member) => ({ kind: 'remove', member }) as const);
    const added = [4n, 5n].map((member) => ({ kind: 'add-voter', member }) as const);
    const explicit = { members: [...members, ...added], transition: 'joint-explicit' } as const;
    assert.equal(lone.raft.proposeMembership({ ...explicit, context }).ok, true);
    lone.run();
    lone.acknowledge(2n, 2);
    assert.deepEqual(lone.raft.configuration.votersOutgoing, [1n, 2n, 3n]);
    lone.propose('x');
    lone.acknowledge(2n, 3);
    lone.acknowledge(3n, 3);
    assert.equal(lone.raft.commitIndex, 2);
    lone.acknowledge(4n, 3);
    assert.equal(lone.raft.commitIndex, 3);
    assert.equal(lone.raft.proposeMembership(LEAVE_JOINT).ok, true);
    lone.run();
    for (const id of [2n, 4n]) lone.acknowledge(id, 4);
    assert.deepEqual(lone.raft.configuration, createConfiguration([1n, 4n, 5n]));
  });

  test('a joint configuration needs both majorities to elect (4.3)', () => {
    const lone = new Lone();
    const snapshot = {
      ...{ term: 1, index: 1, data: context },
      configuration: {
        ...createConfiguration([1n, 4n, 5n]),
        votersOutgoing: [1n, 2n, 3n],
      },
    };
    lone.hear(2n, { kind: 'snapshot', term: 1, snapshot });
    lone.raft.campaign();
    lone.run();
    lone.hear(4n, vote);
    lone.hear(5n, vote);
    assert.equal(lone.raft.role, 'candidate');
    lone.hear(3n, vote);
    assert.equal(lone.raft.role, 'leader');
  });

  test('followers that hear a leader ignore candidates and their terms (4.2.3)', () => {
    const lone = new Lone({ checkQuorum: true, term: 1, electionTicks: 10 });
    const request = { kind: 'vote', last: ZERO, transfer: false, commit: ZERO } as const;
    lone.hear(2n, { kind: 'heartbeat', commit: 0, round: 0 });
    assert.deepEqual(lone.hear(3n, { term: 5, ...request }), []);
    assert.equal(lone.raft.term, 1);
  });
});

suite('Thesis chapter 6, clients', () => {
  test('a leader without a quorum for an election timeout steps down (6.2)', () => {
    const lone = new Lone({ checkQuorum: true, electionTicks: 10 });
    lone.lead(2n);
    lone.acknowledge(2n, 1);
    lone.tick(10);
    assert.equal(lone.raft.role, 'leader');
    lone.tick(10);
    assert.equal(lone.raft.role, 'follower');
  });

  test('reads that wait together share one round of heartbeats (6.4)', () => {
    const lone = new Lone();
    lone.lead(2n);
    lone.acknowledge(2n, 1);
    for (let context = 1; context <= 50; context++) lone.raft.readIndex(context);
    const { messages } = lone.next();
    assert.equal(only(messages, 'heartbeat').length, 2);
    lone.raft.step({ kind: 'heartbeat-reply', from: 2n, to: 1n, term: 1, round: 1 });
    assert.equal(lone.next().readStates.length, 50);
  });

  test('a follower asks the leader for a read index and serves the read itself (6.4)', () => {
    const lone = new Lone({ term: 1 });
    lone.hear(2n, { kind: 'heartbeat', commit: 0, round: 0 });
    assert.equal(lone.raft.readIndex(9), 'pending');
    const [{ request } = { request: -1 }] = only(lone.run(), 'read-index');
    lone.raft.step({ kind: 'read-index-reply', from: 2n, to: 1n, term: 1, request, index: 4 });
    assert.deepEqual(lone.next().readStates, [{ context: 9, index: 4 }]);
  });
});

suite('Thesis section 9.6, pre-vote', () => {
  test('asking for a pre-vote changes neither term nor vote, of either side', () => {
    const asker = new Lone({ preVote: true, term: 3 });
    asker.raft.campaign();
    const [request] = only(asker.run(), 'pre-vote');
    assert.equal(request?.term, 4);
    assert.equal(asker.raft.term, 3);
    const voter = new Lone({ id: 2n, preVote: true, term: 3 });
    const [reply] = only(voter.hear(1n, request), 'pre-vote-reply');
    assert.deepEqual([reply?.granted, reply?.term], [true, 4]);
    assert.deepEqual([voter.raft.term, voter.raft.status().votedFor], [3, 0n]);
  });

  test('a pre-vote is refused to a log that is behind', () => {
    const voter = new Lone({ terms: [1, 2] });
    const request = { kind: 'pre-vote', last: { term: 1, index: 9 }, commit: ZERO } as const;
    const [reply] = only(voter.hear(2n, { term: 7, ...request }), 'pre-vote-reply');
    assert.deepEqual([reply?.granted, reply?.term], [false, 2]);
  });
});

suite('Thesis section 10.2.1, writing to disk in parallel', () => {
  test('a leader sends entries before its own disk has them, and counts itself only after', () => {
    const lone = new Lone({ voters: [1n, 2n] });
    lone.lead(2n);
    lone.acknowledge(2n, 1);
    lone.raft.propose([context]);
    const ready = lone.raft.ready();
    lone.log.append(ready.entries);
    assert.equal(only(ready.messages, 'append').length, 1);
    lone.raft.step({ kind: 'append-reply', from: 2n, to: 1n, term: 1, accepted: true, index: 2 });
    assert.equal(lone.raft.commitIndex, 1);
    lone.raft.persisted(ready.number);
    assert.equal(lone.raft.commitIndex, 2);
  });

  test('a repeated append is not acknowledged while its first write is still under way', () => {
    const { raft } = new Lone({ term: 1 });
    const entries = [entry(1, 1)];
    const request = { kind: 'append', previous: ZERO, entries, commit: 0 } as const;
    raft.step({ ...request, from: 2n, to: 1n, term: 1 });
    const first = raft.ready();
    raft.step({ ...request, from: 2n, to: 1n, term: 1 });
    assert.deepEqual([...first.messages, ...raft.ready().messages], []);
    raft.persisted(first.number);
    assert.equal(only(raft.ready().messages, 'append-reply').length, 2);
  });

  test('an entry may be committed by others before the own disk has it, but is applied after', () => {
    const lone = new Lone();
    lone.lead(2n);
    lone.acknowledge(2n, 1);
    lone.raft.propose([context]);
    const ready = lone.raft.ready();
    lone.log.append(ready.entries);
    for (const from of [2n, 3n]) {
      lone.raft.step({ kind: 'append-reply', from, to: 1n, term: 1, accepted: true, index: 2 });
    }
    assert.equal(lone.raft.commitIndex, 2);
    assert.deepEqual(lone.next().committed, []);
    lone.raft.persisted(ready.number);
    assert.deepEqual(
      lone.next().committed.map(({ index }) => index),
      [2],
    );
  });
});
