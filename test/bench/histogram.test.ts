/** Goal: a histogram's quantiles agree with the sorted list of what was recorded. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Histogram } from './histogram.ts';

/** The bound that the histogram promises. */
const RELATIVE_ERROR_MAX = 0.01;

test('quantiles are within one percent of the exact ones over seven orders of magnitude', () => {
  const histogram = new Histogram();
  const values = Array.from({ length: 20_000 }, (_, at) => 0.002 * 1.001 ** at);
  for (const value of values) histogram.record(value);
  for (const quantile of [0.01, 0.5, 0.9, 0.99, 0.999, 1]) {
    const exact = values[Math.ceil(quantile * values.length) - 1]!;
    const clamped = Math.min(exact, (2 ** 31 - 1) / 10_000);
    const error = Math.abs(histogram.quantile(quantile) - clamped) / clamped;
    assert.ok(
      error <= RELATIVE_ERROR_MAX + 0.0001 / clamped,
      `quantile ${quantile} is off by ${error}`,
    );
  }
});

test('a value recorded many times weighs as many', () => {
  const histogram = new Histogram();
  histogram.record(1, 99);
  histogram.record(50);
  assert.equal(histogram.total, 100);
  assert.ok(Math.abs(histogram.quantile(0.99) - 1) < 0.01);
  assert.equal(histogram.quantile(1), 50);
});

test('an empty histogram reports zeros', () => {
  assert.deepEqual(new Histogram().summary(), {
    p50Milliseconds: 0,
    p99Milliseconds: 0,
    p999Milliseconds: 0,
    maxMilliseconds: 0,
  });
});
