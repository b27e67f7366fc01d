/** The form of a snapshot: what went in comes out, and damage is told from content. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeSnapshot, encodeSnapshot, type SnapshotItem } from './snapshot-file.ts';

const item: SnapshotItem = {
  item: { text: '{ "content": "a\\nb" }', revision: 7 },
  plain: { text: 'ü', revision: 3 },
  revision: 9,
  at: '2026-01-01T00:00:00.000Z',
};
const text = encodeSnapshot(new Map([['default/x', item]]));

test('items come back as they were stored', () => {
  const read = decodeSnapshot(text);
  assert.ok(read.ok);
  assert.deepEqual([...read.items], [['default/x', item]]);
});

test('every cut and every flipped bit is noticed', () => {
  for (let end = 0; end < text.length - 1; end++) {
    assert.ok(!decodeSnapshot(text.slice(0, end)).ok, `cut at ${end}`);
  }
  const bytes = Buffer.from(text);
  // The line's end at the very end is not part of what is checked.
  for (let at = 0; at < bytes.length - 1; at++) {
    const damaged = Buffer.from(bytes);
    damaged[at]! ^= 1;
    assert.ok(!decodeSnapshot(damaged.toString()).ok, `byte ${at}`);
  }
});

test('files of others, and of later versions, are told by what they are', () => {
  const problem = (file: string): string => {
    const read = decodeSnapshot(file);
    return read.ok ? 'none' : read.problem;
  };
  assert.equal(problem('hello'), 'it is no snapshot');
  assert.equal(problem(text.replace('"version":1', '"version":2')), 'it is of version 2, not 1');
  assert.equal(
    problem(encodeSnapshot(new Map([['x', { revision: 1 } as SnapshotItem]]))),
    'its item "x" is no item',
  );
});
