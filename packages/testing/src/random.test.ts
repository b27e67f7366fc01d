/** Goal: chance is reproducible and fair. Method: each promise of `Random`, one test. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Random } from './random.ts';

const draw = (random: Random, count = 1000): number[] =>
  Array.from({ length: count }, () => random.next());

test('the same seed gives the same numbers', () => {
  assert.deepEqual(draw(new Random(7)), draw(new Random(7)));
});

test('neighbouring seeds have nothing in common', () => {
  const seen = new Set(draw(new Random(1)));
  assert.equal(draw(new Random(2)).filter((number) => seen.has(number)).length, 0);
  const firsts = Array.from({ length: 1000 }, (_, seed) => new Random(seed).next());
  const mean = firsts.reduce((sum, number) => sum + number, 0) / firsts.length;
  assert.ok(Math.abs(mean - 0.5) < 0.05, `the mean of first numbers is ${mean}`);
});

test('numbers are spread evenly over [0, 1)', () => {
  const counts = new Array<number>(10).fill(0);
  for (const number of draw(new Random(3), 10_000)) {
    assert.ok(number >= 0 && number < 1);
    counts[Math.floor(number * 10)] = (counts[Math.floor(number * 10)] ?? 0) + 1;
  }
  for (const count of counts) assert.ok(Math.abs(count - 1000) < 150, counts.join(' '));
});

test('integers reach both bounds, and magnitudes favour no order of them', () => {
  const random = new Random(4);
  const integers = new Set(Array.from({ length: 200 }, () => random.integer(-1, 2)));
  assert.deepEqual([...integers].sort(), [-1, 0, 1, 2]);
  const magnitudes = Array.from({ length: 2000 }, () => random.magnitude(1, 10_000));
  const small = magnitudes.filter((number) => number < 100).length;
  assert.ok(Math.min(...magnitudes) === 1 && Math.abs(small - 1000) < 100, `${small} are small`);
});

test('a shuffle loses nothing and forgets the order', () => {
  const items = Array.from({ length: 50 }, (_, i) => i);
  const shuffled = new Random(5).shuffled(items);
  assert.notDeepEqual(shuffled, items);
  assert.deepEqual(
    shuffled.sort((a, b) => a - b),
    items,
  );
});

test('a fork goes its own way, whatever its parent draws afterwards', () => {
  const parent = new Random(6);
  const fork = parent.fork();
  const sameParent = new Random(6);
  const sameFork = sameParent.fork();
  draw(sameParent);
  assert.deepEqual(draw(fork), draw(sameFork));
});
