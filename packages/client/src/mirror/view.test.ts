/** A list replaces a view by its difference: whoever applies the difference has the list. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Entry } from '../kv/entry.ts';
import { KeySpace } from '../kv/key-space.ts';
import type { Change } from '../watch/change.ts';
import { View } from './view.ts';

const entry = (key: string, value: string, modRevision: number): Entry =>
  new Entry(
    {
      key: Buffer.from(key),
      value: Buffer.from(value),
      createRevision: 1,
      modRevision,
      version: 1,
      lease: 0n,
    },
    new KeySpace(),
  );
const listOf = (entries: readonly Entry[]): Map<string, Entry> =>
  new Map(entries.map((one) => [one.key, one]));
const brief = (change: Change): string =>
  change.kind === 'put'
    ? `${change.previous?.text ?? ''}>${change.entry.key}=${change.entry.text}`
    : `-${change.key}`;

test('what is gone, new and different is told; what is the same is not', () => {
  const view = new View();
  view.replace(listOf([entry('a', '1', 1), entry('b', '1', 2), entry('c', '1', 3)]), 3);
  const changes = view.replace(
    listOf([entry('b', '1', 2), entry('c', '2', 5), entry('d', '1', 6)]),
    7,
  );
  assert.deepEqual(changes.map(brief), ['-a', '1>c=2', '>d=1']);
  assert.deepEqual([...view.entries.keys()].sort(), ['b', 'c', 'd']);
});

test('after a restore another value may have the same revision', () => {
  const view = new View();
  view.replace(listOf([entry('a', 'one', 5)]), 5);
  assert.deepEqual(view.replace(listOf([entry('a', 'two', 5)]), 5).map(brief), ['one>a=two']);
});

test('applied to a copy, the differences of any lists lead from one to the next', () => {
  const lists = fc.array(
    fc.dictionary(
      fc.constantFrom('a', 'b', 'c', 'd'),
      fc.tuple(fc.constantFrom('x', 'y'), fc.nat(3)),
    ),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(lists, (many) => {
      const [view, copy] = [new View(), new View()];
      for (const one of many) {
        const list = listOf(Object.entries(one).map(([key, [value, at]]) => entry(key, value, at)));
        copy.apply(view.replace(list, 9));
        const show = ({ entries }: View): unknown[] =>
          [...entries]
            .map(([key, { text, modRevision }]) => `${key}=${text}@${modRevision}`)
            .sort();
        assert.deepEqual(show(copy), show(view));
        assert.equal(view.entries.size, list.size);
      }
    }),
  );
});
