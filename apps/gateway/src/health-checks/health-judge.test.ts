import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HealthJudge } from './health-judge.ts';

const after = (judge: HealthJudge, results: string): string =>
  results
    .split('')
    .map((one) => (judge.take({ isUp: one === '+', detail: '' }) ? judge.health[0] : '.'))
    .join('');

test('health changes after so many results in a row, and not before', () => {
  const judge = new HealthJudge({ up: 2, down: 3 }, 'unknown');
  assert.equal(after(judge, '+-++--+---+-+-++'), '...h.....u.....h');
});

test('what another gateway has found goes on to count', () => {
  const judge = new HealthJudge({ up: 1, down: 2 }, 'unhealthy');
  assert.equal(after(judge, '--+'), '..h');
});
