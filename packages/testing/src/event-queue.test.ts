/** Goal: virtual time is orderly. Method: each promise of the queue, one test; the heap against a sorted list. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SimulatedClock } from './clock.ts';
import { EventQueue } from './event-queue.ts';
import { Random } from './random.ts';

test('events happen in the order of their moments, those of one moment in the order of scheduling', () => {
  const random = new Random(1);
  const queue = new EventQueue();
  const happened: number[][] = [];
  const expected: number[][] = [];
  for (let number = 0; number < 500; number++) {
    const atMs = random.integer(0, 50);
    expected.push([atMs, number]);
    queue.schedule(atMs, '', () => happened.push([queue.nowMs, number]));
  }
  while (queue.step());
  expected.sort(([a = 0, i = 0], [b = 0, j = 0]) => a - b || i - j);
  assert.deepEqual(happened, expected);
  assert.equal(queue.eventCount, 500);
});

test('an event can schedule another for the same moment, behind those that are there', () => {
  const queue = new EventQueue();
  const order: string[] = [];
  queue.schedule(5, 'first', () => {
    order.push('first');
    queue.schedule(0, 'third', () => order.push('third'));
  });
  queue.schedule(5, 'second', () => order.push('second'));
  queue.runUntil(5);
  assert.deepEqual(order, ['first', 'second', 'third']);
});

test('an event that was taken back does not happen', () => {
  const queue = new EventQueue();
  let count = 0;
  const cancel = queue.schedule(1, '', () => count++);
  queue.schedule(2, '', () => count++);
  cancel();
  queue.runUntil(10);
  assert.equal(count, 1);
  assert.equal(queue.nowMs, 10);
  assert.equal(queue.step(), false);
});

test('the trace sees every event with its moment', () => {
  const seen: [number, string][] = [];
  const queue = new EventQueue({ onEvent: ({ atMs, label }) => void seen.push([atMs, label]) });
  queue.schedule(2, 'b', () => undefined);
  queue.schedule(1, 'a', () => undefined);
  queue.runUntil(3);
  assert.deepEqual(seen, [
    [1, 'a'],
    [2, 'b'],
  ]);
});

test('a clock begins where it likes and drifts', () => {
  const queue = new EventQueue();
  queue.runUntil(1000);
  const clock = new SimulatedClock(queue, { offsetMs: 50, rate: 1.1 });
  assert.equal(clock.now(), 50);
  queue.runUntil(2000);
  assert.ok(Math.abs(clock.now() - 1150) < 1e-9);
  assert.ok(Math.abs(clock.trueMs(1100) - 1000) < 1e-9);
});
