/**
 * The store as its callers see it, one claim of etcd's semantics at a time: revisions, puts, deletions, atomic
 * writes and what survives a restart. The random walk beside a dumb model is in `mvcc-model.test.ts`.
 */
import { deepEqual, equal, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { KeyValue } from '@concord/protocol';
import { MemoryStore } from '../memory-store.ts';
import type { Change } from './change.ts';
import { MvccStore } from './mvcc-store.ts';
import { deleteRange, keysOf, NO_END, pairsOf, put, range } from './requests.fixture.ts';

const LEASE = 7n;

function open(onChange: (changes: readonly Change[]) => void = () => {}): MvccStore {
  const memory = new MemoryStore({ reusesBuffer: true });
  return MvccStore.open(memory, { leaseExists: (id) => id === LEASE, onChange });
}

function only(store: MvccStore, key: string): KeyValue {
  return KeyValue.decode(store.range(range(key)).records[0] as Uint8Array);
}

test('an empty store is at revision 1, and the first put makes 2', () => {
  const store = open();
  equal(store.revision, 1);
  equal(store.put(put('a', '1')).revision, 2);
  equal(store.revision, 2);
});

test('a put that changes nothing still makes a revision', () => {
  const store = open();
  store.put(put('a', '1'));
  equal(store.put(put('a', '1')).revision, 3);
});

test('a put counts versions and keeps the create revision', () => {
  const store = open();
  store.put(put('a', '1'));
  store.put(put('b', '1'));
  store.put(put('a', '2'));
  const { createRevision, modRevision, version } = only(store, 'a');
  deepEqual([createRevision, modRevision, version], [2, 4, 2]);
});

test('a key that is put again after its deletion begins anew', () => {
  const store = open();
  store.put(put('a', '1'));
  store.deleteRange(deleteRange('a'));
  store.put(put('a', '2'));
  const { createRevision, modRevision, version } = only(store, 'a');
  deepEqual([createRevision, modRevision, version], [4, 4, 1]);
});

test('a deletion of many keys is one revision, and tells what it deleted in key order', () => {
  const store = open();
  for (const key of ['b', 'a', 'c']) store.put(put(key, key));
  const { revision, deleted, previous } = store.deleteRange(
    deleteRange('a', 'c', { prevKv: true }),
  );
  deepEqual([revision, deleted, pairsOf(previous)], [5, 2, ['a=a', 'b=b']]);
  equal(keysOf(store.range(range('a', NO_END)).records), 'c');
});

test('a deletion of nothing makes no revision', () => {
  const store = open();
  store.put(put('b'));
  for (const [key, end] of [
    ['a', ''],
    ['c', NO_END],
    ['b', 'a'],
    ['b', 'b'],
  ] as const) {
    deepEqual(store.deleteRange(deleteRange(key, end)), {
      kind: 'delete-range',
      revision: 2,
      deleted: 0,
      previous: [],
    });
  }
  equal(store.revision, 2);
});

test('a put tells the value before only where it is asked for and there was one', () => {
  const store = open();
  equal(store.put(put('a', '1', { prevKv: true })).previous, undefined);
  equal(store.put(put('a', '2')).previous, undefined);
  const { previous } = store.put(put('a', '3', { prevKv: true }));
  deepEqual(pairsOf([previous as Uint8Array]), ['a=2']);
});

test('ignore_value keeps the value, ignore_lease the lease, and both count a version', () => {
  const store = open();
  store.put(put('a', '1', { lease: LEASE }));
  store.put(put('a', '', { ignoreValue: true, ignoreLease: true }));
  deepEqual([only(store, 'a').lease, only(store, 'a').version], [LEASE, 2]);
  store.put(put('a', '', { ignoreValue: true }));
  deepEqual([only(store, 'a').lease, only(store, 'a').version], [0n, 3]);
  deepEqual(pairsOf(store.range(range('a')).records), ['a=1']);
});

test('a put fails without a trace: an unknown lease first, then a missing key to keep something of', () => {
  const store = open();
  throws(() => store.put(put('a', '', { lease: 8n, ignoreValue: true })), {
    name: 'ErrLeaseNotFound',
  });
  throws(() => store.put(put('a', '', { ignoreValue: true })), { name: 'ErrKeyNotFound' });
  throws(() => store.put(put('a', 'x', { ignoreLease: true })), { name: 'ErrKeyNotFound' });
  equal(store.revision, 1);
  equal(store.keyCount, 0);
});

test('a write that throws leaves no trace, however far it came', () => {
  const told: Change[] = [];
  const store = open((changes) => told.push(...changes));
  for (const key of ['a', 'b', 'c']) store.put(put(key, 'old'));
  const before = store.range(range('\0', NO_END));
  const toldBefore = told.length;
  const failure = new Error('half-way');
  for (let steps = 0; steps <= 5; steps++) {
    throws(
      () =>
        store.write((txn) => {
          if (steps > 0) txn.put(put('a', 'new'));
          if (steps > 1) txn.put(put('d', 'new'));
          if (steps > 2) txn.deleteRange(deleteRange('b', NO_END));
          if (steps > 3) txn.put(put('b', 'again'));
          if (steps > 4) txn.deleteRange(deleteRange('a'));
          throw failure;
        }),
      failure,
    );
    deepEqual(store.range(range('\0', NO_END)), before, `after ${steps} steps`);
    equal(store.keyCount, 3);
    store.flush();
  }
  equal(told.length, toldBefore);
  store.put(put('e'));
  equal(store.revision, 5);
  deepEqual(
    pairsOf(store.range(range('\0', NO_END, { revision: 4 })).records),
    pairsOf(before.records),
  );
});

test('reads inside a write see what it did so far, under the new revision', () => {
  const store = open();
  store.put(put('a', '1'));
  store.write((txn) => {
    equal(txn.range(range('a')).revision, 2);
    txn.put(put('a', '2'));
    const { revision, records } = txn.range(range('a'));
    deepEqual([revision, pairsOf(records)], [3, ['a=2']]);
    deepEqual(pairsOf(txn.range(range('a', '', { revision: 2 })).records), ['a=1']);
  });
});

test('changes are told in order, with what was before and with leases', () => {
  const told: object[] = [];
  const store = open((changes) => {
    for (const change of changes) {
      const { kind, key, revision, subRevision, lease, previousLease, isCreate } = change;
      const previous = change.previous();
      const before = previous === undefined ? '' : pairsOf([previous])[0];
      told.push([kind, key, revision, subRevision, lease, previousLease, isCreate, before]);
    }
  });
  store.write((txn) => {
    txn.put(put('a', '1', { lease: LEASE }));
    txn.put(put('b', '1'));
  });
  store.write((txn) => {
    txn.put(put('a', '2'));
    txn.deleteRange(deleteRange('b'));
  });
  deepEqual(told, [
    ['put', 'a', 2, 0, LEASE, 0n, true, ''],
    ['put', 'b', 2, 1, 0n, 0n, true, ''],
    ['put', 'a', 3, 0, 0n, LEASE, false, 'a=1'],
    ['delete', 'b', 3, 1, 0n, 0n, false, 'b=1'],
  ]);
});

test('a key that changes twice in one revision is told twice, each time with what was before the revision', () => {
  const told: string[][] = [];
  const store = open((changes) => {
    for (const change of changes) {
      const before = change.previous();
      told.push([change.kind, ...pairsOf(before === undefined ? [] : [before])]);
    }
  });
  store.put(put('a', '1'));
  store.write((txn) => {
    txn.put(put('a', '2'));
    txn.deleteRange(deleteRange('a'));
  });
  deepEqual(told, [['put'], ['put', 'a=1'], ['delete', 'a=1']]);
  equal(store.range(range('a', '', { revision: 3 })).count, 0);
  equal(store.range(range('a', '', { revision: 2 })).count, 1);
});

test('a restart finds the revision and every committed version, whatever the last write was', () => {
  const memory = new MemoryStore({ reusesBuffer: true });
  const store = MvccStore.open(memory);
  store.put(put('a', '1'));
  store.put(put('a', '2'));
  store.deleteRange(deleteRange('a'));
  store.flush();
  const reopened = MvccStore.open(memory);
  equal(reopened.revision, 4);
  equal(reopened.range(range('a')).count, 0);
  deepEqual(pairsOf(reopened.range(range('a', '', { revision: 3 })).records), ['a=2']);
});

test('what was not committed is lost as a whole', () => {
  const memory = new MemoryStore({ holdsCommits: true });
  const store = MvccStore.open(memory);
  store.put(put('a', '1'));
  store.flush();
  memory.flushCommits();
  store.put(put('a', '2'));
  store.put(put('b', '1'));
  equal(store.flush(), true);
  store.put(put('c', '1'));
  equal(store.flush(), false, 'one batch at a time');
  memory.dropHeldCommits();
  const reopened = MvccStore.open(memory);
  equal(reopened.revision, 2);
  deepEqual(pairsOf(reopened.range(range('\0', NO_END)).records), ['a=1']);
  equal(reopened.keyCount, 1);
});
