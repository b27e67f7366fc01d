import assert from 'node:assert/strict';
import { test } from 'node:test';
import { protectionHold } from './protection-hold.ts';
import type { TimelineEvent } from './service-queries.ts';

const NOW = Date.parse('2026-01-01T12:00:00Z');
const event = (
  kind: TimelineEvent['kind'],
  instance: string,
  secondsAgo: number,
): TimelineEvent => ({
  kind,
  instance,
  at: new Date(NOW - secondsAgo * 1000).toISOString(),
  revision: 1,
  detail: '',
});
const expiries = (count: number, secondsAgo = 10) =>
  Array.from({ length: count }, (_, at) => event('expired', `i${at}`, secondsAgo + at));

test('nine of twelve that expire together are held for five minutes', () => {
  const hold = protectionHold(expiries(9), 3, NOW);
  assert.deepEqual(hold, {
    expired: 9,
    total: 12,
    spanMs: 8_000,
    endsAtMs: NOW - 10_000 + 300_000,
  });
});

test('few, or a small part, or what was long ago is no hold', () => {
  assert.equal(protectionHold(expiries(2), 0, NOW), undefined);
  assert.equal(protectionHold(expiries(4), 20, NOW), undefined);
  assert.equal(protectionHold(expiries(9, 400), 3, NOW), undefined);
  assert.equal(protectionHold([event('deregistered', 'a', 1)], 0, NOW), undefined);
});

test('the hold ends when most are back', () => {
  const back = ['i0', 'i1', 'i2', 'i3', 'i4'].map((id) => event('registered', id, 1));
  assert.notEqual(protectionHold([...expiries(6), ...back.slice(0, 2)], 2, NOW), undefined);
  assert.equal(protectionHold([...expiries(6), ...back], 5 + 2, NOW), undefined);
});
