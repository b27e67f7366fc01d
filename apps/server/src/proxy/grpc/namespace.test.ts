import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Namespace } from './namespace.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const text = (value: Uint8Array): string => Buffer.from(value).toString('latin1');

function spanOf(prefix: string, key: string, rangeEnd: string): [string, string] {
  const span = new Namespace(prefix).span({ key: bytes(key), rangeEnd: bytes(rangeEnd) });
  return [text(span.key), text(span.rangeEnd)];
}

test('a key and a range get the prefix; a range without an end ends with the namespace', () => {
  assert.deepEqual(spanOf('p/', 'a', ''), ['p/a', '']);
  assert.deepEqual(spanOf('p/', 'a', 'b'), ['p/a', 'p/b']);
  assert.deepEqual(spanOf('p/', 'a', '\0'), ['p/a', 'p0']);
});

test('a request without a key is left for the member to refuse', () => {
  assert.deepEqual(spanOf('p/', '', '\0'), ['', '\0']);
});

test('answers lose the prefix, and what is not of the namespace is left out', () => {
  const namespace = new Namespace('p/');
  assert.equal(text(namespace.bare(bytes('p/a'))), 'a');
  assert.deepEqual(namespace.ownKeys(['p/a', 'q/b', 'p'].map(bytes)).map(text), ['a']);
});
