import { test } from 'node:test';
import assert from 'node:assert/strict';
import { ExpirySpread } from './expiry-spread.ts';

test('a second takes its share, the rest goes to the next seconds with room', () => {
  const spread = new ExpirySpread(3);
  const placed = Array.from({ length: 10 }, () => spread.place(5));
  assert.deepEqual(placed, [5, 5, 5, 6, 6, 6, 7, 7, 7, 8]);
  assert.deepEqual(
    [spread.place(6), spread.place(4), spread.place(8), spread.place(8)],
    [8, 4, 8, 9],
  );
});

test('a hundred thousand in one second are placed without a search through all before', () => {
  const spread = new ExpirySpread(1);
  let last = 0;
  for (let i = 0; i < 100_000; i++) last = spread.place(0);
  assert.equal(last, 99_999);
});
