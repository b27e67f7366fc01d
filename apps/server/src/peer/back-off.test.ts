import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BackOff } from './back-off.ts';

test('delays double up to a second and begin anew when told', () => {
  const backOff = new BackOff(() => 0);
  const delays = Array.from({ length: 8 }, () => backOff.next());
  assert.deepEqual(delays, [20, 40, 80, 160, 320, 640, 1000, 1000]);
  backOff.reset();
  assert.equal(backOff.next(), 20);
});

test('chance shortens a delay by up to a half', () => {
  assert.equal(new BackOff(() => 0.999).next() > 10, true);
});
