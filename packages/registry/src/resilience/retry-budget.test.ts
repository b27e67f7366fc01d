import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RetryBudget } from './retry-budget.ts';

function taken(budget: RetryBudget, tries: number): number {
  return Array.from({ length: tries }, () => budget.tryRetry()).filter(Boolean).length;
}

test('a fifth of the calls may be tried again, and some a second in any case', () => {
  let nowMs = 5000;
  const budget = new RetryBudget({ ratio: 0.2, minPerSecond: 1 }, () => nowMs);
  assert.equal(taken(budget, 100), 10);
  for (let n = 0; n < 1000; n++) budget.called();
  assert.equal(taken(budget, 1000), 200);
  nowMs += 9000;
  assert.equal(taken(budget, 10), 0);
  nowMs += 1000;
  assert.equal(taken(budget, 100), 10);
});

test('with neither there are no retries, and a long pause leaves nothing behind', () => {
  let nowMs = 0;
  const budget = new RetryBudget({ ratio: 0.5, minPerSecond: 0 }, () => nowMs);
  assert.equal(budget.tryRetry(), false);
  for (let n = 0; n < 10; n++) budget.called();
  nowMs = 3_600_000;
  assert.equal(budget.tryRetry(), false);
});
