import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromLocal, readFilter, toLocal, writeFilter } from './audit-filter.ts';

test('a filter survives an address, and leaves the rest of the address alone', () => {
  const filter = { actor: 'ann', subject: '/orders/ü &', from: '2026-03-01T14:05:00.000Z' };
  const search = writeFilter(filter, new URLSearchParams('live=1&action=x'));
  assert.deepEqual(readFilter(new URLSearchParams(search.toString())), filter);
  assert.equal(search.get('live'), '1');
  assert.equal(search.has('action'), false);
});

test('a moment of the page becomes a moment of the world and comes back', () => {
  const iso = fromLocal('2026-03-01T14:05:00');
  assert.equal(toLocal(iso), '2026-03-01T14:05:00');
  assert.equal(fromLocal(''), undefined);
  assert.equal(fromLocal('14 o clock'), undefined);
  assert.equal(toLocal('nonsense'), '');
});
