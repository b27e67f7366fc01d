/** What compactions remember of the history that they take away. The values are those that etcd 3.7.3 gives. */
import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStore } from '../memory-store.ts';
import { MvccStore } from '../mvcc/mvcc-store.ts';
import { compactToTheEnd, deleteRange, put } from '../mvcc/requests.fixture.ts';
import type { HashKv, HashKvResult } from './hash-kv.ts';

const open = (): MvccStore => MvccStore.open(new MemoryStore({ reusesBuffer: true }));

function wholeOf(hash: HashKv): HashKvResult {
  for (;;) {
    const result = hash.step(100);
    if (result !== undefined) return result;
  }
}

function compact(store: MvccStore, revision: number): void {
  store.compact(revision);
  compactToTheEnd(store);
}

test('a compaction remembers what could be asked for before it', () => {
  const store = open();
  for (let i = 0; i < 8; i++) store.put(put('foo', 'bar'));
  store.put(put('fop', 'bar'));
  equal(store.hashOfCompaction(5), undefined);
  const before = wholeOf(store.hashKv(5));
  compact(store, 5);
  deepEqual(store.hashOfCompaction(5), before);
  deepEqual(before, { hash: 3662656987, hashRevision: 5, compactedRevision: -1 });
  compact(store, 8);
  deepEqual(store.hashOfCompaction(5), before);
  deepEqual(store.hashOfCompaction(8), {
    hash: 3757464807,
    hashRevision: 8,
    compactedRevision: 5,
  });
  for (const other of [0, 4, 6, 7, 9]) equal(store.hashOfCompaction(other), undefined);
});

test('a deletion at exactly its revision counts for a key that lives', () => {
  const store = open();
  store.put(put('a', 'a'));
  compact(store, 2);
  equal(store.hashOfCompaction(2)?.hash, 3407656708);
  store.deleteRange(deleteRange('a'));
  equal(wholeOf(store.hashKv(3)).hash, 1089006714);
  compact(store, 3);
  deepEqual(store.hashOfCompaction(3), {
    hash: 3681333679,
    hashRevision: 3,
    compactedRevision: 2,
  });
});

test('compactions that wait are hashed and carried out one by one', () => {
  const [slow, prompt] = [open(), open()];
  for (const store of [slow, prompt]) for (let i = 0; i < 9; i++) store.put(put('k', `${i}`));
  for (const revision of [3, 5, 6]) compact(prompt, revision);
  for (const revision of [3, 5, 6]) slow.compact(revision);
  compactToTheEnd(slow, () => slow.revision < 15 && slow.put(put('other')));
  for (const revision of [3, 5, 6]) {
    deepEqual(slow.hashOfCompaction(revision), prompt.hashOfCompaction(revision));
  }
  equal(slow.finishedCompaction, 6);
});

test('the last ten are kept, and a restart forgets them', () => {
  const memory = new MemoryStore({ reusesBuffer: true });
  const store = MvccStore.open(memory);
  for (let i = 0; i < 12; i++) {
    store.put(put('k'));
    compact(store, i + 2);
  }
  const kept = Array.from({ length: 13 }, (_, i) => i + 1).filter(
    (revision) => store.hashOfCompaction(revision) !== undefined,
  );
  deepEqual(kept, [4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  store.flush();
  equal(MvccStore.open(memory).hashOfCompaction(13), undefined);
});

test('many compactions at once do not pile up', () => {
  const store = open();
  for (let i = 0; i < 40; i++) store.put(put('k'));
  for (let revision = 2; revision <= 40; revision++) store.compact(revision);
  compactToTheEnd(store);
  equal(store.finishedCompaction, 40);
  equal(store.hashOfCompaction(30), undefined);
  equal(store.hashOfCompaction(31)?.compactedRevision, -1);
  equal(store.hashOfCompaction(40)?.compactedRevision, 39);
});
