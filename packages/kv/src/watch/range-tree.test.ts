/**
 * The tree against a list that is searched, with thousands of random ranges; and its height, which is what makes
 * it worth having.
 */
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { contains, type KeyRange } from '@concord/protocol';
import { RangeTree } from './range-tree.ts';
import { WatcherGroup } from './watcher-group.ts';
import { seededRandom } from './watch-world.test.ts';

const nameOf = ({ from, to }: KeyRange): string => `${from}..${to ?? ''}`;

test('a key finds exactly the ranges that hold it, after any additions and removals', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const uniform = seededRandom(seed);
    const random = (below: number): number => Math.floor(uniform() * below);
    const key = (): string => String.fromCharCode(97 + random(26), 97 + random(26));
    const tree = new RangeTree();
    const groups = new Map<string, WatcherGroup>();
    for (let step = 0; step < 1500; step++) {
      const from = key();
      const range = { from, to: random(10) === 0 ? undefined : from + key().slice(random(2)) };
      const existing = groups.get(nameOf(range));
      assert.equal(tree.find(range), existing, `seed ${seed}`);
      if (existing === undefined) {
        const group = new WatcherGroup(range);
        tree.add(group);
        groups.set(nameOf(range), group);
      }
      if (random(5) < 2) {
        const [name, group] = [...groups][random(groups.size)] as [string, WatcherGroup];
        tree.remove(group);
        groups.delete(name);
      }
      if (step % 50 !== 0) continue;
      const sought = key();
      const matches: WatcherGroup[] = [];
      tree.match(sought, matches);
      const expected = [...groups.values()].filter((group) => contains(group, sought));
      assert.deepEqual(matches.map(nameOf).sort(), expected.map(nameOf).sort(), `seed ${seed}`);
    }
  }
});

test('a removed group may be added again', () => {
  const tree = new RangeTree();
  const groups = ['a', 'b', 'c', 'd', 'e'].map((from) => new WatcherGroup({ from, to: undefined }));
  for (let round = 0; round < 3; round++) {
    for (const group of groups) tree.add(group);
    const matches: WatcherGroup[] = [];
    tree.match('z', matches);
    assert.deepEqual(matches, groups);
    for (const group of groups) tree.remove(group);
  }
});

test('ranges that come in order leave the tree as low as 1.45 times the logarithm of their number', () => {
  const tree = new RangeTree();
  const count = 10_000;
  const groups = Array.from({ length: count }, (_, i) => {
    const from = String(i).padStart(5, '0');
    return new WatcherGroup({ from, to: `${from}~` });
  });
  for (const group of groups) tree.add(group);
  const height = Math.max(...groups.map((group) => group.height));
  assert.ok(height <= 1.45 * Math.log2(count + 2), `height ${height}`);
  for (const group of groups.slice(0, count - 100)) tree.remove(group);
  const left = Math.max(...groups.slice(count - 100).map((group) => group.height));
  assert.ok(left <= 1.45 * Math.log2(102), `height ${left} after removals`);
});
