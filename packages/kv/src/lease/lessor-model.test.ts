/**
 * A million leases counted in steps, and random grants, renewals, losses and elections against a model that knows
 * for each lease when it may and when it must expire.
 */
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { LeaseBook } from './lease-book.ts';
import { LOADS_PER_CALL_MAX, Lessor, STEPS_PER_CALL_MAX } from './lessor.ts';
import { ELECTION_TIMEOUT_MS, LessorWorld } from './lessor-world.test.ts';

test('a million leases: no call does more than its share, and all expire', () => {
  const book = new LeaseBook({ set: () => {}, scan: () => {} });
  for (let id = 1n; id <= 1_000_000n; id++) book.grant(id, 10);
  const lessor = new Lessor(book, { electionTimeoutMs: 1000, revokesPerSecondMax: 1_000_000 });
  const stepsMax = LOADS_PER_CALL_MAX + STEPS_PER_CALL_MAX;
  const callExpired = (nowMs: number): bigint[] => {
    const before = lessor.stepCount;
    const ids = lessor.expired(nowMs, 2000);
    const steps = lessor.stepCount - before;
    assert.ok(steps <= stepsMax, `a call took ${steps} steps`);
    return ids;
  };

  lessor.promote(0);
  let calls = 0;
  while (lessor.isBehind) {
    assert.deepEqual(callExpired(1000), []);
    calls++;
  }
  assert.ok(calls <= 1_000_000 / LOADS_PER_CALL_MAX + 1, `${calls} calls to load all`);

  // All renewed at once: one bucket holds a million.
  for (let id = 1n; id <= 1_000_000n; id++) lessor.renew(id, 2000);
  let expired = 0;
  for (calls = 0; expired < 1_000_000; calls++) {
    for (const id of callExpired(12_250)) {
      const lease = book.get(id);
      assert.ok(lease !== undefined);
      lessor.revoked(lease);
      expired++;
    }
    assert.ok(calls < 2000, 'every call brings the end nearer');
  }
});

/** Mulberry32, seeded so that a failure can be repeated. */
function seededRandom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** When a lease may go at the earliest, and must have gone at the latest. */
interface Bounds {
  readonly ttlMs: number;
  earliestMs: number;
  latestMs: number;
}

test('random grants, renewals, revocations, losses and elections keep every promise', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = seededRandom(seed);
    const world = new LessorWorld();
    const model = new Map<bigint, Bounds>();
    // An expiry is late by up to a second; a proposal that got lost adds the retry time and its own lateness.
    const lateMs = 1000;
    let lossUntilMs = 0;
    for (let step = 0; step < 1500; step++) {
      const id = BigInt(1 + random(20));
      const action = random(20);
      const bounds = model.get(id);
      if (action < 3 && bounds === undefined) {
        const ttlSeconds = 2 + random(30);
        world.grant(id, ttlSeconds);
        const endMs = world.nowMs + ttlSeconds * 1000;
        model.set(id, { ttlMs: ttlSeconds * 1000, earliestMs: endMs, latestMs: endMs + lateMs });
      } else if (action < 8 && bounds !== undefined) {
        const { kind } = world.lessor.renew(id, world.nowMs);
        assert.ok(kind === 'renewed' || world.nowMs >= bounds.earliestMs, `seed ${seed}: ${kind}`);
        if (kind === 'renewed') {
          bounds.earliestMs = world.nowMs + bounds.ttlMs;
          bounds.latestMs = bounds.earliestMs + lateMs;
        }
      } else if (action === 8 && bounds !== undefined) {
        world.revoke(id);
        model.delete(id);
      } else if (action === 9) {
        world.elect();
        for (const each of model.values()) {
          each.earliestMs = Math.max(each.earliestMs, world.nowMs + each.ttlMs);
          each.latestMs = world.nowMs + each.ttlMs + ELECTION_TIMEOUT_MS + lateMs;
        }
      } else if (action === 10) {
        world.losesProposals = !world.losesProposals;
        if (!world.losesProposals) lossUntilMs = world.nowMs + 3000 + lateMs;
      } else {
        for (let ticks = random(20); ticks > 0; ticks--) world.tick();
      }
      for (const [each, { earliestMs, latestMs }] of model) {
        const goneMs = world.book.exists(each) ? undefined : world.revokedAt.get(each);
        if (goneMs !== undefined) {
          assert.ok(
            goneMs >= earliestMs,
            `seed ${seed}: lease ${each} went ${earliestMs - goneMs} ms early`,
          );
          model.delete(each);
        } else if (!world.losesProposals && world.nowMs > lossUntilMs) {
          assert.ok(world.nowMs <= latestMs, `seed ${seed}: lease ${each} is overdue`);
        }
      }
    }
  }
});
