import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ByteRate } from './byte-rate.ts';

test('what is taken is paid for before the next is', () => {
  const rate = new ByteRate(1000);
  assert.equal(rate.take(500, 0), 0);
  assert.equal(rate.take(500, 0), 500);
  assert.equal(rate.take(100, 600), 400);
});

test('time without taking is not saved up', () => {
  const rate = new ByteRate(1000);
  assert.equal(rate.take(500, 10_000), 0);
  assert.equal(rate.take(500, 10_000), 500);
});

test('without a bound nobody waits', () => {
  const rate = new ByteRate(Infinity);
  rate.take(1e12, 0);
  assert.equal(rate.take(1e12, 0), 0);
});
