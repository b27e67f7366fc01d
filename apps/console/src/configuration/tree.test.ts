import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldersAbove, rowsOf, treeOf } from './tree.ts';

const tree = treeOf(
  ['z', 'orders/db', 'orders', 'orders/cache/ttl', 'a'].map((path) => ({ path })),
);
const shown = (isOpen: (path: string) => boolean): string[] =>
  rowsOf(tree, isOpen).map(
    ({ node, depth }) => `${' '.repeat(depth)}${node.label}${node.kind === 'folder' ? '/' : ''}`,
  );

test('folders come before items, and an item may have the name of a folder', () => {
  assert.deepEqual(
    shown(() => false),
    ['orders/', 'a', 'orders', 'z'],
  );
  assert.deepEqual(
    shown(() => true),
    ['orders/', ' cache/', '  ttl', ' db', 'a', 'orders', 'z'],
  );
  assert.equal(tree.children[0]!.kind === 'folder' && tree.children[0]!.count, 2);
});

test('an item is seen when the folders above it are open', () => {
  const above = foldersAbove('orders/cache/ttl');
  assert.deepEqual(above, ['orders', 'orders/cache']);
  assert.ok(shown((path) => above.includes(path)).includes('  ttl'));
});
