import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textOfState } from './text-of-state.ts';

test('two states that differ in the order of names are the same text; a text of JSON is opened', () => {
  assert.equal(
    textOfState({ b: 1, a: [{ d: 1, c: 2 }] }),
    textOfState('{"a":[{"c":2,"d":1}],"b":1}'),
  );
});

test('nothing is nothing, and other texts stay as they are', () => {
  assert.equal(textOfState(undefined), '');
  assert.equal(textOfState('{not json'), '{not json');
  assert.equal(textOfState('plain'), 'plain');
});
