/** Counts of ranges beside counts by hand, while keys come and go in numbers that split and merge segments. */
import { equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { fromByteString } from '@concord/protocol';
import { MemoryStore } from '../memory-store.ts';
import { RandomRequests } from '../txn/random-requests.fixture.ts';
import { MvccStore } from './mvcc-store.ts';
import { deleteRange, NO_END, put, range } from './requests.fixture.ts';
import { SEGMENT_KEYS_MAX } from './segments.ts';

const nameOf = (number: number): string => `/key/${String(number).padStart(6, '0')}`;

function count(store: MvccStore, from: string, to: string): number {
  return store.range(range(from, to, { countOnly: true })).count;
}

/** Every live key, to count by hand. */
class Tally {
  readonly keys = new Set<string>();

  count(from: string, to: string): number {
    let count = 0;
    for (const key of this.keys) if (key >= from && (to === NO_END || key < to)) count++;
    return count;
  }
}

test('random keys that come and go are counted right in every range, and after a restart', () => {
  const random = new RandomRequests(11);
  const memory = new MemoryStore({ reusesBuffer: true });
  const tally = new Tally();
  let store = MvccStore.open(memory);
  for (let phase = 0; phase < 12; phase++) {
    const isGrowing = phase % 3 !== 2;
    for (let step = 0; step < 1500; step++) {
      const name = nameOf(random.integer(0, 9999));
      if (random.chance(isGrowing ? 0.9 : 0.1)) {
        store.put(put(name));
        tally.keys.add(name);
      } else {
        store.deleteRange(deleteRange(name));
        tally.keys.delete(name);
      }
    }
    if (phase % 4 === 3) {
      const [from, to] = [nameOf(2000), nameOf(7000)];
      store.deleteRange(deleteRange(from, to));
      for (const key of tally.keys) if (key >= from && key < to) tally.keys.delete(key);
    }
    store.flush();
    if (phase % 2 === 1) store = MvccStore.open(memory);
    equal(store.keyCount, tally.keys.size);
    for (let probe = 0; probe < 50; probe++) {
      const from = nameOf(random.integer(0, 10_500));
      const to = random.chance(0.2) ? NO_END : nameOf(random.integer(0, 10_500));
      equal(count(store, from, to), tally.count(from, to), `phase ${phase}, ${from} to ${to}`);
    }
    equal(count(store, '\0', NO_END), tally.keys.size);
  }
});

test('segments stay within their size, and go when their keys go', () => {
  const store = MvccStore.open(new MemoryStore());
  const { segments } = store.space;
  for (let number = 0; number < 5000; number++) store.put(put(nameOf(number)));
  ok(segments.size >= 5000 / SEGMENT_KEYS_MAX, `${segments.size} segments`);
  ok(segments.size <= 1 + 5000 / (SEGMENT_KEYS_MAX / 2), `${segments.size} segments`);
  store.deleteRange(deleteRange('/', NO_END));
  equal(segments.size, 1);
  equal(segments.total, 0);
});

test('a limit does not change the count, on either side of a segment', () => {
  const store = MvccStore.open(new MemoryStore());
  for (let number = 0; number < 3000; number++) store.put(put(nameOf(number)));
  for (const from of [0, 1, 255, 256, 257, 1500, 2999]) {
    const { count: all, more } = store.range(range(nameOf(from), NO_END, { limit: 1 }));
    equal(all, 3000 - from);
    equal(more, all > 1);
  }
});

test('bounds are no longer than it takes to tell two keys apart', () => {
  const memory = new MemoryStore();
  const store = MvccStore.open(memory);
  const tail = 'x'.repeat(10_000);
  for (let number = 0; number < 600; number++) store.put(put(`${nameOf(number)}${tail}`));
  store.flush();
  memory.scan('segments', { from: '' }, (bound) => ok(bound.length <= nameOf(0).length));
  equal(fromByteString(nameOf(0)).length, 11);
});
