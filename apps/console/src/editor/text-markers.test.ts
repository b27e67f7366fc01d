import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatOfName } from './text-format.ts';
import { markersOf } from './text-markers.ts';

const marked = (text: string, issue: Parameters<typeof markersOf>[1][number]): string => {
  const [marker] = markersOf(text, [issue]);
  return text.slice(marker!.from, marker!.to);
};

test('an issue with a line is marked there to the end of the line', () => {
  assert.equal(marked('one\ntwo three\nfour', { message: '', line: 2, column: 5 }), 'three');
  assert.equal(marked('one', { message: '', line: 9, column: 9 }), '');
});

test('a path is found by its names in every format, also behind others of the same name', () => {
  assert.equal(marked('{"max": 1, "pool": {"max": -1}}', { message: '', path: 'pool.max' }), 'max');
  const [marker] = markersOf('{"max": 1, "pool": {"max": -1}}', [
    { message: 'too small', path: 'pool.max' },
  ]);
  assert.equal(marker?.from, 21);
  assert.equal(marker.message, 'pool.max: too small');
  assert.equal(
    markersOf('max: 1\npool:\n  max: -1', [{ message: '', path: 'pool.max' }])[0]?.from,
    15,
  );
  assert.equal(markersOf('[pool]\nmax = -1', [{ message: '', path: 'pool.max' }])[0]?.from, 7);
  assert.equal(marked('hosts:\n- zone: x', { message: '', path: 'hosts[0].zone' }), 'zone');
});

test('a field that is missing is marked at what it is missing from, or on the first line', () => {
  assert.equal(marked('{"pool": {}}', { message: '', path: 'pool.max' }), 'pool');
  assert.equal(marked('{"a": 1}\n', { message: '', path: 'pool' }), '{"a": 1}');
});

test('a format is told by the ending of a name', () => {
  assert.deepEqual(['a/b.yml', 'x.TOML', 'x.json', 'db'].map(formatOfName), [
    'yaml',
    'toml',
    'json',
    'text',
  ]);
});
