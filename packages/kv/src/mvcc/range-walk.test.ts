/** A walk against one range request at the revision where it began, while the store goes on. */
import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import { test } from 'node:test';
import type { RangeRequest } from '@concord/protocol';
import { MemoryStore } from '../memory-store.ts';
import { MvccStore } from './mvcc-store.ts';
import type { RangeWalk, RangeWalkEnd } from './range-walk.ts';
import { deleteRange, pairsOf, put, range } from './requests.fixture.ts';

const keyOf = (at: number): string => `k${String(at).padStart(4, '0')}`;

function storeOf(keys: number, valueBytes = 1): MvccStore {
  const store = MvccStore.open(new MemoryStore({ reusesBuffer: true }));
  for (let at = 0; at < keys; at++) store.put(put(keyOf(at), 'v'.repeat(valueBytes)));
  return store;
}

interface Walked {
  readonly records: Uint8Array[];
  readonly pieces: number[];
  readonly end: RangeWalkEnd;
}

function walkToTheEnd(walk: RangeWalk, bytesMax: number, between = (): void => {}): Walked {
  const records: Uint8Array[] = [];
  const pieces: number[] = [];
  for (;;) {
    const piece = walk.next(bytesMax);
    records.push(...piece.records);
    pieces.push(piece.records.length);
    if (piece.end !== undefined) return { records, pieces, end: piece.end };
    between();
  }
}

const requests: readonly Partial<RangeRequest>[] = [
  {},
  { limit: 1 },
  { limit: 256 },
  { limit: 599 },
  { limit: 600 },
  { limit: 601 },
  { limit: -1 },
  { keysOnly: true },
  { countOnly: true },
  { countOnly: true, limit: 3 },
  { revision: 300 },
  { revision: -7, limit: 2 },
];

for (const ask of requests) {
  test(`a walk comes to what the range answers: ${JSON.stringify(ask)}`, () => {
    for (const bytesMax of [1, 500, 1e6]) {
      const store = storeOf(600);
      store.compact(200);
      const request = range('k', 'l', ask);
      const whole = store.range(request);
      let writes = 0;
      const walked = walkToTheEnd(store.walk(request), bytesMax, () => {
        store.put(put(keyOf(writes * 7), 'changed'));
        store.put(put(`k0000new${writes}`));
        store.deleteRange(deleteRange(keyOf(599 - writes * 3)));
        writes++;
      });
      deepEqual(pairsOf(walked.records), pairsOf(whole.records));
      const { revision, more, count } = whole;
      deepEqual(walked.end, { revision, more, count });
    }
  });
}

test('a single key, and a range without keys, come in one piece', () => {
  const store = storeOf(3);
  for (const request of [range('k0001'), range('x'), range('b', 'a'), range('x', 'z')]) {
    const whole = store.range(request);
    const { records, pieces, end } = walkToTheEnd(store.walk(request), 100);
    deepEqual(pairsOf(records), pairsOf(whole.records));
    deepEqual([end.count, pieces.length], [whole.count, 1]);
  }
});

test('a piece is bounded in bytes, and a record that is larger comes alone', () => {
  const store = storeOf(20, 1000);
  const { pieces } = walkToTheEnd(store.walk(range('k', 'l')), 5000);
  ok(Math.max(...pieces) <= 5, pieces.join());
  equal(walkToTheEnd(store.walk(range('k', 'l')), 1).pieces.length, 20);
});

test('a future and a compacted revision are refused', () => {
  const store = storeOf(5);
  store.compact(4);
  throws(() => store.walk(range('k', 'l', { revision: 3 })), { name: 'ErrCompacted' });
  throws(() => store.walk(range('k', 'l', { revision: 7 })), { name: 'ErrFutureRev' });
});

test('a walk whose revision is compacted meanwhile says so, and one at that revision goes on', () => {
  const store = storeOf(300);
  const doomed = store.walk(range('k', 'l'));
  doomed.next(1);
  store.put(put('k0000', 'changed'));
  const kept = store.walk(range('k', 'l'));
  kept.next(1);
  store.compact(store.revision);
  while (store.compactionWork(100));
  throws(() => doomed.next(1), { name: 'ErrCompacted' });
  equal(walkToTheEnd(kept, 1e6).end.count, 300);
});
