import assert from 'node:assert/strict';
import { test } from 'node:test';
import { remainingAt } from './remaining.ts';

test('a countdown goes on from what was read and stops at nothing', () => {
  assert.equal(remainingAt(5000, 100, 1100), 4000);
  assert.equal(remainingAt(5000, 100, 60_000), 0);
});
