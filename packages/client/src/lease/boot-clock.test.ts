/** The clock of leases goes on while the machine sleeps, and never goes back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BootClock } from './boot-clock.ts';

/** Two clocks that are set by hand. */
class Hands {
  monotonicMs = 5_000;
  wallMs = 1_700_000_000_000;
  readonly clock = new BootClock(
    () => this.monotonicMs,
    () => this.wallMs,
  );

  passes(ms: number): void {
    this.monotonicMs += ms;
    this.wallMs += ms;
  }
}

test('it runs as the monotonic clock does while the machine is awake', () => {
  const hands = new Hands();
  hands.passes(1_234);
  assert.equal(hands.clock.nowMs(), 6_234);
  assert.equal(hands.clock.sleptMs, 0);
});

test('time that only the wall clock has counted was slept through', () => {
  const hands = new Hands();
  hands.passes(1_000);
  hands.wallMs += 30_000;
  assert.equal(hands.clock.nowMs(), 36_000);
  hands.passes(1_000);
  hands.wallMs += 5_000;
  assert.equal(hands.clock.nowMs(), 42_000);
  assert.equal(hands.clock.sleptMs, 35_000);
});

test('a wall clock that is set back changes nothing, and hides no sleep that follows', () => {
  const hands = new Hands();
  hands.wallMs -= 3_600_000;
  assert.equal(hands.clock.nowMs(), 5_000);
  hands.wallMs += 20_000;
  assert.equal(hands.clock.nowMs(), 25_000);
});

test('clocks that are not read in the same instant are no sleep', () => {
  const hands = new Hands();
  for (let i = 0; i < 100; i++) {
    hands.wallMs += i % 2 === 0 ? 60 : -60;
    hands.clock.nowMs();
  }
  assert.equal(hands.clock.sleptMs, 0);
});
