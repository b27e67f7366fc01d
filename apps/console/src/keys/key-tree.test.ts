import assert from 'node:assert/strict';
import { test } from 'node:test';
import { levelOf, trailOf } from './key-tree.ts';

test('a level has its folders with how much is in them, then its keys', () => {
  const names = ['/a', '/a/b', '/a/c/d', '/e', 'plain'];
  assert.deepEqual(levelOf(names, ''), [
    { kind: 'folder', prefix: '/', label: '/', count: 4 },
    { kind: 'key', name: 'plain', label: 'plain' },
  ]);
  assert.deepEqual(levelOf(names, '/'), [
    { kind: 'folder', prefix: '/a/', label: 'a/', count: 2 },
    { kind: 'key', name: '/a', label: 'a' },
    { kind: 'key', name: '/e', label: 'e' },
  ]);
  assert.deepEqual(levelOf(['x//y'], 'x/'), [
    { kind: 'folder', prefix: 'x//', label: '/', count: 1 },
  ]);
});

test('a trail leads to its prefix piece by piece', () => {
  assert.deepEqual(trailOf('/db/po'), [
    { prefix: '/', label: '/' },
    { prefix: '/db/', label: 'db/' },
    { prefix: '/db/po', label: 'po' },
  ]);
  assert.deepEqual(trailOf(''), []);
});
