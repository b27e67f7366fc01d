import assert from 'node:assert/strict';
import { test } from 'node:test';
import { json } from '@codemirror/lang-json';
import { EditorState } from '@codemirror/state';
import { placeAt, placeInYaml, type DocumentPlace } from './document-path.ts';

/** The place of `|` in a document. */
const inJson = (marked: string): DocumentPlace => {
  const position = marked.indexOf('|');
  const state = EditorState.create({ doc: marked.replace('|', ''), extensions: json() });
  return placeAt(state, position, 'json');
};
const inYaml = (marked: string): DocumentPlace =>
  placeInYaml(marked.replace('|', ''), marked.indexOf('|'));

test('in JSON a name is told from a value, with the names above and beside it', () => {
  assert.deepEqual(inJson('{"pool": {"max": 1, "|"}}'), {
    path: ['pool'],
    kind: 'name',
    taken: ['max'],
  });
  assert.deepEqual(inJson('{"pool": {"max": |}}').path, ['pool', 'max']);
  assert.equal(inJson('{"pool": {"max": |}}').kind, 'value');
  assert.deepEqual(inJson('{"hosts": [{"zone": "|"}]}'), {
    path: ['hosts', 0, 'zone'],
    kind: 'value',
    taken: [],
  });
  assert.deepEqual(inJson('{"a": 1, |}'), { path: [], kind: 'name', taken: ['a'] });
});

test('in YAML indentation tells the same', () => {
  assert.deepEqual(inYaml('pool:\n  max: 1\n  m|'), {
    path: ['pool'],
    kind: 'name',
    taken: ['max'],
  });
  assert.deepEqual(inYaml('pool:\n  max: |'), { path: ['pool', 'max'], kind: 'value', taken: [] });
  assert.deepEqual(inYaml('a: 1\npool:\n  max: 1\nz|').path, []);
  assert.deepEqual(inYaml('hosts:\n  - z|').path, ['hosts', 0]);
  assert.deepEqual(inYaml('hosts:\n  - zone: a\n    n|').path, ['hosts', 0]);
});
