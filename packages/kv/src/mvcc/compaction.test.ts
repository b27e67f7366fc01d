/**
 * What compaction takes and what it leaves, at every revision around it and wherever its background work stops. The
 * numbers in names are rows of the bank of historic bugs.
 */
import { deepEqual, equal, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStore } from '../memory-store.ts';
import { MvccStore } from './mvcc-store.ts';
import { compactToTheEnd, deleteRange, NO_END, pairsOf, put, range } from './requests.fixture.ts';

/** Revision 2 a=1, 3 b=1, 4 a=2, 5 deletes a, 6 c=1, 7 a=3, 8 deletes b. */
function sample(memory = new MemoryStore({ reusesBuffer: true })): MvccStore {
  const store = MvccStore.open(memory);
  store.put(put('a', '1'));
  store.put(put('b', '1'));
  store.put(put('a', '2'));
  store.deleteRange(deleteRange('a'));
  store.put(put('c', '1'));
  store.put(put('a', '3'));
  store.deleteRange(deleteRange('b'));
  return store;
}

const at = (store: MvccStore, revision: number): string =>
  pairsOf(store.range(range('\0', NO_END, { revision })).records).join(' ');

const states: ReadonlyMap<number, string> = new Map([
  [2, 'a=1'],
  [3, 'a=1 b=1'],
  [4, 'a=2 b=1'],
  [5, 'b=1'],
  [6, 'b=1 c=1'],
  [7, 'a=3 b=1 c=1'],
  [8, 'a=3 c=1'],
]);

function rowsOf(memory: MemoryStore, table: 'revisions' | 'tombstones'): number {
  let rows = 0;
  memory.scan(table, { from: '' }, () => {
    rows++;
  });
  return rows;
}

for (const compacted of states.keys()) {
  test(`after compaction at ${compacted} everything from it on reads as before, during and after the work`, () => {
    const store = sample();
    const check = (): void => {
      for (const [revision, state] of states) {
        if (revision >= compacted) equal(at(store, revision), state);
        else throws(() => at(store, revision), { name: 'ErrCompacted' });
      }
    };
    store.compact(compacted);
    check();
    compactToTheEnd(store, check);
    check();
    equal(store.finishedCompaction, compacted);
  });
}

test('a revision is compacted once, none of the future, and 0 exactly once in a fresh store', () => {
  const fresh = MvccStore.open(new MemoryStore());
  equal(fresh.compactedRevision, -1);
  throws(() => fresh.compact(2), { name: 'ErrFutureRev' });
  throws(() => fresh.compact(-1), { name: 'ErrCompacted' });
  fresh.compact(0);
  throws(() => fresh.compact(0), { name: 'ErrCompacted' });
  const store = sample();
  store.compact(5);
  throws(() => store.compact(5), { name: 'ErrCompacted' });
  throws(() => store.compact(4), { name: 'ErrCompacted' });
  throws(() => store.compact(9), { name: 'ErrFutureRev' });
});

test('what is left is one row for a live key, and the tombstone only at the compacted revision', () => {
  for (const [compacted, rows] of [
    [7, 4],
    [8, 3],
  ] as const) {
    const memory = new MemoryStore();
    const store = sample(memory);
    store.compact(compacted);
    compactToTheEnd(store);
    store.flush();
    // At 7: b=1, c=1, a=3 and the later deletion of b. At 8: c=1, a=3 and the deletion.
    equal(rowsOf(memory, 'revisions'), rows);
    equal(rowsOf(memory, 'tombstones'), 1, 'of b; the one of a went when a was put again');
  }
});

test('10: a crash between any two slices never lowers the revision, even when the last write was a deletion', () => {
  for (let slices = 0; slices < 12; slices++) {
    const memory = new MemoryStore({ reusesBuffer: true });
    const store = sample(memory);
    store.deleteRange(deleteRange('\0', NO_END));
    store.compact(9);
    for (let slice = 0; slice < slices; slice++) store.compactionWork(1);
    store.flush();
    const reopened = MvccStore.open(memory);
    deepEqual([reopened.revision, reopened.compactedRevision], [9, 9]);
    compactToTheEnd(reopened);
    equal(at(reopened, 9), '');
    equal(reopened.put(put('a')).revision, 10);
  }
});

test('44: compaction exactly at a deletion keeps its event', () => {
  const store = sample();
  store.compact(5);
  compactToTheEnd(store);
  const kinds: string[] = [];
  store.history(5, 5, 100, ({ kind, key, revision }) => kinds.push(`${kind} ${key} ${revision}`));
  deepEqual(kinds, ['delete a 5']);
});

test('45: history begins at the compacted revision and not before it, wherever the work stopped', () => {
  for (let slices = 0; slices < 8; slices++) {
    const store = sample();
    store.compact(5);
    for (let slice = 0; slice < slices; slice++) store.compactionWork(1);
    const seen: number[] = [];
    store.history(5, 8, 100, ({ revision }) => seen.push(revision));
    deepEqual(seen, [5, 6, 7, 8]);
    throws(() => store.history(4, 8, 100, () => {}), { name: 'ErrCompacted' });
  }
});

test('a key that is put in the transaction that deletes it outlives a compaction there, unlike in etcd 3.7', () => {
  const store = sample();
  store.write((txn) => {
    txn.deleteRange(deleteRange('\0', NO_END));
    txn.put(put('c', 'anew'));
  });
  store.compact(store.revision);
  const check = (): void => equal(at(store, store.revision), 'c=anew');
  check();
  compactToTheEnd(store, check);
  check();
});

test('the value before a change is told unless it lies below the compacted revision', () => {
  const store = sample();
  store.compact(4);
  const previous = (revision: number): string[] => {
    const found: string[] = [];
    store.history(revision, revision, 10, (change) => {
      const before = change.previous();
      found.push(before === undefined ? 'none' : (pairsOf([before])[0] as string));
    });
    return found;
  };
  for (const isDone of [false, true]) {
    if (isDone) compactToTheEnd(store);
    deepEqual(previous(4), ['none'], 'a=1 is compacted, deleted or not');
    deepEqual(previous(5), ['a=2']);
    deepEqual(previous(8), ['b=1']);
  }
});

test('history comes in whole revisions, as many as fit', () => {
  const store = MvccStore.open(new MemoryStore());
  for (const size of [1, 3, 1, 2]) {
    store.write((txn) => {
      for (let key = 0; key < size; key++) txn.put(put(`k${key}`));
    });
  }
  const slices: string[] = [];
  for (let from = 2; from <= store.revision;) {
    const seen: number[] = [];
    from = store.history(from, store.revision, 2, ({ revision }) => seen.push(revision));
    slices.push(seen.join(' '));
  }
  deepEqual(slices, ['2 3 3 3', '4 5 5']);
});

test('a compaction that is overtaken by the next one is finished, and then the next', () => {
  const store = sample();
  store.compact(4);
  store.compactionWork(1);
  store.compact(8);
  compactToTheEnd(store);
  equal(store.finishedCompaction, 8);
  equal(at(store, 8), 'a=3 c=1');
});
