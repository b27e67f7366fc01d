/** Spans of time as people write them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { durationMs, type Duration } from './duration.ts';

test('a number is milliseconds, text has its unit', () => {
  const cases: readonly (readonly [Duration, number])[] = [
    [0, 0],
    [250, 250],
    ['200ms', 200],
    ['15s', 15_000],
    ['1.5m', 90_000],
    ['2h', 7_200_000],
  ];
  for (const [duration, ms] of cases) assert.equal(durationMs(duration, 'x'), ms);
});

test('what is no span of time is refused with the option and the value', () => {
  for (const bad of ['15', '-1s', '1 s', 's', '', NaN, Infinity, -1, 2 ** 31, '600h', null, {}]) {
    assert.throws(() => durationMs(bad as Duration, 'lock.acquire: option "ttl"'), {
      code: 'INVALID_ARGUMENT',
      message: /^lock\.acquire: option "ttl": .* is no span of time/,
    });
  }
  assert.throws(() => durationMs(0, 'x', 1), { code: 'INVALID_ARGUMENT' });
});
