/** What is carried is released in as few transactions as hold it, in its order. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { releaseBytes, releaseParts } from './export.ts';
import { RELEASE_BYTES_MAX, RELEASE_ITEMS_MAX } from './store.ts';

const lengths = (bytes: readonly number[]): readonly number[] =>
  releaseParts(bytes.map((one) => ({ bytes: one }))).map(({ length }) => length);

test('a part has as many items as one transaction releases', () => {
  assert.deepEqual(lengths([]), []);
  assert.deepEqual(lengths(Array.from({ length: RELEASE_ITEMS_MAX + 1 }, () => 1)), [
    RELEASE_ITEMS_MAX,
    1,
  ]);
});

test('a part is never larger than a transaction, and no item waits for a later part', () => {
  const half = RELEASE_BYTES_MAX / 2;
  assert.deepEqual(lengths([half, half, half]), [2, 1]);
  assert.deepEqual(lengths([1, RELEASE_BYTES_MAX, 1]), [1, 1, 1]);
});

test('an item takes its content twice, and what is stored of it', () => {
  assert.equal(releaseBytes('ä'.repeat(100), 50) - releaseBytes(''), 2 * 200 + 50);
});
