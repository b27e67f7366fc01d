import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barOf, stepStates } from './rollout-view.ts';

test('one rejection among thousands is seen, and the bar is full', () => {
  const bar = barOf({ applied: 5000, rejected: 1, pending: 0, offline: 0, unknown: 0 });
  assert.deepEqual(
    bar.map(({ state, count }) => [state, count]),
    [
      ['applied', 5000],
      ['rejected', 1],
    ],
  );
  assert.ok(bar[1]!.share > 1);
  assert.equal(Math.round(bar.reduce((sum, { share }) => sum + share, 0)), 100);
});

test('nobody makes an empty bar', () => {
  assert.deepEqual(barOf({ applied: 0, rejected: 0, pending: 0, offline: 0, unknown: 0 }), []);
});

test('steps before the current one are done, a halt is of the current one', () => {
  assert.deepEqual(stepStates(3, 1, false), ['done', 'running', 'waiting']);
  assert.deepEqual(stepStates(3, 1, true), ['done', 'halted', 'waiting']);
  assert.deepEqual(stepStates(2, 2, false), ['done', 'done']);
});
