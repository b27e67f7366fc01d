/** What is asked for is taken as it was sent. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { targetOf } from './request-target.ts';

const target = (url: string): [string, string] => {
  const { path, parameters } = targetOf({ url });
  return [path, parameters];
};

test('a path is taken as it was sent', () => {
  assert.deepEqual(target('/kv//a/../%2F?x=1?2'), ['/kv//a/../%2F', 'x=1?2']);
  assert.deepEqual(target('/kv/a'), ['/kv/a', '']);
});

test('a whole URL is as good as its path', () => {
  assert.deepEqual(target('http://member:2379/kv/a?keys'), ['/kv/a', 'keys']);
});
