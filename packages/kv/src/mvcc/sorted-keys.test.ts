/** The sorted set beside a sorted array, over sizes that split chunks and overflow the tail. */
import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { RandomRequests } from '../txn/random-requests.fixture.ts';
import { SortedKeys } from './sorted-keys.ts';
import type { KeyCursor } from './sorted-keys.ts';

function take(cursor: KeyCursor, count: number): string[] {
  const keys: string[] = [];
  for (let key = cursor.key; key !== undefined && keys.length < count; key = cursor.next()) {
    keys.push(key);
  }
  return keys;
}

test('random keys come out in order from any place, both ways, while keys come and go', () => {
  const random = new RandomRequests(3);
  const keys = new SortedKeys();
  const model = new Set<string>();
  for (let round = 0; round < 40; round++) {
    for (let step = 0; step < 300; step++) {
      const key = String(random.integer(0, 99_999)).padStart(5, '0');
      if (model.has(key)) continue;
      keys.add(key);
      model.add(key);
    }
    const sorted = [...model].sort();
    for (const key of sorted.filter(() => random.chance(0.2))) {
      keys.delete(key);
      model.delete(key);
    }
    const left = [...model].sort();
    equal(keys.size, left.length);
    for (let probe = 0; probe < 10; probe++) {
      const bound = String(random.integer(0, 100_000)).padStart(5, '0');
      const above = left.filter((key) => key >= bound);
      const below = left.filter((key) => key < bound).reverse();
      deepEqual(take(keys.ascending(bound), 700), above.slice(0, 700));
      deepEqual(take(keys.descending(bound), 700), below.slice(0, 700));
    }
    deepEqual(take(keys.ascending(''), Infinity), left);
    deepEqual(take(keys.descending(), Infinity), left.reverse());
  }
});

test('keys that come in order stay in order past the length of a tail', () => {
  const keys = new SortedKeys();
  const all = Array.from({ length: 40_000 }, (_, number) => String(number).padStart(6, '0'));
  for (const key of all) keys.add(key);
  deepEqual(take(keys.ascending('020000'), 3), ['020000', '020001', '020002']);
  equal(take(keys.ascending(''), Infinity).length, all.length);
});

test('keys that come backwards do too', () => {
  const keys = new SortedKeys();
  const all = Array.from({ length: 40_000 }, (_, number) => String(number).padStart(6, '0'));
  for (const key of all.toReversed()) keys.add(key);
  deepEqual(take(keys.ascending(''), Infinity), all);
});

test('the empty set has nothing either way, also when it has been emptied', () => {
  const keys = new SortedKeys();
  const isEmpty = (): void => {
    deepEqual(
      [keys.ascending('').key, keys.descending().key, keys.size],
      [undefined, undefined, 0],
    );
  };
  isEmpty();
  keys.add('a');
  keys.delete('a');
  isEmpty();
});
