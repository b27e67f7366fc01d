import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RemoteSet, type Remote } from './remote-set.ts';

const remote = (host: string, priority = 0, weight = 0): Remote => ({
  host,
  port: 1,
  priority,
  weight,
});
const pick = (set: RemoteSet, times: number): string =>
  Array.from({ length: times }, () => set.pick(new Set())?.host ?? '-').join('');

test('endpoints without a weight take turns', () => {
  assert.equal(pick(new RemoteSet([remote('a'), remote('b'), remote('c')]), 6), 'abcabc');
});

test('the best priority counts, until none of it is active', () => {
  const [first, second] = [remote('a', 1), remote('b', 2)];
  const set = new RemoteSet([second, first]);
  assert.equal(pick(set, 3), 'aaa');
  assert.equal(set.deactivate(first), true);
  assert.equal(set.deactivate(first), false, 'no news');
  assert.equal(pick(set, 3), 'bbb');
  set.activate(first);
  assert.equal(pick(set, 3), 'aaa');
});

test('weights are shares, and those without one are hardly ever chosen', () => {
  let next = 0;
  const set = new RemoteSet([remote('a', 0, 10), remote('b', 0, 30), remote('z')], () => next);
  const at = (random: number): string => {
    next = random;
    return pick(set, 1);
  };
  assert.deepEqual([0.02, 0.24, 0.26, 0.99].map(at), ['a', 'a', 'b', 'b']);
  assert.equal(at(0.005), 'z');
});

test('when all that are active were tried, the inactive follow', () => {
  const [up, down] = [remote('up'), remote('down')];
  const set = new RemoteSet([up, down]);
  set.deactivate(down);
  assert.equal(set.pick(new Set()), up);
  assert.equal(set.pick(new Set([up])), down);
  assert.equal(set.pick(new Set([up, down])), undefined);
});
