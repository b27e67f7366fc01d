/**
 * Goal: keys of any length keep their order and their identity on the way into LMDB and back.
 * Method: pairs of keys around the limit, compared before and after.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBucket, updateBucket, writeBucket } from './bucket.ts';
import { checksumBytes } from './row-value.ts';
import { isBucketKey, isPlainKey, storedKey, storedKeyBytesMax } from './stored-key.ts';

const limit = storedKeyBytesMax;
const keys = [
  '',
  '\0',
  '\0\0',
  '\x01',
  'a'.repeat(limit - 1),
  `${'a'.repeat(limit - 1)}\0`,
  `${'a'.repeat(limit - 1)}\0\0`,
  'a'.repeat(limit),
  'a'.repeat(limit + 1),
  `${'a'.repeat(limit)}b`,
  `${'a'.repeat(limit - 1)}b`,
  `${'a'.repeat(limit - 2)}b`,
  'b',
  '\xff'.repeat(limit + 5),
].sort();

test('stored keys are within the limit, and sort as their keys do', () => {
  for (const [i, a] of keys.entries()) {
    assert.ok(storedKey(a).length >= 1 && storedKey(a).length <= limit);
    for (const b of keys.slice(i)) assert.ok(storedKey(a) <= storedKey(b));
  }
});

test('a row of its own is had by plain keys alone, and no other key has the same', () => {
  for (const key of keys) assert.equal(isPlainKey(key), !isBucketKey(storedKey(key)));
  const plain = keys.filter(isPlainKey).map(storedKey);
  assert.equal(new Set(plain).size, plain.length);
});

test('a bucket comes back as it was written, in order', () => {
  const value = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
  const items = updateBucket(
    [
      { key: 'b', value: value('old') },
      { key: 'd', value: value('gone') },
    ],
    [
      { key: 'c', value: value('') },
      { key: 'a\xff', value: value('new') },
      { key: 'b', value: value('newer') },
      { key: 'd', value: null },
    ],
  );
  const stored = writeBucket(items);
  const read = readBucket(stored.subarray(0, stored.length - checksumBytes));
  assert.deepEqual(
    read.map((item) => [item.key, Buffer.from(item.value).toString()]),
    [
      ['a\xff', 'new'],
      ['b', 'newer'],
      ['c', ''],
    ],
  );
});
