import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Metadata } from '@concord/grpc-server';
import { ClientVersions } from './client-versions.ts';
import { boundText, counter, histogram } from './family.ts';
import { exponentialBounds, Histogram } from './histogram.ts';
import { Metrics } from './metrics.ts';

test('a value counts in the first bucket that is not below it', () => {
  const times = new Histogram([1, 2, 4]);
  for (const value of [0, 1, 1.5, 4, 5, Infinity]) times.observe(value);
  assert.deepEqual([...times.counts], [2, 1, 1, 2]);
});

test("bounds are written as Go's library writes them", () => {
  const bounds = [...exponentialBounds(0.0001, 2, 3), 8.192, 524288, 1048576, 8388608, Infinity];
  assert.deepEqual(bounds.map(boundText), [
    '0.0001',
    '0.0002',
    '0.0004',
    '8.192',
    '524288',
    '1.048576e+06',
    '8.388608e+06',
    '+Inf',
  ]);
});

test('the text goes by name, has cumulated buckets, and leaves out what has nothing to tell', async () => {
  const times = new Histogram([1, 2]);
  for (const value of [0.5, 1.5, 3]) times.observe(value);
  const metrics = new Metrics([
    histogram('h_seconds', 'Times.', times),
    counter('c_total', 'Things.', () => 7),
    { ...counter('empty_total', 'Nothing.', () => 0), get: () => noValues },
  ]);
  const { body } = await metrics.endpoint(new URLSearchParams());
  assert.ok(
    body.includes(
      `# HELP c_total Things.
# TYPE c_total counter
c_total 7
# HELP h_seconds Times.
# TYPE h_seconds histogram
h_seconds_bucket{le="1"} 1
h_seconds_bucket{le="2"} 2
h_seconds_bucket{le="+Inf"} 3
h_seconds_sum 5
h_seconds_count 3
`,
    ),
    body.slice(-600),
  );
  assert.doesNotMatch(body, /empty_total/);
});

const noValues = Promise.resolve({
  name: 'empty_total',
  help: 'Nothing.',
  type: 'counter' as const,
  values: [],
});

test('clients that invent versions fill no memory', () => {
  const versions = new ClientVersions();
  const says = (version: string | undefined) => ({ get: () => version }) as unknown as Metadata;
  for (let i = 0; i < 10_000; i++) versions.count(says(`v${i}`), 'unary');
  versions.count(says(undefined), 'stream');
  versions.count(says('x'.repeat(1000)), 'unary');
  const samples = versions.samples();
  assert.ok(samples.length <= 66, String(samples.length));
  const total = samples.reduce((sum, { value }) => sum + value, 0);
  assert.equal(total, 10_002);
});
