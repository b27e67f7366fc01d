/** Goal: the keys are those of etcd's concurrency package, and lines of nested names are kept apart. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPlaceKey, placeKey } from './place.ts';

test('a key is the name and the lease in hexadecimal', () => {
  assert.equal(placeKey('/jobs', 0x694d9a1b2cn), '/jobs/694d9a1b2c');
  assert.equal(placeKey('jobs/', 1n), 'jobs//1');
  // Servers give out positive ids; a program may choose another.
  assert.equal(placeKey('a', -255n), 'a/-ff');
  assert.equal(placeKey('a', BigInt.asUintN(64, -255n)), 'a/-ff');
  assert.ok(isPlaceKey('a', 'a/-ff'));
});

test('the places of a lock below are not those of the lock', () => {
  assert.ok(isPlaceKey('/jobs', '/jobs/694d9a1b2c'));
  assert.ok(!isPlaceKey('/jobs', '/jobs/nightly/694d9a1b2c'));
  assert.ok(!isPlaceKey('/jobs', '/jobs/a/694d9a1b2c'));
  assert.ok(!isPlaceKey('/jobs', '/jobs/'));
  assert.ok(!isPlaceKey('/jobs', '/jobber/1'));
});
