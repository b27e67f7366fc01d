import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trailOf } from './key-trail.ts';

test('a trail leads to its prefix piece by piece', () => {
  assert.deepEqual(trailOf('/db/po'), [
    { prefix: '/', label: '/' },
    { prefix: '/db/', label: 'db/' },
    { prefix: '/db/po', label: 'po' },
  ]);
  assert.deepEqual(trailOf(''), []);
});
