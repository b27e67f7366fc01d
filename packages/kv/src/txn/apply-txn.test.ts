/** Section 6 of the semantics: which branch is taken, in what order, with what revisions, and what fails as a whole. */
import { deepEqual, equal, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { Compare, fromByteString, RequestOp, TxnRequest } from '@concord/protocol';
import type { DeleteRangeRequest, PutRequest, RangeRequest } from '@concord/protocol';
import { MemoryStore } from '../memory-store.ts';
import { MvccStore } from '../mvcc/mvcc-store.ts';
import { deleteRange, NO_END, pairsOf, put, range } from '../mvcc/requests.fixture.ts';
import type { OpResult } from '../mvcc/result.ts';
import { applyTxn, readTxn } from './apply-txn.ts';
import { checkTxn } from './check.ts';
import { isReadOnly, isSerializable } from './read-only.ts';

const ofPut = (value: PutRequest): RequestOp =>
  RequestOp.create({ request: { case: 'requestPut', value } });
const ofRange = (value: RangeRequest): RequestOp =>
  RequestOp.create({ request: { case: 'requestRange', value } });
const ofDelete = (value: DeleteRangeRequest): RequestOp =>
  RequestOp.create({ request: { case: 'requestDeleteRange', value } });
const ofTxn = (value: TxnRequest): RequestOp =>
  RequestOp.create({ request: { case: 'requestTxn', value } });
const txn = (more: Partial<TxnRequest>): TxnRequest => TxnRequest.create(more);

const versionIs = (key: string, version: number): Compare =>
  Compare.create({ key: fromByteString(key), targetUnion: { case: 'version', value: version } });

/** Revision 2: a=1, 3: b=1, 4: b=2. */
function open(): MvccStore {
  const store = MvccStore.open(new MemoryStore({ reusesBuffer: true }), {
    leaseExists: (id) => id === 7n,
  });
  store.put(put('a', '1'));
  store.put(put('b', '1'));
  store.put(put('b', '2'));
  return store;
}

const kinds = (results: readonly OpResult[]): unknown[] =>
  results.map((result) =>
    result.kind === 'txn' ? kinds(result.responses) : [result.kind, result.revision],
  );

test('all compares must hold, and none at all do', () => {
  const store = open();
  equal(applyTxn(store, txn({})).succeeded, true);
  equal(applyTxn(store, txn({ compare: [versionIs('a', 1), versionIs('b', 2)] })).succeeded, true);
  equal(applyTxn(store, txn({ compare: [versionIs('a', 1), versionIs('b', 1)] })).succeeded, false);
  equal(store.revision, 4);
});

test('the branch taken runs in order, reads seeing earlier writes under the new revision', () => {
  const store = open();
  const success = [
    ofRange(range('a', NO_END)),
    ofDelete(deleteRange('x')),
    ofPut(put('a', '2')),
    ofRange(range('a')),
    ofDelete(deleteRange('y')),
  ];
  const { revision, responses } = applyTxn(store, txn({ success, failure: [ofPut(put('c'))] }));
  equal(revision, 5);
  deepEqual(kinds(responses), [
    ['range', 4],
    ['delete-range', 4],
    ['put', 5],
    ['range', 5],
    ['delete-range', 5],
  ]);
  deepEqual(responses[3]?.kind === 'range' && pairsOf(responses[3].records), ['a=2']);
});

test('a transaction that changes nothing makes no revision', () => {
  const store = open();
  const success = [ofDelete(deleteRange('x', 'z')), ofTxn(txn({ success: [ofRange(range('a'))] }))];
  equal(applyTxn(store, txn({ success })).revision, 4);
  equal(store.revision, 4);
});

test('nested compares are decided by the state before the whole transaction', () => {
  const store = open();
  const nested = txn({
    compare: [versionIs('a', 1)],
    success: [ofPut(put('c', 'then'))],
    failure: [ofPut(put('c', 'else'))],
  });
  const { responses } = applyTxn(store, txn({ success: [ofPut(put('a', '2')), ofTxn(nested)] }));
  equal(responses[1]?.kind === 'txn' && responses[1].succeeded, true);
  deepEqual(pairsOf(store.range(range('c')).records), ['c=then']);
  equal(store.revision, 5, 'one revision for all levels');
});

const failures: readonly [string, RequestOp, string][] = [
  ['a put with an unknown lease', ofPut(put('c', '', { lease: 8n })), 'ErrLeaseNotFound'],
  [
    'keeping the value of a missing key',
    ofPut(put('c', '', { ignoreValue: true })),
    'ErrKeyNotFound',
  ],
  [
    'keeping the lease of a missing key',
    ofPut(put('c', 'x', { ignoreLease: true })),
    'ErrKeyNotFound',
  ],
  [
    'the missing key of a put that names an unknown lease too',
    ofPut(put('c', '', { ignoreValue: true, lease: 8n })),
    'ErrKeyNotFound',
  ],
  [
    'a read of the future, even of the revision being made',
    ofRange(range('a', '', { revision: 5 })),
    'ErrFutureRev',
  ],
  ['a read below the compacted revision', ofRange(range('a', '', { revision: 2 })), 'ErrCompacted'],
  ['a read of a negative revision', ofRange(range('a', '', { revision: -1 })), 'ErrCompacted'],
];

for (const [claim, op, name] of failures) {
  test(`${claim} fails the whole transaction before any change`, () => {
    for (const failing of [op, ofTxn(txn({ success: [op] }))]) {
      const store = open();
      store.compact(3);
      const before = store.range(range('\0', NO_END));
      const success = [ofPut(put('a', 'new')), ofDelete(deleteRange('b')), failing];
      throws(() => applyTxn(store, txn({ success })), { name });
      deepEqual(store.range(range('\0', NO_END)), before);
    }
  });

  test(`${claim} in the branch not taken fails nothing`, () => {
    const store = open();
    store.compact(3);
    equal(applyTxn(store, txn({ success: [ofPut(put('d'))], failure: [op] })).revision, 5);
  });
}

test('a negative revision is read as the newest until something is compacted, as etcd does', () => {
  const store = open();
  const success = [ofRange(range('a', '', { revision: -1 }))];
  equal(applyTxn(store, txn({ success })).responses.length, 1);
});

test('a key can be put and deleted in one revision where the check lets it pass', () => {
  const store = open();
  const success = [ofPut(put('a', '2')), ofDelete(deleteRange('a', NO_END))];
  const { responses, revision } = applyTxn(store, txn({ success }));
  deepEqual([responses[1]?.kind === 'delete-range' && responses[1].deleted, revision], [2, 5]);
  equal(store.keyCount, 0);
  const subs: number[] = [];
  store.history(5, 5, 10, ({ subRevision }) => subs.push(subRevision));
  deepEqual(subs, [0, 1, 2]);
});

test('keeping the value of a key that the same transaction deleted fails all of it (and stops etcd 3.4)', () => {
  const store = open();
  const before = store.range(range('\0', NO_END));
  const success = [
    ofPut(put('c')),
    ofDelete(deleteRange('a', NO_END)),
    ofPut(put('b', '', { ignoreValue: true })),
  ];
  equal(checkTxn(txn({ success }), 128), undefined);
  throws(() => applyTxn(store, txn({ success })), { name: 'ErrKeyNotFound' });
  deepEqual(store.range(range('\0', NO_END)), before);
  equal(store.keyCount, 2);
});

test('only ranges make a transaction read-only, and all of them must be serializable to answer locally', () => {
  const local = ofRange(range('a', '', { serializable: true }));
  const strict = ofRange(range('a'));
  const cases: [Partial<TxnRequest>, boolean, boolean][] = [
    [{}, true, true],
    [{ compare: [versionIs('a', 1)] }, true, true],
    [{ success: [local], failure: [local] }, true, true],
    [{ success: [local], failure: [strict] }, true, false],
    [{ success: [ofPut(put('a'))] }, false, false],
    [{ failure: [ofDelete(deleteRange('a'))] }, false, false],
    [{ success: [ofTxn(txn({}))] }, false, false],
  ];
  for (const [request, isRead, isLocal] of cases) {
    deepEqual([isReadOnly(txn(request)), isSerializable(txn(request))], [isRead, isLocal]);
  }
  const { responses } = readTxn(open(), txn({ success: [strict] }));
  deepEqual(kinds(responses), [['range', 4]]);
});

test('what a transaction read of its own writes is not seen again once it was taken back', () => {
  const store = open();
  const success = [
    ofPut(put('a', 'never')),
    ofRange(range('a')),
    ofDelete(deleteRange('b', NO_END)),
    ofPut(put('b', '', { ignoreValue: true })),
  ];
  throws(() => applyTxn(store, txn({ success })), { name: 'ErrKeyNotFound' });
  store.put(put('c', 'new'));
  deepEqual(pairsOf(store.range(range('a', NO_END)).records), ['a=1', 'b=2', 'c=new']);
});
