/** Goal: the value of a place survives the trip, and whatever else stands there is read as the strictest claim. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeClaim, encodeClaim, type Claim } from './claim.ts';

test('a claim comes back as it was', () => {
  const claims: Claim[] = [
    { mode: 'exclusive' },
    { mode: 'shared', label: 'report', app: 'orders', since: new Date('2030-01-02T03:04:05.678Z') },
    { mode: 'permits', permits: 5, count: 2, label: '' },
  ];
  for (const claim of claims) assert.deepEqual(decodeClaim(encodeClaim(claim)), claim);
});

test('what cannot be read claims the lock alone', () => {
  for (const text of [
    '',
    'leader@10.0.0.1',
    '7',
    'null',
    '[]',
    '{"mode":"new"}',
    '{"mode":"permits"}',
    '{"mode":"permits","permits":0,"count":1}',
    '{"mode":"permits","permits":2.5,"count":1}',
  ]) {
    assert.deepEqual(decodeClaim(text), { mode: 'exclusive' }, text);
  }
});

test('fields of the wrong kind are left out', () => {
  assert.deepEqual(decodeClaim('{"mode":"shared","label":7,"app":{},"since":"yesterday"}'), {
    mode: 'shared',
  });
});
