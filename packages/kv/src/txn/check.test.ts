/** What is refused before it is proposed, in etcd's order; real etcd was asked for every row on duplicate keys. */
import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { Compare, etcdErrors, fromByteString, RequestOp, TxnRequest } from '@concord/protocol';
import type { EtcdErrorRow } from '@concord/protocol';
import { deleteRange, NO_END, put, range } from '../mvcc/requests.fixture.ts';
import { checkDeleteRange, checkPut, checkRange, checkTxn } from './check.ts';

const OPS_MAX = 128;

const putOp = (key: string): RequestOp =>
  RequestOp.create({ request: { case: 'requestPut', value: put(key) } });
const deleteOp = (key: string, end = ''): RequestOp =>
  RequestOp.create({ request: { case: 'requestDeleteRange', value: deleteRange(key, end) } });
const rangeOp = (key: string): RequestOp =>
  RequestOp.create({ request: { case: 'requestRange', value: range(key) } });
const txnOp = (success: RequestOp[], failure: RequestOp[] = []): RequestOp =>
  RequestOp.create({
    request: { case: 'requestTxn', value: TxnRequest.create({ success, failure }) },
  });
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const single: readonly [string, EtcdErrorRow | undefined, EtcdErrorRow | undefined][] = [
  ['a range without a key is refused', checkRange(range('')), etcdErrors.ErrEmptyKey],
  [
    'so is an unknown order',
    checkRange(range('a', '', { sortOrder: 3 })),
    etcdErrors.ErrInvalidSortOption,
  ],
  [
    'so is an unknown target',
    checkRange(range('a', '', { sortTarget: 5 })),
    etcdErrors.ErrInvalidSortOption,
  ],
  [
    'the key comes before the sort',
    checkRange(range('', '', { sortOrder: 3 })),
    etcdErrors.ErrEmptyKey,
  ],
  [
    'a put without a key is refused',
    checkPut(put('', 'v', { ignoreValue: true })),
    etcdErrors.ErrEmptyKey,
  ],
  [
    'so is a value that is to be ignored',
    checkPut(put('a', 'v', { ignoreValue: true })),
    etcdErrors.ErrValueProvided,
  ],
  [
    'so is a lease that is to be ignored',
    checkPut(put('a', '', { ignoreLease: true, lease: 1n })),
    etcdErrors.ErrLeaseProvided,
  ],
  [
    'the value comes before the lease',
    checkPut(put('a', 'v', { ignoreValue: true, ignoreLease: true, lease: 1n })),
    etcdErrors.ErrValueProvided,
  ],
  ['an empty value is fine', checkPut(put('a')), undefined],
  [
    'a deletion without a key is refused',
    checkDeleteRange(deleteRange('', NO_END)),
    etcdErrors.ErrEmptyKey,
  ],
];

for (const [claim, fault, expected] of single) test(claim, () => equal(fault, expected));

interface Row {
  readonly claim: string;
  readonly success?: RequestOp[];
  readonly failure?: RequestOp[];
  readonly compare?: Compare[];
  readonly fault?: EtcdErrorRow;
}

const { ErrDuplicateKey, ErrEmptyKey, ErrKeyNotFound, ErrTooManyOps } = etcdErrors;

const rows: readonly Row[] = [
  { claim: 'an empty transaction is fine' },
  { claim: '128 operations are fine', success: times(128, (i) => putOp(`k${i}`)) },
  { claim: '129 are too many', success: times(129, (i) => putOp(`k${i}`)), fault: ErrTooManyOps },
  {
    claim: '129 compares are too many',
    compare: times(129, () => Compare.create()),
    fault: ErrTooManyOps,
  },
  {
    claim: 'the branches are not added up',
    success: times(100, (i) => putOp(`k${i}`)),
    failure: times(100, (i) => putOp(`k${i}`)),
  },
  {
    claim: 'a nested transaction has what the longest list around it leaves',
    success: [...times(99, (i) => putOp(`k${i}`)), txnOp(times(28, (i) => putOp(`n${i}`)))],
  },
  {
    claim: 'and no more',
    success: [...times(99, (i) => putOp(`k${i}`)), txnOp(times(29, (i) => putOp(`n${i}`)))],
    fault: ErrTooManyOps,
  },
  {
    claim: 'a compare needs a key',
    compare: [Compare.create()],
    success: [putOp('')],
    fault: ErrEmptyKey,
  },
  {
    claim: 'an operation without a request is refused',
    failure: [RequestOp.create()],
    fault: ErrKeyNotFound,
  },
  {
    claim: 'the success branch is looked at first',
    success: [RequestOp.create()],
    failure: [putOp('')],
    fault: ErrKeyNotFound,
  },
  {
    claim: 'structure comes before duplicates',
    success: [putOp('a'), putOp('a')],
    failure: [putOp('')],
    fault: ErrEmptyKey,
  },
  {
    claim: 'a key put twice is refused',
    success: [putOp('a'), putOp('a')],
    fault: ErrDuplicateKey,
  },
  { claim: 'in the failure branch too', failure: [putOp('a'), putOp('a')], fault: ErrDuplicateKey },
  { claim: 'once in each branch is fine', success: [putOp('a')], failure: [putOp('a')] },
  {
    claim: 'a put and a deletion of one key are refused',
    success: [putOp('a'), deleteOp('a')],
    fault: ErrDuplicateKey,
  },
  { claim: 'in either order', success: [deleteOp('a', 'c'), putOp('b')], fault: ErrDuplicateKey },
  {
    claim: 'a put at the end of a deleted range is fine',
    success: [deleteOp('a', 'c'), putOp('c')],
  },
  {
    claim: 'a deletion without an upper bound collides with nothing',
    success: [putOp('b'), deleteOp('a', NO_END)],
  },
  { claim: 'an inverted range neither', success: [putOp('b'), deleteOp('c', 'a')] },
  {
    claim: 'deletions may overlap',
    success: [deleteOp('a', 'c'), deleteOp('b'), deleteOp('a', 'z')],
  },
  {
    claim: 'reads may be anywhere',
    success: [putOp('a'), rangeOp('a'), deleteOp('b'), rangeOp('b')],
  },
  {
    claim: 'a nested put collides with one beside it',
    success: [putOp('a'), txnOp([putOp('a')])],
    fault: ErrDuplicateKey,
  },
  {
    claim: 'and with a deletion',
    success: [deleteOp('a'), txnOp([], [putOp('a')])],
    fault: ErrDuplicateKey,
  },
  {
    claim: 'both branches of one nested transaction may put a key',
    success: [txnOp([putOp('a')], [putOp('a')])],
  },
  {
    claim: 'two nested transactions may not',
    success: [txnOp([putOp('a')]), txnOp([], [putOp('a')])],
    fault: ErrDuplicateKey,
  },
  {
    claim: 'a nested deletion collides with a put behind it',
    success: [txnOp([deleteOp('a')]), txnOp([putOp('a')])],
    fault: ErrDuplicateKey,
  },
  {
    claim: 'but not with a nested put before it',
    success: [txnOp([putOp('a')]), txnOp([deleteOp('a')])],
  },
  {
    claim: 'a nested deletion collides with a put around it',
    success: [putOp('a'), txnOp([], [deleteOp('a', 'b')])],
    fault: ErrDuplicateKey,
  },
  {
    claim: 'one branch may put what the other deletes',
    success: [txnOp([putOp('a')], [deleteOp('a')])],
  },
];

for (const { claim, success = [], failure = [], compare = [], fault } of rows) {
  test(`in a transaction, ${claim}`, () => {
    const keyed = compare.map((one) =>
      compare.length > 1 ? { ...one, key: fromByteString('k') } : one,
    );
    equal(checkTxn(TxnRequest.create({ compare: keyed, success, failure }), OPS_MAX), fault);
  });
}

test('tens of thousands of nested operations are checked without a pause', () => {
  const leaf = (prefix: string): RequestOp =>
    txnOp(times(40, (i) => (i % 2 === 0 ? putOp(`p${prefix}/${i}`) : deleteOp(`d${prefix}/${i}`))));
  const success = times(30, (a) => txnOp(times(30, (b) => leaf(`${a}/${b}`))));
  const startMs = performance.now();
  equal(checkTxn(TxnRequest.create({ success }), OPS_MAX), undefined);
  const tookMs = performance.now() - startMs;
  // Quadratic, it would take minutes.
  equal(tookMs < 5000, true, `${tookMs} ms`);
});
