import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RateLimit } from './rate-limit.ts';

test('a caller may ask a burst at once, then as fast as its bucket fills', () => {
  let nowMs = 0;
  const limit = new RateLimit({ perSecond: 10, burst: 3 }, () => nowMs);
  assert.deepEqual(
    [1, 2, 3, 4].map(() => limit.take('a').isAllowed),
    [true, true, true, false],
  );
  assert.equal(limit.take('b').isAllowed, true);
  nowMs += 100;
  assert.equal(limit.take('a').isAllowed, true);
  assert.equal(limit.take('a').isAllowed, false);
});

test('what a refused caller is told to wait is enough', () => {
  let nowMs = 0;
  const limit = new RateLimit({ perSecond: 0.5, burst: 1 }, () => nowMs);
  limit.take('a');
  const { isAllowed, waitSeconds } = limit.take('a');
  assert.equal(isAllowed, false);
  nowMs += waitSeconds * 1000;
  assert.equal(limit.take('a').isAllowed, true);
});
