import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRevision, withParameters } from './view-address.ts';

test('a revision is a whole number above 0; anything else is now', () => {
  const read = (text: string) => readRevision(new URLSearchParams(text));
  assert.equal(read('revision=17'), 17);
  for (const text of [
    '',
    'revision=',
    'revision=0',
    'revision=-1',
    'revision=1.5',
    'revision=x',
    'revision=1e99',
  ]) {
    assert.equal(read(text), undefined, text);
  }
});

test('a change of an address leaves its other parameters alone', () => {
  const before = new URLSearchParams('prefix=%2Fa%2F&view=all&search=x');
  assert.equal(
    withParameters(before, { search: '', view: undefined, revision: '3' }).toString(),
    'prefix=%2Fa%2F&revision=3',
  );
  assert.equal(before.get('search'), 'x');
});
