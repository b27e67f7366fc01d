/**
 * Goal: a store that whole batches were committed to agrees with itself, and one that has lost any row does not.
 * Method: a store with leases, deletions and a compaction; each row of its tables is taken away in turn, or is as it
 * was before the last change of its key.
 */
import { equal, notEqual, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { LeaseBook } from './lease/lease-book.ts';
import { MemoryStore } from './memory-store.ts';
import { MvccStore } from './mvcc/mvcc-store.ts';
import { compactToTheEnd, deleteRange, put } from './mvcc/requests.fixture.ts';
import { mainRevisionOf } from './mvcc/revision-key.ts';
import type { Table } from './ordered-store.ts';
import { findDisagreement } from './table-agreement.ts';

const COMPACTED = 300;

function sample(): { store: MemoryStore; mvcc: MvccStore } {
  const store = new MemoryStore({ reusesBuffer: true });
  const mvcc: MvccStore = MvccStore.open(store, {
    leaseExists: (id) => leases.exists(id),
    onChange: (changes) =>
      changes.forEach(({ key, previousLease, lease }) => leases.move(key, previousLease, lease)),
  });
  const leases = new LeaseBook(mvcc.overlay);
  leases.grant(7n, 60);
  for (let i = 0; i < 1300; i++) {
    mvcc.put(put(`key${i % 650}`, String(i), { lease: i % 3 === 0 ? 7n : 0n }));
    if (i % 50 === 0) mvcc.deleteRange(deleteRange(`key${(i + 3) % 650}`));
  }
  mvcc.compact(COMPACTED);
  compactToTheEnd(mvcc);
  mvcc.put(put('key3', 'after'));
  mvcc.deleteRange(deleteRange('key4'));
  mvcc.flush();
  return { store, mvcc };
}

function rowsOf(store: MemoryStore, table: Table): [string, Uint8Array][] {
  const rows: [string, Uint8Array][] = [];
  store.scan(table, { from: '' }, (key, value) => void rows.push([key, value.slice()]));
  return rows;
}

function write(store: MemoryStore, table: Table, key: string, value: Uint8Array | null): void {
  store.commit(new Map([[table, new Map([[key, value]])]]), () => undefined);
}

test('a store agrees with itself, empty or not', () => {
  equal(findDisagreement(new MemoryStore({ reusesBuffer: true })), undefined);
  equal(findDisagreement(sample().store), undefined);
});

test('a row that is missing is missed by another table', () => {
  const { store } = sample();
  let removed = 0;
  for (const table of ['current', 'tombstones', 'revisions', 'segments', 'lease-keys'] as const) {
    const rows = rowsOf(store, table);
    ok(rows.length > 0);
    for (const [i, [key, value]] of rows.entries()) {
      if (i % 23 !== 0 && i !== rows.length - 1) continue;
      write(store, table, key, null);
      notEqual(findDisagreement(store), undefined, `${table} ${JSON.stringify(key)}`);
      write(store, table, key, value);
      removed++;
    }
  }
  ok(removed > 50);
  equal(findDisagreement(store), undefined);
});

test('a row as it was before, or one too many, is at odds with its changes', () => {
  const { store, mvcc } = sample();
  const before = store.get('current', 'key11')?.slice() ?? null;
  const revision = mvcc.revision;
  mvcc.put(put('key11', 'newer'));
  mvcc.flush();
  write(store, 'current', 'key11', before);
  ok(/newer than its newest/.test(findDisagreement(store) ?? ''));

  const other = sample().store;
  const [last] = rowsOf(other, 'current').slice(-1);
  write(other, 'current', 'zzz', last?.[1] ?? null);
  ok(/"zzz" without its change/.test(findDisagreement(other) ?? ''));

  const lost = sample().store;
  for (const [key] of rowsOf(lost, 'revisions'))
    if (mainRevisionOf(key) === revision) write(lost, 'revisions', key, null);
  ok(/without its change of revision/.test(findDisagreement(lost) ?? ''));
});
