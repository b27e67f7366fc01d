import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withSamples } from './sample-course.ts';

const sample = (second: number) => ({
  at: new Date(second * 1000).toISOString(),
  databaseBytes: second,
  lagMax: 0,
});
const list = (...seconds: number[]) => ({ intervalMs: 2_000, items: seconds.map(sample) });
const secondsOf = (course: ReturnType<typeof withSamples>) =>
  course?.items.map(({ at }) => Date.parse(at) / 1000);

test('a sample that follows is added, and one that is known is not', () => {
  assert.deepEqual(secondsOf(withSamples(list(0, 2, 4), [sample(4), sample(6)])), [0, 2, 4, 6]);
});

test('after a gap the whole course is asked for again', () => {
  assert.equal(withSamples(list(0, 2, 4), [sample(12)]), undefined);
});

test('what is older than ten minutes is forgotten', () => {
  assert.deepEqual(secondsOf(withSamples(list(0, 599, 601), [sample(603)])), [599, 601, 603]);
});

test('the first of all samples is taken as it is', () => {
  assert.deepEqual(secondsOf(withSamples(list(), [sample(8)])), [8]);
});
