/** Selectors by a table of what they let through, and the labels that are refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcordError } from '@concord/client';
import { checkLabels, parseSelector } from './labels.ts';

const labels = { version: '2', region: 'eu', 'app.kubernetes.io/name': 'orders' };

for (const [selector, expected] of [
  ['', true],
  ['version=2', true],
  ['version==2', true],
  ['version=1', false],
  ['version=2,region!=eu', false],
  ['version=2, region!=us', true],
  ['absent!=x', true],
  ['region in (eu, us)', true],
  ['region in (us),version=2', false],
  ['region notin (us,ap)', true],
  ['absent notin (us)', true],
  ['absent in (us)', false],
  ['region', true],
  ['!region', false],
  ['!absent', true],
  ['app.kubernetes.io/name=orders', true],
  ['empty=', false],
] as const) {
  test(`"${selector}" ${expected ? 'selects' : 'leaves out'}`, () => {
    assert.equal(parseSelector('registry.discover', 'where', selector)(labels), expected);
  });
}

for (const selector of ['=2', 'a=b=c', 'a in eu', 'a,,b', 'a in (b', 'a b']) {
  test(`"${selector}" is refused, and the part in question named`, () => {
    assert.throws(
      () => parseSelector('registry.discover', 'where', selector),
      (error) => ConcordError.is(error, 'INVALID_ARGUMENT') && /"where"/.test(error.message),
    );
  });
}

for (const [what, value] of [
  ['a list', ['a']],
  ['a number for a value', { a: 1 }],
  ['a name with a space', { 'a b': 'x' }],
  ['a value of a kilobyte', { a: 'x'.repeat(1024) }],
  ['a hundred', Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`l${i}`, 'x']))],
] as const) {
  test(`labels that are ${what} are refused`, () => {
    assert.throws(
      () => checkLabels('registry.register', value),
      (error) => ConcordError.is(error, 'INVALID_ARGUMENT') && error.subject === 'labels',
    );
  });
}

test('labels are copied, so that a later change of the object is none', () => {
  const given = { a: '1' };
  const taken = checkLabels('registry.register', given);
  given.a = '2';
  assert.deepEqual(taken, { a: '1' });
  assert.deepEqual(checkLabels('registry.register', undefined), {});
});
