import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reachOfDrain, sharesOfWeight } from './decision-reach.ts';
import type { Instance } from './service-queries.ts';

const instance = (id: string, zone: string, weight = 100, state: Instance['state'] = 'serving') =>
  ({ id, zone, weight, state }) as Instance;

test('draining one of four leaves three, and three quarters of the weight', () => {
  const all = ['a', 'b', 'c', 'd'].map((id) => instance(id, 'east'));
  const reach = reachOfDrain(all, all[0] as Instance);
  assert.deepEqual(reach, { serving: 4, remaining: 3, weightShare: 0.75, lastInZone: undefined });
});

test('the last one of a zone is told, and those that do not serve do not count', () => {
  const east = instance('a', 'east');
  const all = [east, instance('b', 'west', 300), instance('c', 'east', 100, 'draining')];
  const reach = reachOfDrain(all, east);
  assert.equal(reach.lastInZone, 'east');
  assert.equal(reach.weightShare, 0.75);
});

test('nothing stays of a service with one instance', () => {
  const only = instance('a', 'east');
  assert.deepEqual(reachOfDrain([only], only), {
    serving: 1,
    remaining: 0,
    weightShare: 0,
    lastInZone: 'east',
  });
});

test('a weight is a share among those that serve', () => {
  const one = instance('a', 'east', 100);
  assert.deepEqual(sharesOfWeight([one, instance('b', 'east', 100)], one, 25), {
    before: 0.5,
    after: 0.2,
  });
  assert.deepEqual(sharesOfWeight([one], one, 0), { before: 1, after: 0 });
});
