/**
 * The leader's clock over leases: the rules of the specification one by one.
 */
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { ELECTION_TIMEOUT_MS, LessorWorld, TICK_MS } from './lessor-world.test.ts';

describe('the primary lessor', () => {
  test('expires a lease within a second after its TTL and not before', () => {
    for (const ttlSeconds of [2, 3, 59, 3600]) {
      const world = new LessorWorld();
      world.runTo(1300);
      world.grant(1n, ttlSeconds);
      world.runTo(1300 + ttlSeconds * 1000 - TICK_MS);
      assert.equal(world.book.size, 1);
      world.runTo(1300 + ttlSeconds * 1000 + 1000);
      assert.ok((world.revokedAt.get(1n) ?? Infinity) <= 1300 + ttlSeconds * 1000 + 1000);
    }
  });

  test('restarts the countdown with each renewal', () => {
    const world = new LessorWorld();
    world.grant(1n, 2);
    for (let i = 1; i <= 10; i++) {
      world.runTo(i * 1900);
      const outcome = world.lessor.renew(1n, world.nowMs);
      assert.deepEqual(outcome, { kind: 'renewed', ttlSeconds: 2, clearFirst: false });
    }
    world.runTo(19_000 + 3000);
    assert.equal(world.book.size, 0);
  });

  test('says how long a lease has left, in whole seconds, rounded down', () => {
    const world = new LessorWorld();
    world.grant(1n, 10);
    assert.equal(world.remaining(1n), 10);
    world.runTo(100);
    assert.equal(world.remaining(1n), 9);
    world.runTo(9500);
    assert.equal(world.remaining(1n), 0);
    assert.deepEqual(world.lessor.timeToLive(2n, world.nowMs), { kind: 'unknown' });
  });

  test('lets the renewal of an expired lease wait until it is revoked, then knows it no more', () => {
    const world = new LessorWorld();
    world.losesProposals = true;
    world.grant(1n, 2);
    world.runTo(2500);
    assert.deepEqual(world.lessor.renew(1n, world.nowMs), { kind: 'pending' });
    assert.equal(world.remaining(1n), 0);
    world.revoke(1n);
    assert.deepEqual(world.lessor.renew(1n, world.nowMs), { kind: 'unknown' });
  });

  test('lets a renewal wait from the moment of expiry, before the calendar gave the lease out', () => {
    const world = new LessorWorld();
    world.grant(1n, 2);
    assert.deepEqual(world.lessor.renew(1n, 2000), { kind: 'pending' });
  });

  test('names an expired lease once, and again after the retry time if nothing came of it', () => {
    const world = new LessorWorld();
    world.losesProposals = true;
    world.grant(1n, 2);
    world.runTo(4900);
    assert.equal(world.proposals, 1);
    world.runTo(6000);
    assert.equal(world.proposals, 2);
    world.losesProposals = false;
    world.runTo(10_000);
    assert.deepEqual([world.proposals, world.book.size], [3, 0]);
  });

  test('does not name a lease that its owner revoked', () => {
    const world = new LessorWorld();
    world.grant(1n, 2);
    world.revoke(1n);
    world.runTo(10_000);
    assert.equal(world.proposals, 0);
  });

  test('does not take a lease of the same id that was granted again for the one that expired', () => {
    const world = new LessorWorld({ revokesPerSecondMax: 1 });
    world.grant(1n, 2);
    world.grant(2n, 2);
    world.runTo(2300);
    const [first] = [1n, 2n].filter((id) => world.book.exists(id));
    assert.ok(first !== undefined, 'the second one waits for the next second');
    world.revoke(first);
    world.grant(first, 60);
    world.runTo(10_000);
    assert.equal(world.book.exists(first), true);
  });

  test('brings no more revocations to the log than a second may', () => {
    const world = new LessorWorld({ revokesPerSecondMax: 100 });
    for (let id = 1n; id <= 1000n; id++) world.grant(id, 2);
    world.runTo(2000);
    const perSecond: number[] = [];
    for (let second = 3; world.book.size > 0; second++) {
      const before = world.proposals;
      world.runTo(second * 1000);
      perSecond.push(world.proposals - before);
    }
    assert.ok(
      Math.max(...perSecond.slice(1)) <= 110,
      `proposals per second: ${perSecond.join(' ')}`,
    );
    assert.ok(perSecond.length <= 10);
  });

  test('lists leases by the time that they have left', () => {
    const world = new LessorWorld();
    world.grant(1n, 60);
    world.grant(2n, 25);
    world.grant(3n, 30);
    assert.deepEqual(world.lessor.leases(world.nowMs), [2n, 3n, 1n]);
    world.lessor.renew(2n, 20_000);
    assert.deepEqual(world.lessor.leases(world.nowMs), [3n, 2n, 1n]);
  });
});

describe('a change of leader', () => {
  test('a member that does not lead expires and renews nothing', () => {
    const world = new LessorWorld();
    world.grant(1n, 2);
    world.lessor.demote();
    world.runTo(100_000);
    assert.equal(world.proposals, 0);
    assert.deepEqual(world.lessor.renew(1n, world.nowMs), { kind: 'not-primary' });
    assert.deepEqual(world.lessor.timeToLive(1n, world.nowMs), { kind: 'not-primary' });
    assert.deepEqual(world.lessor.leases(world.nowMs), [1n]);
  });

  test('the new leader gives each lease its full TTL and an election timeout more', () => {
    const world = new LessorWorld();
    world.grant(1n, 5);
    world.runTo(4000);
    world.elect();
    world.runTo(4000 + 5000 + ELECTION_TIMEOUT_MS - TICK_MS);
    assert.equal(world.book.size, 1);
    world.runTo(4000 + 5000 + ELECTION_TIMEOUT_MS + 1000);
    assert.equal(world.book.size, 0);
  });

  test('a lease counts from the promotion, however late it is put on the clock', () => {
    const world = new LessorWorld();
    world.grant(1n, 60);
    world.elect();
    world.nowMs = 5000;
    assert.equal(world.remaining(1n), 60 + ELECTION_TIMEOUT_MS / 1000 - 5);
  });

  test('a checkpoint that the last leadership had planned is planned anew', () => {
    const world = new LessorWorld();
    world.grant(1n, 3600);
    world.runTo(100_000);
    world.elect();
    world.lessor.expired(100_000, 1);
    assert.deepEqual(world.lessor.dueCheckpoints(300_500, 10), []);
    assert.deepEqual(world.lessor.dueCheckpoints(400_500, 10), [
      { id: 1n, remainingTtlSeconds: 3301 },
    ]);
  });

  test('what the old leader thought to be expired may be renewed at the new one', () => {
    const world = new LessorWorld();
    world.losesProposals = true;
    world.grant(1n, 2);
    world.runTo(2500);
    world.elect();
    assert.equal(world.lessor.renew(1n, world.nowMs).kind, 'renewed');
  });

  test('a long lease is recorded every five minutes and goes on from there (#55)', () => {
    const world = new LessorWorld();
    world.grant(1n, 3600);
    let elections = 0;
    while (world.book.size > 0) {
      world.runTo(world.nowMs + 360_000);
      world.elect();
      assert.ok(++elections < 20, 'a lease ends however often the leader changes');
    }
    // Of every six minutes at most one and the election timeout are not counted.
    assert.ok(elections <= 13, `${elections} elections`);
  });

  test('a lease that is kept alive brings no checkpoints to the log', () => {
    const world = new LessorWorld();
    world.grant(1n, 600);
    for (let i = 0; i < 20; i++) {
      world.runTo(world.nowMs + 200_000);
      assert.equal(world.lessor.renew(1n, world.nowMs).kind, 'renewed');
      assert.equal(world.book.get(1n)?.remainingTtlSeconds, 0);
    }
  });

  test('a renewal after a checkpoint asks for it to be cleared first', () => {
    const world = new LessorWorld();
    world.grant(1n, 600);
    world.runTo(301_000);
    assert.ok((world.book.get(1n)?.remainingTtlSeconds ?? 0) <= 300);
    const outcome = world.lessor.renew(1n, world.nowMs);
    assert.deepEqual(outcome, { kind: 'renewed', ttlSeconds: 600, clearFirst: true });
  });

  test('a checkpoint never says less than what is left', () => {
    const world = new LessorWorld();
    world.nowMs = 50;
    world.grant(1n, 601);
    const recorded = (): number => world.book.get(1n)?.remainingTtlSeconds ?? 0;
    while (recorded() === 0) world.tick();
    const leftMs = 601_050 - world.nowMs;
    assert.ok(recorded() * 1000 >= leftMs && recorded() * 1000 < leftMs + 1000);
    assert.ok(leftMs <= 301_000);
  });

  test('checkpoints go on every five minutes under one leader', () => {
    const world = new LessorWorld();
    world.grant(1n, 3600);
    const recorded: number[] = [];
    for (let minutes = 6; minutes < 60; minutes += 5) {
      world.runTo(minutes * 60_000);
      recorded.push(world.book.get(1n)?.remainingTtlSeconds ?? 0);
    }
    const rounded = recorded.map((seconds) => 300 * Math.round(seconds / 300));
    assert.deepEqual(rounded, [3300, 3000, 2700, 2400, 2100, 1800, 1500, 1200, 900, 600, 300]);
  });

  test('what is due beyond the number asked for comes with the next call', () => {
    const world = new LessorWorld();
    for (let id = 1n; id <= 5n; id++) world.grant(id, 3600);
    const counts = [2, 2, 2, 2].map((max) => world.lessor.dueCheckpoints(301_000, max).length);
    assert.deepEqual(counts, [2, 2, 1, 0]);
  });

  test('a lease that was revoked leaves nothing on the clock', () => {
    const world = new LessorWorld();
    for (let id = 1n; id <= 1000n; id++) world.grant(id, 400);
    for (let id = 1n; id <= 1000n; id++) world.revoke(id);
    assert.deepEqual(world.lessor.dueCheckpoints(301_000, 1000), []);
    world.lessor.expired(301_000, 1000);
    const before = world.lessor.stepCount;
    world.lessor.expired(401_000, 1000);
    assert.ok(world.lessor.stepCount - before < 10);
  });

  test('from a thousand leases on, expiries are spread to 750 a second', () => {
    const world = new LessorWorld();
    for (let id = 1n; id <= 3000n; id++) world.grant(id, 5);
    world.elect();
    world.runTo(12_000);
    const bySecond = new Map<number, number>();
    for (const at of world.revokedAt.values()) {
      const second = Math.floor(at / 1000);
      bySecond.set(second, (bySecond.get(second) ?? 0) + 1);
    }
    assert.equal(world.book.size, 0);
    assert.deepEqual([...bySecond.keys()], [6, 7, 8, 9]);
    assert.ok(Math.max(...bySecond.values()) <= 750);
  });

  test('below a thousand they are not', () => {
    const world = new LessorWorld();
    for (let id = 1n; id <= 999n; id++) world.grant(id, 5);
    world.elect();
    world.runTo(7000);
    assert.equal(world.book.size, 0);
  });
});
