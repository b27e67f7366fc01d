/**
 * What a caller of `Raft` may rely on beyond the algorithm: options that cannot work, what a
 * proposal answers, and that a Ready gives everything out once.
 */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { entry, Lone, only } from './harness/lone.ts';
import { AssertionError } from './index.ts';

const payload = Uint8Array.of(1);

suite('a replica', () => {
  test('refuses options that cannot work', () => {
    for (const options of [
      { id: 0n },
      { heartbeatTicks: 0 },
      { electionTicks: 3, heartbeatTicks: 3 },
      { inflightMessagesMax: 0 },
    ]) {
      assert.throws(() => new Lone(options), AssertionError);
    }
  });

  test('answers a proposal with the first index and the term of its entries', () => {
    const lone = new Lone({ voters: [1n] });
    lone.lead();
    assert.deepEqual(lone.raft.propose([payload, payload]), { ok: true, firstIndex: 2, term: 1 });
    assert.deepEqual(lone.raft.propose([payload]), { ok: true, firstIndex: 4, term: 1 });
  });

  test('says who leads when it cannot take a proposal itself, and can forward it', () => {
    const lone = new Lone({ term: 1 });
    assert.deepEqual(lone.raft.propose([payload]), { ok: false, reason: 'no-leader', leader: 0n });
    assert.equal(lone.raft.forward([payload]), false);
    lone.hear(2n, { kind: 'heartbeat', commit: 0, round: 0 });
    assert.deepEqual(lone.raft.propose([payload]), { ok: false, reason: 'not-leader', leader: 2n });
    assert.equal(lone.raft.forward([payload]), true);
    const [forwarded] = only(lone.run(), 'propose');
    assert.deepEqual([forwarded?.to, forwarded?.payloads], [2n, [payload]]);
  });

  test('appends what is forwarded to it, and drops what it cannot take', () => {
    const lone = new Lone();
    const forwarded = { kind: 'propose', entryKind: 'normal', payloads: [payload] } as const;
    lone.hear(2n, forwarded);
    assert.equal(lone.log.lastIndex(), 0);
    lone.lead(2n);
    lone.hear(2n, forwarded);
    assert.deepEqual(lone.log.entries(2, 3, Infinity)[0]?.data, payload);
    lone.hear(2n, { kind: 'propose', entryKind: 'membership', payloads: [Uint8Array.of(99)] });
    assert.equal(lone.log.lastIndex(), 2);
  });

  test('gives every entry, message and read out once', () => {
    const lone = new Lone({ voters: [1n] });
    lone.lead();
    lone.propose('a');
    lone.raft.readIndex(1);
    const first = lone.next();
    assert.equal(first.readStates.length, 1);
    assert.equal(lone.raft.hasReady(), false);
    const { entries, messages, committed, readStates, hardState } = lone.next();
    assert.deepEqual(
      [entries, messages, committed, readStates, hardState],
      [[], [], [], [], undefined],
    );
    assert.deepEqual(
      lone.applied.map(({ index }) => index),
      [1, 2],
    );
  });

  test('hands out committed entries in pieces no larger than committedBytesMax', () => {
    const lone = new Lone({ committedBytesMax: 100 });
    const entries = [1, 2, 3, 4, 5].map((index) => entry(index, 1));
    const append = { kind: 'append', previous: { term: 0, index: 0 }, entries, commit: 5 } as const;
    lone.raft.step({ ...append, from: 2n, to: 1n, term: 1 });
    const pieces: number[] = [];
    while (lone.raft.hasReady()) pieces.push(lone.next().committed.length);
    assert.deepEqual(
      pieces.filter((length) => length > 0),
      [3, 2],
    );
  });

  test('splits what a follower needs into appends no larger than appendBytesMax', () => {
    const lone = new Lone({ appendBytesMax: 150, heartbeatTicks: 1 });
    lone.lead(2n);
    lone.acknowledge(2n, 1);
    const payloads = Array.from({ length: 6 }, () => new Uint8Array(30));
    lone.raft.propose(payloads);
    const sizes = only(lone.run(), 'append')
      .filter(({ to }) => to === 2n)
      .map(({ entries }) => entries.length);
    assert.deepEqual(sizes, [2, 2, 2]);
  });

  test('sends a follower no more than its window holds until it answers', () => {
    const lone = new Lone({ inflightMessagesMax: 2 });
    lone.lead(2n);
    lone.acknowledge(2n, 1);
    const sent = (): number =>
      only(lone.propose('x'), 'append').filter(({ to, entries }) => to === 2n && entries.length > 0)
        .length;
    assert.deepEqual([sent(), sent(), sent()], [1, 1, 0]);
    // A sign of life is answered by a question, in case all of it was lost, but by no entries.
    const asked = only(lone.hear(2n, { kind: 'heartbeat-reply', round: 0 }), 'append');
    assert.deepEqual(
      asked.map(({ previous, entries }) => [previous.index, entries.length]),
      [[3, 0]],
    );
    const [resumed] = only(lone.acknowledge(2n, 2), 'append').filter(({ to }) => to === 2n);
    assert.deepEqual(
      resumed?.entries.map(({ index }) => index),
      [4],
    );
  });

  test('refuses more reads than may wait', () => {
    const lone = new Lone({ pendingReadsMax: 2 });
    lone.lead(2n);
    assert.deepEqual(
      [1, 2, 3].map((context) => lone.raft.readIndex(context)),
      ['pending', 'pending', 'too-many-reads'],
    );
  });

  test('refuses to apply what was not handed out', () => {
    const lone = new Lone({ terms: [1] });
    assert.throws(() => {
      lone.raft.applied(1);
    }, AssertionError);
  });

  test('goes on quietly from a restart: no message, no write, no role change', () => {
    const lone = new Lone({ terms: [1, 2], term: 3, votedFor: 2n, commit: 0 });
    assert.equal(lone.raft.hasReady(), false);
    assert.equal(lone.raft.status().votedFor, 2n);
  });

  test('adopts the term of its log when only the log reached the disk', () => {
    const lone = new Lone({ terms: [4], term: 3, votedFor: 2n });
    assert.deepEqual([lone.raft.term, lone.raft.status().votedFor], [4, 0n]);
    assert.equal(lone.next().hardState?.term, 4);
  });
});
