import assert from 'node:assert/strict';
import { test } from 'node:test';

import { TokenBucket } from './token-bucket.ts';

const takeAll = (bucket: TokenBucket, nowMs: number): number => {
  let taken = 0;
  while (bucket.take(nowMs)) taken++;
  return taken;
};

test('gives the burst at once and then the rate', () => {
  const bucket = new TokenBucket({ burst: 5, perSecond: 2 }, 0);
  assert.equal(takeAll(bucket, 0), 5);
  assert.equal(takeAll(bucket, 400), 0);
  assert.equal(takeAll(bucket, 1_400), 2);
});

test('never holds more than the burst', () => {
  const bucket = new TokenBucket({ burst: 3, perSecond: 100 }, 0);
  assert.equal(takeAll(bucket, 0), 3);
  assert.equal(takeAll(bucket, 60_000), 3);
  bucket.earn(50);
  assert.equal(takeAll(bucket, 60_000), 3);
});
