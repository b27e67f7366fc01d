/**
 * Mistakes that other implementations of Raft have made, each with the test that this one would fail
 * if it made it too. The numbers are the rows of the project's bug bank.
 */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { entry, Lone, only, ZERO } from './harness/lone.ts';
import {
  AssertionError,
  createConfiguration,
  encodeMembershipChange,
  MemoryLog,
  Raft,
  type MembershipChange,
} from './index.ts';

const nothing = new Uint8Array(0);
const append = { kind: 'append', previous: ZERO, commit: 0 } as const;

function addVoter(...ids: readonly bigint[]): MembershipChange {
  const members = ids.map((member) => ({ kind: 'add-voter', member }) as const);
  return { members, transition: 'auto', context: nothing };
}

suite('reads', () => {
  test('26 (etcd 12680): no read is answered before the leader has committed in its term', () => {
    const lone = new Lone({ terms: [1, 1], commit: 1 });
    lone.lead(2n);
    lone.raft.readIndex(1);
    assert.equal(
      only(lone.tick(3), 'heartbeat').every(({ round }) => round === 0),
      true,
    );
    lone.hear(2n, { kind: 'heartbeat-reply', round: 0 });
    assert.deepEqual(lone.next().readStates, []);
    lone.raft.step({ kind: 'append-reply', from: 2n, to: 1n, term: 2, accepted: true, index: 3 });
    lone.next();
    lone.raft.step({ kind: 'heartbeat-reply', from: 2n, to: 1n, term: 2, round: 1 });
    assert.deepEqual(lone.next().readStates, [{ context: 1, index: 3 }]);
  });

  test('27 (etcd 20418): an answer to an earlier round never confirms a later read', () => {
    const lone = new Lone();
    lone.lead(2n);
    lone.acknowledge(2n, 1);
    lone.raft.readIndex(1);
    const [{ round } = { round: 0 }] = only(lone.run(), 'heartbeat');
    // The answer to the first round is delayed; the read is asked for again meanwhile.
    lone.raft.readIndex(2);
    lone.run();
    lone.raft.step({ kind: 'heartbeat-reply', from: 2n, to: 1n, term: 1, round });
    assert.deepEqual(lone.next().readStates, [{ context: 1, index: 1 }]);
    lone.raft.step({ kind: 'heartbeat-reply', from: 3n, to: 1n, term: 1, round });
    assert.deepEqual(lone.next().readStates, []);
    lone.raft.step({ kind: 'heartbeat-reply', from: 3n, to: 1n, term: 1, round: round + 1 });
    assert.deepEqual(lone.next().readStates, [{ context: 2, index: 1 }]);
  });

  test('27: a context is never used twice', () => {
    const lone = new Lone({ voters: [1n] });
    lone.raft.readIndex(5);
    assert.throws(() => lone.raft.readIndex(5), AssertionError);
  });

  test('27: an answer to a read of a former incarnation is not taken for one of this', () => {
    const ask = (lone: Lone): number => {
      lone.hear(2n, { kind: 'heartbeat', commit: 0, round: 0 });
      lone.raft.readIndex(1);
      return only(lone.run(), 'read-index')[0]?.request ?? 0;
    };
    const request = ask(new Lone({ term: 1, random: () => 0.1 }));
    const restarted = new Lone({ term: 1, random: () => 0.2 });
    ask(restarted);
    const reply = { kind: 'read-index-reply', from: 2n, to: 1n, term: 1, index: 3 } as const;
    assert.equal(restarted.raft.step({ ...reply, request }), 'unexpected');
    assert.deepEqual(restarted.next().readStates, []);
  });

  test('28 (etcd 21375): reads of a lost leadership come back as lost, not as confirmed', () => {
    const lone = new Lone();
    lone.lead(2n);
    lone.acknowledge(2n, 1);
    lone.raft.readIndex(1);
    lone.run();
    lone.raft.step({ ...append, from: 3n, to: 1n, term: 2, entries: [] });
    lone.raft.step({ kind: 'heartbeat-reply', from: 2n, to: 1n, term: 1, round: 1 });
    const { readStates, readsLost, roleChanged } = lone.next();
    assert.deepEqual(readStates, []);
    assert.deepEqual(readsLost, [1]);
    assert.deepEqual(roleChanged, { role: 'follower', term: 2, leader: 3n });
  });
});

suite('replication', () => {
  test('29 (raft 76f1249): no append names a previous position that is compacted', () => {
    const lone = new Lone({ inflightMessagesMax: 1 });
    lone.lead(2n);
    lone.acknowledge(2n, 1);
    lone.acknowledge(3n, 1);
    lone.propose('a');
    lone.propose('b');
    // 3 owes an answer and is throttled; 2 goes on, and the log is compacted underneath.
    for (const index of [2, 3]) lone.acknowledge(2n, index);
    lone.log.compact(3);
    lone.propose('c');
    for (const request of only(lone.hear(3n, { kind: 'heartbeat-reply', round: 0 }), 'append')) {
      assert.notEqual(request.previous.term, 0);
    }
  });

  test('29: an append with a previous term of 0 matches nothing but the start of the log', () => {
    const lone = new Lone({ terms: [1, 1], term: 1 });
    const previous = { term: 0, index: 5 };
    const replies = lone.hear(2n, { ...append, previous, entries: [], commit: 5 });
    assert.equal(only(replies, 'append-reply')[0]?.accepted, false);
    assert.equal(lone.raft.commitIndex, 0);
  });

  test('29: the commit index never passes what the append has confirmed', () => {
    const lone = new Lone({ terms: [1, 1, 1], term: 1 });
    const previous = { term: 1, index: 1 };
    lone.hear(2n, { ...append, previous, entries: [], commit: 3 });
    assert.equal(lone.raft.commitIndex, 1);
  });

  test('30 (raft e419ba5): a window full of bytes is emptied when a follower is probed anew', () => {
    const lone = new Lone({ inflightBytesMax: 50 });
    lone.lead(2n);
    lone.acknowledge(3n, 1);
    lone.propose('first');
    lone.propose('waits, the window is full');
    lone.raft.reportUnreachable(3n);
    lone.hear(3n, { kind: 'heartbeat-reply', round: 0 });
    // It holds what it held before; everything since is lost and has to be sent again.
    const sent = only(lone.acknowledge(3n, 1), 'append');
    assert.deepEqual(
      sent.map(({ to, entries }) => [to, entries[0]?.index]),
      [[3n, 2]],
    );
  });

  test('31 (raft a370b6f): the account of uncommitted bytes always comes back to zero', () => {
    const lone = new Lone({ uncommittedBytesMax: 200 });
    lone.lead(2n);
    for (let index = 2; index < 200; index += 2) {
      assert.equal(lone.raft.propose([new Uint8Array(60), new Uint8Array(0)]).ok, true);
      const full = lone.raft.propose([new Uint8Array(100)]);
      assert.equal(full.ok ? undefined : full.reason, 'too-much-uncommitted');
      lone.run();
      lone.acknowledge(2n, index + 1);
      assert.equal(lone.raft.status().uncommittedBytes, 0);
    }
  });

  test('34 (LogCabin 44): replicas of an entry of an earlier term do not count', () => {
    const lone = new Lone({ terms: [1], voters: [1n, 2n, 3n] });
    lone.lead(2n);
    for (const from of [2n, 3n]) lone.acknowledge(from, 1);
    assert.equal(lone.raft.commitIndex, 0);
  });

  test('35 (hashicorp 695): a heartbeat goes through the same gate as everything else', () => {
    const lone = new Lone({ terms: [2], term: 3 });
    lone.hear(2n, { kind: 'heartbeat', term: 2, commit: 1, round: 0 });
    assert.deepEqual([lone.raft.commitIndex, lone.raft.leader], [0, 0n]);
  });
});

suite('membership', () => {
  test('32 (raft e515a67): a joint configuration survives a restart from a snapshot', () => {
    const configuration = {
      ...createConfiguration([1n, 2n]),
      votersOutgoing: [1n, 3n],
      learnersNext: [3n],
      autoLeave: true,
    };
    const log = new MemoryLog({ start: { term: 1, index: 5 } });
    const hardState = { term: 1, votedFor: 0n, commit: 5 };
    const raft = new Raft({ id: 1n, random: () => 0 }, log, hardState, configuration, 5);
    assert.deepEqual(raft.configuration, configuration);
  });

  test('32 (raft bd3c759): leaving a joint configuration is proposed once', () => {
    const lone = new Lone();
    lone.lead(2n);
    lone.acknowledge(2n, 1);
    lone.raft.proposeMembership(addVoter(4n, 5n));
    lone.run();
    lone.acknowledge(2n, 2);
    for (let i = 0; i < 5; i++) {
      lone.raft.applied(2);
      lone.tick();
    }
    const leaves = lone.log.entries(3, lone.log.lastIndex() + 1, Infinity);
    assert.deepEqual(
      leaves.map(({ kind, data }) => [kind, data.length]),
      [['membership', 0]],
    );
  });

  test('33 (thesis erratum): no change before the leader has committed in its term', () => {
    const lone = new Lone({ voters: [1n, 2n, 3n, 4n] });
    lone.lead(2n, 3n);
    const result = lone.raft.proposeMembership(addVoter(5n));
    assert.equal(result.ok ? undefined : result.reason, 'no-commit-in-term');
    lone.acknowledge(2n, 1);
    lone.acknowledge(3n, 1);
    assert.equal(lone.raft.proposeMembership(addVoter(5n)).ok, true);
    const second = lone.raft.proposeMembership(addVoter(6n));
    assert.equal(second.ok ? undefined : second.reason, 'membership-pending');
  });

  test('36 (openraft 1808): a snapshot takes uncommitted membership entries away with the log', () => {
    const lone = new Lone({ term: 1 });
    const data = encodeMembershipChange(addVoter(9n));
    const uncommitted = { term: 1, index: 1, kind: 'membership', data } as const;
    lone.hear(2n, { ...append, entries: [uncommitted, entry(2, 1), entry(3, 1)] });
    const configuration = createConfiguration([1n, 2n]);
    const snapshot = { term: 2, index: 2, configuration, data: nothing };
    lone.hear(3n, { kind: 'snapshot', term: 2, snapshot });
    assert.deepEqual(lone.raft.configuration, configuration);
    assert.equal(lone.log.lastIndex(), 2);
    lone.raft.campaign();
    assert.deepEqual(
      only(lone.run(), 'vote').map(({ to }) => to),
      [2n],
    );
  });

  test('a membership entry is durable only beside a commit index that covers the one before', () => {
    const lone = new Lone({ term: 1 });
    const data = encodeMembershipChange(addVoter(9n));
    lone.hear(2n, { ...append, entries: [{ term: 1, index: 1, kind: 'membership', data }] });
    // The commit index comes alone and is not written; the next entry takes it along.
    const after = { term: 1, index: 1 };
    lone.hear(2n, { ...append, previous: after, entries: [], commit: 1 });
    const next = { term: 1, index: 2, kind: 'membership', data } as const;
    lone.raft.step({ ...append, from: 2n, to: 1n, term: 1, previous: after, entries: [next] });
    assert.equal(lone.raft.ready().hardState?.commit, 1);
  });

  test('a candidate that is refused learns what is committed, if its log holds it', () => {
    for (const [term, commit] of [
      [1, 2],
      [9, 0],
    ] as const) {
      const lone = new Lone({ terms: [1, 1] });
      lone.raft.campaign();
      lone.run();
      const refused = { kind: 'vote-reply', granted: false } as const;
      lone.hear(2n, { ...refused, commit: { term, index: 2 } });
      assert.equal(lone.raft.commitIndex, commit);
    }
  });

  test('a replica with a committed membership change still to apply does not stand for election', () => {
    const { raft } = new Lone({ term: 1 });
    const data = encodeMembershipChange(addVoter(9n));
    const entries = [{ term: 1, index: 1, kind: 'membership', data } as const];
    raft.step({ ...append, from: 2n, to: 1n, term: 1, entries, commit: 1 });
    raft.campaign();
    assert.equal(raft.role, 'follower');
  });
});

suite('durability and identity', () => {
  test('37 (tikv 8381): a member that knows no configuration writes its vote down like any other', () => {
    const log = new MemoryLog();
    const config = { id: 1n, random: () => 0 };
    const none = { term: 0, votedFor: 0n, commit: 0 };
    const raft = new Raft(config, log, none, createConfiguration([]), 0);
    const vote = { kind: 'vote', last: ZERO, transfer: false, commit: ZERO } as const;
    raft.step({ ...vote, from: 2n, to: 1n, term: 1 });
    const { hardState, messages } = raft.ready();
    const voted = { term: 1, votedFor: 2n, commit: 0 };
    assert.deepEqual(hardState, voted);
    assert.deepEqual(messages, []);
    const again = new Raft(config, log, voted, createConfiguration([]), 0);
    again.step({ ...vote, from: 3n, to: 1n, term: 1 });
    assert.equal(only(again.ready().messages, 'vote-reply')[0]?.granted, false);
  });

  test('38 (etcd 12106): ids use all 64 bits', () => {
    const ids = [2n ** 64n - 1n, 2n ** 64n - 2n, 2n ** 53n + 1n];
    const [id = 0n, second = 0n] = ids;
    const lone = new Lone({ id, voters: ids });
    lone.lead(second);
    assert.equal(lone.raft.role, 'leader');
    assert.deepEqual([...lone.raft.status().progress.keys()], [...ids].reverse());
  });

  test('39 (async append ABA): a report for an overwritten entry vouches for nothing', () => {
    const { raft } = new Lone({ term: 1 });
    const send = (term: number, from: bigint): number => {
      raft.step({ ...append, from, to: 1n, term, entries: [entry(1, term === 2 ? 2 : 1)] });
      return raft.ready().number;
    };
    // Index 1 is written with term 1, with term 2, and in term 3 with term 1 again.
    const writes = [send(1, 2n), send(2, 3n), send(3, 2n)];
    for (const [position, durable] of [0, 0, 1].entries()) {
      raft.persisted(writes[position] ?? 0);
      assert.equal(raft.status().durable, durable);
    }
  });

  test('39: reports may come in any order, and twice', () => {
    const { raft } = new Lone({ term: 1 });
    const send = (index: number): number => {
      const previous = { term: index === 1 ? 0 : 1, index: index - 1 };
      raft.step({ ...append, from: 2n, to: 1n, term: 1, previous, entries: [entry(index, 1)] });
      return raft.ready().number;
    };
    const first = send(1);
    const second = send(2);
    raft.persisted(second);
    assert.equal(raft.status().durable, 0);
    raft.persisted(first);
    raft.persisted(first);
    assert.equal(raft.status().durable, 2);
  });

  test('40 (etcd 17813): a message for another member is dropped unread', () => {
    const { raft } = new Lone({ term: 1 });
    const message = { ...append, from: 2n, to: 7n, term: 9, entries: [entry(1, 9)], commit: 1 };
    assert.equal(raft.step(message), 'misaddressed');
    assert.deepEqual([raft.term, raft.status().lastIndex, raft.hasReady()], [1, 0, false]);
  });

  test('16 (etcd 18055): two snapshots in quick succession are both survived', () => {
    const { raft, log } = new Lone({ term: 1 });
    const install = (index: number) => {
      const configuration = createConfiguration([1n, 2n, 3n]);
      const snapshot = { term: 1, index, configuration, data: nothing };
      raft.step({ kind: 'snapshot', from: 2n, to: 1n, term: 1, snapshot });
      return raft.ready();
    };
    for (const { number, snapshot } of [install(5), install(9)]) {
      if (snapshot !== undefined) log.applySnapshot(snapshot);
      raft.persisted(number);
    }
    assert.deepEqual([raft.appliedIndex, raft.commitIndex, raft.status().durable], [9, 9, 9]);
  });
});
