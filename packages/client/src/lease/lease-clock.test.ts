/** What is left of a lease is never more than what the server has left. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LeaseClock, marginMs } from './lease-clock.ts';

test('time counts from before the sending, less a margin', () => {
  const clock = new LeaseClock(15_000, 1_000);
  assert.equal(clock.remainingMs(1_000), 13_500);
  assert.equal(clock.remainingMs(14_000), 500);
  assert.equal(clock.expiresAtMs, 14_500);
});

test('the margin is a tenth, at least a second, at most a quarter', () => {
  assert.deepEqual(
    [1_000, 2_000, 4_000, 15_000, 60_000].map(marginMs),
    [250, 500, 1_000, 1_500, 6_000],
  );
});

test('a renewal counts from its own sending; one that is older than the last changes nothing', () => {
  const clock = new LeaseClock(10_000, 0);
  assert.equal(clock.renewed(10_000, 4_000, 4_100), true);
  assert.equal(clock.expiresAtMs, 13_000);
  assert.equal(clock.renewed(10_000, 3_000, 4_200), true);
  assert.equal(clock.expiresAtMs, 13_000);
});

test('what was lost stays lost, whatever is answered later', () => {
  const clock = new LeaseClock(10_000, 0);
  assert.ok(clock.remainingMs(9_000) <= 0);
  assert.equal(clock.renewed(10_000, 8_900, 9_001), false);
  assert.ok(clock.remainingMs(9_002) < 0);
  const unseen = new LeaseClock(10_000, 0);
  assert.equal(unseen.renewed(10_000, 8_900, 9_001), false);
});

test('the risk is told after two renewals at least, and before the end', () => {
  for (const ttlMs of [1_000, 2_000, 5_000, 15_000, 60_000]) {
    const clock = new LeaseClock(ttlMs, 0);
    assert.ok(clock.atRiskAtMs < clock.expiresAtMs, `${ttlMs}`);
    assert.ok(clock.atRiskAtMs > new LeaseClock(ttlMs, 0).nextRenewalAtMs(0, 1), `${ttlMs}`);
  }
});

test('renewals keep their beat when an answer is late, so that those of a fleet stay apart', () => {
  const clock = new LeaseClock(15_000, 1_000);
  assert.equal(clock.nextRenewalAtMs(1_000, 0.5), 6_000);
  assert.equal(clock.nextRenewalAtMs(6_010, 0.5), 11_000);
  // Two seconds without a leader, then more than a period.
  assert.equal(clock.nextRenewalAtMs(13_000, 0.5), 16_000);
  assert.equal(clock.nextRenewalAtMs(22_500, 0.5), 26_000);
  assert.equal(clock.nextRenewalAtMs(26_000, 0), 30_500);
});
