/** Keys and ranges of a namespace stay within it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeRange, endOfPrefix, KeySpace, type KeyRange } from './key-space.ts';

const text = ({ key, rangeEnd }: { key: Uint8Array; rangeEnd: Uint8Array }): string[] => [
  Buffer.from(key).toString('latin1'),
  Buffer.from(rangeEnd).toString('latin1'),
];

test('without a namespace ranges are as etcd has them', () => {
  const space = new KeySpace();
  const cases: readonly (readonly [KeyRange, string, string])[] = [
    ['a', 'a', ''],
    [{ prefix: 'ab' }, 'ab', 'ac'],
    [{ prefix: '' }, '\0', '\0'],
    [{ from: 'a', to: 'c' }, 'a', 'c'],
    [{ from: 'a' }, 'a', '\0'],
    [{ from: '' }, '\0', '\0'],
    [{ prefix: Uint8Array.of(0x61, 0xff, 0xff) }, 'a\xff\xff', 'b'],
    [{ prefix: Uint8Array.of(0xff) }, '\xff', '\0'],
  ];
  for (const [range, key, end] of cases)
    assert.deepEqual(text(space.range(range, 'x')), [key, end]);
});

test('within a namespace open ends stay in it', () => {
  const space = new KeySpace().within('ns/').within('b/');
  assert.deepEqual(text(space.range('a', 'x')), ['ns/b/a', '']);
  assert.deepEqual(text(space.range({ prefix: '' }, 'x')), ['ns/b/', 'ns/b0']);
  assert.deepEqual(text(space.range({ from: 'k' }, 'x')), ['ns/b/k', 'ns/b0']);
  assert.deepEqual(text(space.range({ from: '' }, 'x')), ['ns/b/', 'ns/b0']);
  assert.deepEqual(text(space.range({ from: 'a', to: 'z' }, 'x')), ['ns/b/a', 'ns/b/z']);
  assert.equal(Buffer.from(space.strip(Buffer.from('ns/b/key'))).toString(), 'key');
  assert.ok(space.holds(Buffer.from('ns/b/')));
  assert.ok(!space.holds(Buffer.from('ns/a/b')));
  assert.ok(!space.holds(Buffer.from('ns')));
});

test('the end of a prefix is made without touching the prefix', () => {
  const prefix = Buffer.from('ab');
  assert.equal(Buffer.from(endOfPrefix(prefix)).toString(), 'ac');
  assert.equal(prefix.toString(), 'ab');
});

test('what is no key or range is refused, and named', () => {
  const space = new KeySpace();
  const bad = { code: 'INVALID_ARGUMENT', message: /^kv\.get: / };
  for (const key of ['', new Uint8Array(0), 7, null, undefined, {}]) {
    assert.throws(() => space.key(key as never, 'kv.get'), bad);
  }
  for (const range of [
    '',
    {},
    { prefix: 1 },
    { from: 1 },
    { from: 'a', to: 1 },
    { from: 'a', to: '' },
    null,
  ]) {
    assert.throws(() => space.range(range as never, 'kv.get'), bad);
  }
});

test('ranges in words', () => {
  assert.equal(describeRange('a'), 'a');
  assert.equal(describeRange({ prefix: 'a/' }), 'a/*');
  assert.equal(describeRange({ from: 'a', to: Buffer.from('b') }), '[a, b)');
  assert.equal(describeRange({ from: 'a' }), '[a, …)');
});
