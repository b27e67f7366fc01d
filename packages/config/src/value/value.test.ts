/** Values: merged, compared, frozen, diffed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesBetween, touches } from './changes.ts';
import { deepFreeze } from './freeze.ts';
import { lineDiff } from './line-diff.ts';
import { merge } from './merge.ts';

test('objects are merged key by key, and everything else is replaced', () => {
  const under = { a: { x: 1, y: 1 }, list: [1, 2], gone: { deep: 1 }, kept: 1 };
  const over = { a: { y: 2 }, list: [3], gone: null };
  assert.deepEqual(merge(under, over), { a: { x: 1, y: 2 }, list: [3], gone: null, kept: 1 });
  assert.deepEqual(under.a, { x: 1, y: 1 }, 'neither is changed');
});

test('a document cannot reach the prototype of all objects', () => {
  const hostile = JSON.parse(
    '{ "__proto__": { "polluted": true }, "constructor": { "prototype": { "polluted": true } } }',
  ) as object;
  merge({}, hostile);
  merge(hostile, hostile);
  assert.equal(({} as { polluted?: boolean }).polluted, undefined);
  assert.equal(Object.getPrototypeOf(merge({}, hostile)), Object.prototype);
});

test('changes are told by the places where they are', () => {
  const cases: [unknown, unknown, string[]][] = [
    [{ a: 1 }, { a: 1 }, []],
    [{ a: { b: 1 } }, { a: { b: 2 } }, ['changed a.b']],
    [{ a: 1 }, { b: 1 }, ['removed a', 'added b']],
    [
      [1, 2],
      [1, 3, 4],
      ['changed 1', 'added 2'],
    ],
    [{ a: [1] }, { a: { 0: 1 } }, ['changed a']],
    ['x', 'y', ['changed ']],
    [undefined, { a: 1 }, ['added ']],
    [new Date(0), new Date(1), ['changed ']],
  ];
  for (const [before, after, expected] of cases) {
    assert.deepEqual(
      changesBetween(before, after).map(({ kind, path }) => `${kind} ${path}`),
      expected,
    );
  }
  assert.ok(touches('pool.max', 'pool') && touches('pool', 'pool.max') && touches('', 'pool'));
  assert.ok(!touches('pooling', 'pool'));
});

test('a frozen value can be changed nowhere, and what is no data is left alone', () => {
  const map = new Map([[1, 2]]);
  const bytes = new Uint8Array(2);
  const frozen = deepFreeze({ a: [{ b: 1 }], map, bytes });
  assert.throws(() => (frozen.a[0]!.b = 2), TypeError);
  assert.throws(() => frozen.a.push({ b: 3 }), TypeError);
  map.set(3, 4);
  bytes[0] = 1;
});

test('lines are told apart as diff does', () => {
  assert.deepEqual(lineDiff('a\nb\nc\nd', 'a\nc\nx\nd'), [' a', '-b', ' c', '+x', ' d']);
  assert.deepEqual(lineDiff('same', 'same'), []);
  assert.deepEqual(lineDiff('', 'a'), ['-', '+a']);
  const long = (first: string): string =>
    [first, ...Array<string>(3000).fill('x'), first].join('\n');
  const diff = lineDiff(long('a'), long('b'));
  assert.equal(
    diff.filter((line) => line.startsWith('-')).length,
    diff.filter((line) => line.startsWith('+')).length,
  );
});
