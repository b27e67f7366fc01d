import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isNotModified, preconditionOf } from './etag.ts';

test('a reader has what it names, among others, weakened by a proxy, or by *', () => {
  const isKnown = (tag: string): boolean => isNotModified({ 'if-none-match': tag }, 17);
  for (const tag of ['"17"', 'W/"17"', '"3", "17"', '"3",W/"17"', '*'])
    assert.ok(isKnown(tag), tag);
  for (const tag of ['"1"', '17', '"3", "4"', '']) assert.ok(!isKnown(tag), tag);
  assert.ok(!isNotModified({}, 17));
});

test('a write is conditional on a revision, on there being something, or nothing', () => {
  assert.deepEqual(preconditionOf({}), { kind: 'none' });
  assert.deepEqual(preconditionOf({ 'if-match': 'W/"17"' }), { kind: 'revision', revision: 17 });
  assert.deepEqual(preconditionOf({ 'if-match': '*' }), { kind: 'present' });
  assert.deepEqual(preconditionOf({ 'if-none-match': '*' }), { kind: 'absent' });
  for (const headers of [{ 'if-match': 'x' }, { 'if-none-match': '"1"' }])
    assert.throws(() => preconditionOf(headers), { kind: 'invalid-request' });
});
