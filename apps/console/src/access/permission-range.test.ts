import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isWhole, rangeOf, writtenOf, type PermissionRange } from './permission-range.ts';

test('each kind of range is written as the API takes it, and read back as what it was', () => {
  const ranges: readonly PermissionRange[] = [
    { kind: 'all' },
    { kind: 'prefix', prefix: '/orders/' },
    { kind: 'key', key: '/orders' },
    { kind: 'from', from: '/m' },
    { kind: 'between', from: '/a', to: '/c' },
  ];
  for (const range of ranges) assert.deepEqual(rangeOf(writtenOf(range)), range);
});

test('everything from the first key on is all keys', () => {
  assert.deepEqual(rangeOf({ key: '\u0000', rangeEnd: '\u0000' }), { kind: 'all' });
});

test('a range without its names, or that ends before it begins, cannot be meant', () => {
  assert.ok(!isWhole({ kind: 'prefix', prefix: '' }));
  assert.ok(!isWhole({ kind: 'between', from: '/b', to: '/a' }));
  assert.ok(isWhole({ kind: 'between', from: '/a', to: '/b' }));
});
