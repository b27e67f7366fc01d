/** Old versions of a key are found in few steps, however many there are and whatever became of the key between. */
import { equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStore } from '../memory-store.ts';
import type { OrderedStore } from '../ordered-store.ts';
import { MvccStore } from './mvcc-store.ts';
import { compactToTheEnd, deleteRange, pairsOf, put, range } from './requests.fixture.ts';

const CHANGES = 5000;
/** Some 15 links on each of four levels, and the record itself. */
const ROWS_READ_MAX = 64;

/** Counts the rows that are read one by one. */
function counting(memory: MemoryStore): { readonly store: OrderedStore; reads: number } {
  const counter = { reads: 0, store: memory as OrderedStore };
  counter.store = {
    get: (table, key) => {
      counter.reads++;
      return memory.get(table, key);
    },
    scan: (...args) => memory.scan(...args),
    commit: (...args) => memory.commit(...args),
    size: () => memory.size(),
  };
  return counter;
}

/** What key `k` holds at the end of a revision, in which every seventh change deletes it. */
const valueAt = (revision: number): string => (revision % 7 === 0 ? '' : `k=${revision}`);

function filled(store: OrderedStore): MvccStore {
  const mvcc = MvccStore.open(store);
  for (let revision = 2; revision <= CHANGES; revision++) {
    if (revision % 7 === 0) mvcc.deleteRange(deleteRange('k'));
    else mvcc.put(put('k', String(revision)));
  }
  mvcc.flush();
  return mvcc;
}

const read = (mvcc: MvccStore, revision: number): string =>
  pairsOf(mvcc.range(range('k', '', { revision })).records).join();

test('every version of a key with thousands of them is found in a few dozen steps', () => {
  const counter = counting(new MemoryStore({ reusesBuffer: true }));
  const mvcc = filled(counter.store);
  for (let revision = 2; revision <= CHANGES; revision++) {
    counter.reads = 0;
    equal(read(mvcc, revision), valueAt(revision), `revision ${revision}`);
    ok(counter.reads <= ROWS_READ_MAX, `${counter.reads} rows for revision ${revision}`);
  }
});

test('and so are those that compaction has left, by the same steps', () => {
  for (const compacted of [17, 256, 257, 2744, CHANGES]) {
    const mvcc = filled(new MemoryStore({ reusesBuffer: true }));
    mvcc.compact(compacted);
    compactToTheEnd(mvcc);
    for (let revision = compacted; revision <= CHANGES; revision++) {
      equal(read(mvcc, revision), valueAt(revision), `revision ${revision}, from ${compacted} on`);
    }
  }
});
