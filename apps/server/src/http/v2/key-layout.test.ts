/** The layout keeps children, what is deeper, and namesakes apart, whatever bytes are in a path. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromByteString, toByteString } from '@concord/protocol';
import {
  childrenOf,
  deeperThan,
  expiredBy,
  expiryKey,
  nodeKey,
  pathOfNode,
  readExpiryKey,
  type KeyRange,
} from './key-layout.ts';
import { isBelow, parentOf, type KeyPath } from './key-path.ts';

const names = ['a', 'ab', 'b', '\0', '\x01', '\x01\x01', '\x01\x02', 'a\0b', '\xff', ' ', '0', '~'];
const paths: readonly KeyPath[] = names.flatMap((first) => [
  `/${first}`,
  ...names.flatMap((second) => [`/${first}/${second}`, `/${first}/${second}/x`]),
]);

const holds = ({ key, rangeEnd }: KeyRange, at: string): boolean =>
  toByteString(key) <= at && at < toByteString(rangeEnd);

test('a path comes back from its key', () => {
  for (const path of paths) assert.equal(pathOfNode(fromByteString(nodeKey(path))), path);
  assert.equal(new Set(paths.map(nodeKey)).size, paths.length);
});

test('the children of a directory are one range, all that is deeper another', () => {
  for (const directory of ['/', ...paths.filter((path) => path.split('/').length < 4)]) {
    for (const path of paths) {
      const isChild = path !== '/' && parentOf(path) === directory;
      assert.equal(holds(childrenOf(directory), nodeKey(path)), isChild);
      assert.equal(
        holds(deeperThan(directory), nodeKey(path)),
        isBelow(path, directory) && !isChild,
      );
    }
  }
});

test('expiries are in the order of time, and come back from their keys', () => {
  const key = expiryKey('/a/b', 1000);
  assert.deepEqual(readExpiryKey(fromByteString(key)), { path: '/a/b', expiryMs: 1000 });
  assert.ok(key < expiryKey('/a', 10_000));
  assert.ok(holds(expiredBy(1000), key));
  assert.ok(!holds(expiredBy(999), key));
  assert.equal(readExpiryKey(fromByteString(`${key.slice(0, -8)}x`)), undefined);
});
