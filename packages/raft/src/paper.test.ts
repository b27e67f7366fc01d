/**
 * One test for each claim of the Raft paper (Ongaro and Ousterhout, extended version). Each sets up
 * one replica, lets the paper's situation happen, and checks what the cited sentence promises.
 */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createRandom } from './harness/random.ts';
import { entry, Lone, only, ZERO } from './harness/lone.ts';

suite('Raft section 5.1, terms', () => {
  test('a replica starts as a follower of nobody', () => {
    const { raft } = new Lone();
    assert.equal(raft.role, 'follower');
    assert.equal(raft.leader, 0n);
  });

  for (const role of ['follower', 'candidate', 'leader'] as const) {
    test(`a ${role} that sees a larger term adopts it and follows`, () => {
      const lone = new Lone({ term: 4 });
      if (role !== 'follower') lone.raft.campaign();
      if (role === 'leader') lone.lead(2n);
      lone.run();
      assert.equal(lone.raft.role, role);
      lone.hear(2n, { kind: 'append', term: 9, previous: ZERO, entries: [], commit: 0 });
      assert.equal(lone.raft.role, 'follower');
      assert.equal(lone.raft.term, 9);
      assert.equal(lone.raft.leader, 2n);
    });
  }

  test('a request with a stale term is refused, and its sender told the present one', () => {
    const lone = new Lone({ term: 4 });
    const replies = lone.hear(2n, {
      kind: 'append',
      term: 3,
      previous: ZERO,
      entries: [entry(1, 3)],
      commit: 1,
    });
    assert.deepEqual(
      replies.map(({ term, to }) => [term, to]),
      [[4, 2n]],
    );
    assert.deepEqual(lone.terms, []);
  });
});

suite('Raft section 5.2, leader election', () => {
  test('a leader sends heartbeats to all followers to keep its authority', () => {
    const lone = new Lone({ heartbeatTicks: 3, electionTicks: 10 });
    lone.lead(2n);
    assert.deepEqual(lone.tick(2), []);
    const heartbeats = only(lone.tick(), 'heartbeat');
    assert.deepEqual(
      heartbeats.map(({ to }) => to),
      [2n, 3n],
    );
  });

  test('a follower that hears nobody starts a term, votes for itself and asks all others', () => {
    const lone = new Lone({ term: 4, electionTicks: 10 });
    const requests = only(lone.tick(20), 'vote');
    assert.equal(lone.raft.status().votedFor, 1n);
    assert.deepEqual(
      requests.slice(0, 2).map(({ to, term }) => [to, term]),
      [
        [2n, 5],
        [3n, 5],
      ],
    );
  });

  const elections = [
    { size: 1, granted: 0, refused: 0, role: 'leader' },
    { size: 3, granted: 1, refused: 0, role: 'leader' },
    { size: 3, granted: 0, refused: 1, role: 'candidate' },
    { size: 3, granted: 0, refused: 2, role: 'follower' },
    { size: 5, granted: 1, refused: 0, role: 'candidate' },
    { size: 5, granted: 2, refused: 2, role: 'leader' },
    { size: 5, granted: 1, refused: 3, role: 'follower' },
  ] as const;
  for (const { size, granted, refused, role } of elections) {
    test(`of ${String(size)}, ${String(granted)} votes and ${String(refused)} refusals make a ${role}`, () => {
      const voters = Array.from({ length: size }, (_, i) => BigInt(i + 1));
      const lone = new Lone({ voters });
      lone.raft.campaign();
      lone.run();
      for (let i = 0; i < granted + refused; i++) {
        const vote = { kind: 'vote-reply', granted: i < granted, commit: ZERO } as const;
        lone.hear(BigInt(i + 2), { term: 1, ...vote });
      }
      assert.equal(lone.raft.role, role);
    });
  }

  test('a replica votes once a term, first come first served, and says the same again', () => {
    const lone = new Lone();
    const ask = (from: bigint): boolean | undefined => {
      const request = { kind: 'vote', last: ZERO, transfer: false, commit: ZERO } as const;
      return only(lone.hear(from, { term: 1, ...request }), 'vote-reply')[0]?.granted;
    };
    assert.equal(ask(2n), true);
    assert.equal(ask(3n), false);
    assert.equal(ask(2n), true);
  });

  test('a candidate follows a leader whose term is at least its own', () => {
    const lone = new Lone();
    lone.raft.campaign();
    lone.run();
    lone.hear(2n, { kind: 'heartbeat', commit: 0, round: 0 });
    assert.equal(lone.raft.role, 'follower');
    assert.equal(lone.raft.leader, 2n);
  });

  test('election timeouts are spread over [electionTicks, 2 * electionTicks)', () => {
    const random = createRandom(7);
    const seen = new Set<number>();
    for (let i = 0; i < 500; i++) {
      const { raft } = new Lone({ random, electionTicks: 10 });
      let ticks = 0;
      while (raft.role === 'follower') {
        raft.tick();
        ticks++;
      }
      seen.add(ticks);
    }
    const expected = Array.from({ length: 10 }, (_, i) => 10 + i);
    assert.deepEqual(
      [...seen].sort((a, b) => a - b),
      expected,
    );
  });
});

suite('Raft section 5.3, log replication', () => {
  test('a leader appends a command and sends it to every follower in parallel', () => {
    const lone = new Lone();
    lone.lead(2n);
    lone.acknowledge(2n, 1);
    lone.acknowledge(3n, 1);
    const appends = only(lone.propose('x'), 'append').filter(({ entries }) => entries.length > 0);
    assert.deepEqual(
      appends.map(({ to, previous, entries }) => [to, previous.index, entries.length]),
      [
        [2n, 1, 1],
        [3n, 1, 1],
      ],
    );
    assert.deepEqual(lone.terms, [1, 1]);
  });

  test('an entry is committed once a majority holds it, and then applied and announced', () => {
    const lone = new Lone({ voters: [1n, 2n, 3n, 4n, 5n] });
    lone.lead(2n, 3n);
    lone.acknowledge(2n, 1);
    assert.equal(lone.raft.commitIndex, 0);
    const appends = only(lone.acknowledge(3n, 1), 'append');
    assert.equal(lone.raft.commitIndex, 1);
    assert.deepEqual(
      lone.applied.map(({ index }) => index),
      [1],
    );
    assert.ok(appends.every(({ commit }) => commit === 1));
  });

  test('committing an entry commits everything before it, of whichever term', () => {
    const lone = new Lone({ terms: [1, 1, 2] });
    lone.lead(2n);
    assert.equal(lone.raft.commitIndex, 0);
    lone.acknowledge(2n, 4);
    assert.deepEqual(
      lone.applied.map(({ index }) => index),
      [1, 2, 3, 4],
    );
  });

  test('a follower applies, in log order, what the leader says is committed', () => {
    const lone = new Lone();
    const entries = [entry(1, 1), entry(2, 1), entry(3, 1)];
    lone.hear(2n, { kind: 'append', term: 1, previous: ZERO, entries, commit: 2 });
    assert.deepEqual(
      lone.applied.map(({ index }) => index),
      [1, 2],
    );
  });

  const checks = [
    { terms: [1, 2], previous: { index: 0, term: 0 }, accepted: 2 },
    { terms: [1, 2], previous: { index: 1, term: 1 }, accepted: 2 },
    { terms: [1, 2], previous: { index: 2, term: 2 }, accepted: 3 },
    { terms: [1, 2], previous: { index: 2, term: 1 }, accepted: undefined },
    { terms: [1, 2], previous: { index: 3, term: 3 }, accepted: undefined },
  ];
  for (const { terms, previous, accepted } of checks) {
    const { index, term } = previous;
    const verdict = accepted === undefined ? 'refuses' : 'accepts';
    test(`a log of terms ${terms.join()} ${verdict} entries after ${String(index)}/${String(term)}`, () => {
      const lone = new Lone({ terms });
      // What the leader sends is what the log holds already, as far as it goes.
      const next = entry(index + 1, terms[index] ?? 3);
      const request = { kind: 'append', previous, entries: [next], commit: 0 } as const;
      const [reply] = only(lone.hear(2n, { term: 3, ...request }), 'append-reply');
      const expected = accepted === undefined ? undefined : index + 1;
      assert.equal(reply?.accepted === true ? reply.index : undefined, expected);
    });
  }

  // The logs of figure 7: the leader's, and six that a follower may have when it comes to power.
  const leaderTerms = [1, 1, 1, 4, 4, 5, 5, 6, 6, 6];
  const followers = {
    a: [1, 1, 1, 4, 4, 5, 5, 6, 6],
    b: [1, 1, 1, 4],
    c: [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6],
    d: [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7],
    e: [1, 1, 1, 4, 4, 4, 4],
    f: [1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3],
  };
  for (const [name, terms] of Object.entries(followers)) {
    test(`figure 7 (${name}): the follower's log becomes the leader's, in at most two refusals`, () => {
      const leader = new Lone({ terms: leaderTerms, term: 7 });
      const follower = new Lone({ id: 2n, terms, term: 7 });
      let refusals = 0;
      let messages = leader.lead(3n);
      for (let hop = 0; messages.length > 0 && hop < 20; hop++) {
        const mine = messages.filter(({ to }) => to === 2n);
        const replies = mine.flatMap((message) => follower.hear(1n, message));
        refusals += only(replies, 'append-reply').filter(({ accepted }) => !accepted).length;
        messages = replies.flatMap((message) => leader.hear(2n, message));
      }
      assert.deepEqual(follower.terms, [...leaderTerms, 8]);
      assert.ok(refusals <= 2, `${String(refusals)} refusals`);
    });
  }
});

suite('Raft section 5.4, safety', () => {
  test('a vote request tells where the log of the candidate ends (5.4.1)', () => {
    const lone = new Lone({ terms: [1, 2, 2] });
    lone.raft.campaign();
    const [request] = only(lone.run(), 'vote');
    assert.deepEqual(request?.last, { index: 3, term: 2 });
  });

  const votes = [
    { own: [1], last: { term: 1, index: 1 }, granted: true },
    { own: [1], last: { term: 1, index: 2 }, granted: true },
    { own: [1, 1], last: { term: 1, index: 1 }, granted: false },
    { own: [1, 1], last: { term: 2, index: 1 }, granted: true },
    { own: [2], last: { term: 1, index: 9 }, granted: false },
  ];
  for (const { own, last, granted } of votes) {
    const verb = granted ? 'grants' : 'denies';
    test(`a voter with terms ${own.join()} ${verb} a candidate that ends at ${String(last.index)}/${String(last.term)} (5.4.1)`, () => {
      const lone = new Lone({ terms: own });
      const request = { kind: 'vote', last, transfer: false, commit: ZERO } as const;
      const [reply] = only(lone.hear(2n, { term: 5, ...request }), 'vote-reply');
      assert.equal(reply?.granted, granted);
    });
  }

  test('only entries of the own term are committed by counting replicas (5.4.2)', () => {
    const lone = new Lone({ terms: [1, 2] });
    lone.lead(3n);
    lone.acknowledge(2n, 1);
    lone.acknowledge(2n, 2);
    assert.equal(lone.raft.commitIndex, 0);
    lone.acknowledge(2n, 3);
    assert.equal(lone.raft.commitIndex, 3);
  });
});

suite('Raft figure 2, persistent state', () => {
  test('nothing is answered before term, vote and entries are durable', () => {
    const { raft } = new Lone({ id: 1n });
    const last = ZERO;
    raft.step({ kind: 'vote', from: 2n, to: 1n, term: 1, last, transfer: false, commit: ZERO });
    const ready = raft.ready();
    assert.deepEqual(ready.hardState, { term: 1, votedFor: 2n, commit: 0 });
    assert.deepEqual(ready.messages, []);
    raft.persisted(ready.number);
    assert.deepEqual(
      raft.ready().messages.map(({ kind }) => kind),
      ['vote-reply'],
    );
    const entries = [entry(1, 1)];
    raft.step({ kind: 'append', from: 2n, to: 1n, term: 1, previous: ZERO, entries, commit: 0 });
    const write = raft.ready();
    assert.deepEqual([write.entries, write.messages], [entries, []]);
    raft.persisted(write.number);
    assert.deepEqual(
      raft.ready().messages.map(({ kind }) => kind),
      ['append-reply'],
    );
  });

  test('a candidate asks for votes only when its own is durable', () => {
    const { raft } = new Lone();
    raft.campaign();
    const ready = raft.ready();
    assert.deepEqual(ready.messages, []);
    raft.persisted(ready.number);
    assert.deepEqual(
      raft.ready().messages.map(({ kind }) => kind),
      ['vote', 'vote'],
    );
  });
});

suite('Raft section 7, log compaction', () => {
  const configuration = new Lone().raft.configuration;
  const snapshot = { term: 2, index: 3, configuration, data: new Uint8Array(0) };

  test('a snapshot with new information replaces the whole log', () => {
    const lone = new Lone({ terms: [1, 1, 1, 1] });
    const [reply] = only(lone.hear(2n, { kind: 'snapshot', term: 2, snapshot }), 'append-reply');
    assert.equal(lone.log.firstIndex(), 4);
    assert.equal(lone.log.lastIndex(), 3);
    assert.deepEqual([lone.raft.commitIndex, lone.raft.appliedIndex], [3, 3]);
    assert.equal(reply?.accepted === true && reply.index, 3);
  });

  test('a snapshot of a prefix of the log leaves the entries after it', () => {
    const lone = new Lone({ terms: [1, 2, 2, 2] });
    lone.hear(2n, { kind: 'snapshot', term: 2, snapshot });
    assert.deepEqual(lone.terms, [1, 2, 2, 2]);
    assert.equal(lone.raft.commitIndex, 3);
  });
});

suite('Raft section 8, client interaction', () => {
  test('a leader commits an empty entry at the start of its term', () => {
    const lone = new Lone({ terms: [1] });
    lone.lead(2n);
    assert.deepEqual(lone.log.entries(2, 3, Infinity), [entry(2, 2)]);
  });

  test('a read waits for a majority to confirm the leader', () => {
    const lone = new Lone();
    lone.lead(2n);
    lone.acknowledge(2n, 1);
    lone.raft.readIndex(5);
    const asked = lone.next();
    assert.deepEqual(asked.readStates, []);
    const [{ round } = { round: 0 }] = only(asked.messages, 'heartbeat');
    lone.raft.step({ kind: 'heartbeat-reply', from: 3n, to: 1n, term: 1, round });
    assert.deepEqual(lone.next().readStates, [{ context: 5, index: 1 }]);
  });
});
