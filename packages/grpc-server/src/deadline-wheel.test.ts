/** Deadlines fire once, not early, at most a slot late, and leave no timer behind. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DeadlineWheel } from './deadline-wheel.ts';
import type { WheelEntry } from './deadline-wheel.ts';
import { ManualClock } from './harness/manual-clock.ts';

class Entry implements WheelEntry {
  previousInWheel: WheelEntry | undefined = undefined;
  nextInWheel: WheelEntry | undefined = undefined;
  wheelSlot = -1;
  readonly deadline: number;
  readonly #fired: (at: Entry) => void;

  constructor(deadline: number, fired: (at: Entry) => void) {
    this.deadline = deadline;
    this.#fired = fired;
  }

  onDeadline(): void {
    this.#fired(this);
  }
}

test('every deadline fires within a slot, also those of later rounds', () => {
  const clock = new ManualClock();
  const wheel = new DeadlineWheel(clock);
  const late: number[] = [];
  const delays = [0, 1, 9, 10, 11, 500, 10_239, 10_240, 10_250, 25_000, 60_001];
  for (const delay of delays) {
    wheel.add(new Entry(clock.now() + delay, (entry) => late.push(clock.now() - entry.deadline)));
  }
  for (let step = 0; step < 6_100; step++) clock.advance(10);
  assert.equal(late.length, delays.length);
  assert.ok(
    late.every((ms) => ms >= 0 && ms <= 20),
    late.join(' '),
  );
  assert.equal(clock.timers, 0);
});

test('a long pause of the process fires everything that came due', () => {
  const clock = new ManualClock();
  const wheel = new DeadlineWheel(clock);
  let fired = 0;
  for (let delay = 5; delay < 50_000; delay += 97) {
    wheel.add(new Entry(clock.now() + delay, () => fired++));
  }
  const added = wheel.size;
  clock.stall(60_000);
  assert.equal(fired, added);
});

test('a removed entry does not fire, nor one that another removes while firing', () => {
  const clock = new ManualClock();
  const wheel = new DeadlineWheel(clock);
  let fired = 0;
  const both: Entry[] = [];
  const removeOther = (entry: Entry): void => {
    fired++;
    for (const other of both) if (other !== entry) wheel.remove(other);
  };
  both.push(new Entry(clock.now() + 50, removeOther), new Entry(clock.now() + 50, removeOther));
  const removed = new Entry(clock.now() + 50, () => fired++);
  for (const entry of [...both, removed]) wheel.add(entry);
  wheel.remove(removed);
  clock.advance(1_000);
  assert.equal(fired, 1);
  assert.equal(wheel.size, 0);
  assert.equal(clock.timers, 0);
});
