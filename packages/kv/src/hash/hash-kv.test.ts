/**
 * HashKV in steps, beside changes and compactions that come between them. The values are those that etcd 3.4.23 gave
 * for the same program; `etcd-differential.test.ts` asks a live one.
 */
import { deepEqual, equal, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStore } from '../memory-store.ts';
import { MvccStore } from '../mvcc/mvcc-store.ts';
import { compactToTheEnd, deleteRange, NO_END, put } from '../mvcc/requests.fixture.ts';
import type { HashKvResult } from './hash-kv.ts';

const OF_NOTHING = 1084519789;

/** Revision 2 puts a=1, 3 a=2, 4 deletes a, 5 puts b=2: up to `revision`. */
function sample(revision: number): MvccStore {
  const store = MvccStore.open(new MemoryStore({ reusesBuffer: true }));
  if (revision >= 2) store.put(put('a', '1'));
  if (revision >= 3) store.put(put('a', '2'));
  if (revision >= 4) store.deleteRange(deleteRange('a'));
  if (revision >= 5) store.put(put('b', '2'));
  return store;
}

function hashOf(store: MvccStore, revision = 0, between: () => void = () => {}): HashKvResult {
  const hash = store.hashKv(revision);
  for (;;) {
    const result = hash.step(1);
    if (result !== undefined) return result;
    between();
  }
}

const asEtcd = new Map([
  [1, OF_NOTHING],
  [2, 2587454935],
  [3, 535221974],
  [4, 1363947557],
  [5, 969941033],
]);

test('each revision has the hash of etcd, when it is the newest and when it is past', () => {
  const newest = sample(5);
  for (const [revision, hash] of asEtcd) {
    deepEqual(hashOf(sample(revision)), { hash, hashRevision: revision, compactedRevision: -1 });
    equal(hashOf(newest, revision).hash, hash);
  }
});

test('each compaction has the hash of etcd, before its rows are deleted and after', () => {
  for (const [compacted, hash] of [
    [2, 2575173206],
    [3, 432664525],
    [4, 1021993577],
    [5, 1021993577],
  ] as const) {
    const store = sample(5);
    store.compact(compacted);
    const check = (): void => {
      deepEqual(hashOf(store), { hash, hashRevision: 5, compactedRevision: compacted });
    };
    check();
    compactToTheEnd(store, check);
    check();
  }
});

test('changes between the steps do not matter', () => {
  const store = sample(5);
  let changes = 0;
  const { hash } = hashOf(store, 5, () => store.put(put(`new${changes++}`)));
  equal(hash, asEtcd.get(5));
  equal(changes > 2, true);
});

test('a compaction between the steps counts for all of the sum', () => {
  const store = sample(5);
  let step = 0;
  const result = hashOf(store, 5, () => {
    if (++step === 3) {
      store.compact(3);
      compactToTheEnd(store);
    }
  });
  deepEqual(result, { hash: 432664525, hashRevision: 5, compactedRevision: 3 });
});

test('a compaction between the steps that takes the revision ends the sum', () => {
  const store = sample(5);
  throws(() => hashOf(store, 3, () => store.compact(4)), { name: 'ErrCompacted' });
});

test('a key that is put in the transaction that deletes it lives, as for etcd 3.4', () => {
  const store = MvccStore.open(new MemoryStore({ reusesBuffer: true }));
  for (const key of ['a', 'b', 'c']) store.put(put(key, 'old'));
  store.compact(4);
  store.write((txn) => {
    txn.deleteRange(deleteRange('\0', NO_END));
    txn.put(put('b', 'new'));
  });
  equal(hashOf(store).hash, 3547586861);
  store.compact(5);
  compactToTheEnd(store);
  equal(hashOf(store).hash, 32274721);
});

test('only revisions that can be read are hashed, the compacted one among them; below 0 lies nothing', () => {
  const store = sample(5);
  throws(() => store.hashKv(6), { name: 'ErrFutureRev' });
  store.compact(4);
  throws(() => store.hashKv(3), { name: 'ErrCompacted' });
  equal(hashOf(store, 4).hashRevision, 4);
  // Behind more versions than a scan of history steps over.
  for (let version = 0; version < 20; version++) store.put(put('b', 'more'));
  deepEqual(hashOf(store, -2), { hash: OF_NOTHING, hashRevision: -2, compactedRevision: 4 });
});
