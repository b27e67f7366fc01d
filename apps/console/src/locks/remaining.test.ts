import assert from 'node:assert/strict';
import { test } from 'node:test';
import { remainingAt, shortDuration } from './remaining.ts';

test('a countdown goes on from what was read and stops at nothing', () => {
  assert.equal(remainingAt(5000, 100, 1100), 4000);
  assert.equal(remainingAt(5000, 100, 60_000), 0);
});

test('durations have two units at most', () => {
  const texts = [0, 9_430, 9_999, 59_999, 245_000, 7_620_000, 273_600_000].map(shortDuration);
  assert.deepEqual(texts, ['0.0 s', '9.4 s', '9 s', '59 s', '4 m 05 s', '2 h 07 m', '3 d 4 h']);
});
