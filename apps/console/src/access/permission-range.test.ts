import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyAndEndOf, rangeOf, type PermissionRange } from './permission-range.ts';

test('each kind of range is written as a key and an end, and read back as what it was', () => {
  const ranges: readonly (readonly [PermissionRange, string, string | undefined])[] = [
    [{ kind: 'all' }, '\u0000', '\u0000'],
    [{ kind: 'prefix', prefix: '/orders/' }, '/orders/', '/orders0'],
    [{ kind: 'key', key: '/orders' }, '/orders', undefined],
    [{ kind: 'from', from: '/m' }, '/m', '\u0000'],
    [{ kind: 'between', from: '/a', to: '/c' }, '/a', '/c'],
  ];
  for (const [range, key, rangeEnd] of ranges) {
    const written = keyAndEndOf(range);
    assert.deepEqual([written.key, written.rangeEnd], [key, rangeEnd]);
    assert.deepEqual(rangeOf(written), range);
  }
});
