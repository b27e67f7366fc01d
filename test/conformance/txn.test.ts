/**
 * KV.Txn: what is compared and when, what is executed and in which order, and what is refused before anything
 * changes.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes, names, revisionOf, values } from './harness/answers.ts';
import { onEachBackend, withFreshServer } from './harness/each-backend.ts';
import * as errors from './harness/etcd-errors.ts';
import type { Compare, KeyValue, RequestOp, TxnResponse } from './harness/messages.ts';
import { assertFails } from './harness/outcome.ts';

onEachBackend('KV.Txn', (target) => {
  const put = (key: Buffer, value = ''): RequestOp => ({
    request_put: { key, value: bytes(value) },
  });
  const get = (key: Buffer): RequestOp => ({ request_range: { key } });

  const holds = async (...compare: Compare[]): Promise<boolean> =>
    (await target.client.must('Txn', { compare })).succeeded;

  const written = async (key: Buffer, lease = '0'): Promise<KeyValue> => {
    await target.client.must('Put', { key, value: bytes('a') });
    await target.client.must('Put', { key, value: bytes('m'), lease });
    return (await target.client.must('Range', { key })).kvs[0] as KeyValue;
  };

  const verdicts = async (
    key: Buffer,
    operand: (offset: -1 | 0 | 1) => Compare,
  ): Promise<string> => {
    const letters: string[] = [];
    for (const result of ['EQUAL', 'GREATER', 'LESS', 'NOT_EQUAL']) {
      for (const offset of [-1, 0, 1] as const) {
        letters.push((await holds({ key, result, ...operand(offset) })) ? 'T' : 'f');
      }
    }
    return letters.join('');
  };

  /** EQUAL, GREATER, LESS, NOT_EQUAL, each with the operand below, at and above what is stored. */
  const ordered = 'fTf' + 'Tff' + 'ffT' + 'TfT';

  test('compares versions, revisions, values and leases as numbers or bytes', async () => {
    const key = target.corner().key('a');
    const { ID } = await target.client.must('LeaseGrant', { TTL: 600, ID: 1_000_001 });
    const kv = await written(key, ID);
    const near = (number: string, offset: number): number => Number(number) + offset;
    const tables: Record<string, (offset: -1 | 0 | 1) => Compare> = {
      VERSION: (offset) => ({ version: near(kv.version, offset) }),
      CREATE: (offset) => ({ create_revision: near(kv.create_revision, offset) }),
      MOD: (offset) => ({ mod_revision: near(kv.mod_revision, offset) }),
      VALUE: (offset) => ({ value: bytes({ '-1': 'l', '0': 'm', '1': 'ma' }[offset]) }),
      LEASE: (offset) => ({ lease: near(kv.lease, offset) }),
    };
    for (const [name, operand] of Object.entries(tables)) {
      const verdict = await verdicts(key, (offset) => ({ target: name, ...operand(offset) }));
      assert.equal(verdict, ordered, name);
    }
  });

  test('takes a missing key as zero, and never satisfies a comparison of its value', async () => {
    const key = target.corner().key('missing');
    for (const [name, field] of [
      ['VERSION', 'version'],
      ['CREATE', 'create_revision'],
      ['MOD', 'mod_revision'],
      ['LEASE', 'lease'],
    ] as const) {
      const verdict = await verdicts(key, (offset) => ({ target: name, [field]: offset }));
      assert.equal(verdict, ordered, name);
    }
    const value = await verdicts(key, () => ({ target: 'VALUE', value: bytes('') }));
    assert.equal(value, 'f'.repeat(12));
  });

  test('takes an operand that is missing or of another target as zero or empty', async () => {
    const key = target.corner().key('missing');
    assert.equal(await holds({ key, target: 'VERSION' }), true);
    assert.equal(await holds({ key, target: 'CREATE', version: 77 }), true);
    assert.equal(await holds({ key, target: 'MOD', result: 'LESS', value: bytes('x') }), false);
    assert.equal(await holds({ key, target: 'LEASE', result: 'NOT_EQUAL' }), false);
    const present = target.corner().key('a');
    await target.client.must('Put', { key: present });
    assert.equal(await holds({ key: present, target: 'VALUE' }), true);
  });

  test('an unknown result holds', async () => {
    const key = target.corner().key('a');
    assert.equal(await holds({ key, result: 9, target: 'VERSION', version: 5 }), true);
  });

  test('an empty list of comparisons holds, and one that fails fails them all', async () => {
    const key = target.corner().key('a');
    assert.equal(await holds(), true);
    const zero = { key, target: 'VERSION', version: 0 };
    assert.equal(await holds(zero, { ...zero, version: 1 }), false);
  });

  test('a comparison of a range must hold for each key in it', async () => {
    const corner = target.corner();
    for (const name of ['a', 'b', 'c']) await target.client.must('Put', { key: corner.key(name) });
    const all = { ...corner.all, target: 'VERSION', result: 'LESS' };
    assert.equal(await holds({ ...all, version: 2 }), true);
    await target.client.must('Put', { key: corner.key('b') });
    assert.equal(await holds({ ...all, version: 2 }), false);
    assert.equal(await holds({ ...all, version: 3 }), true);
  });

  test('a comparison of an empty range is one of a missing key', async () => {
    const corner = target.corner();
    assert.equal(await holds({ ...corner.all, target: 'VERSION', version: 0 }), true);
    assert.equal(await holds({ ...corner.all, target: 'VERSION', version: 1 }), false);
    assert.equal(await holds({ ...corner.all, target: 'VALUE', value: bytes('') }), false);
  });

  test('executes one branch in order, and later operations see earlier ones', async () => {
    const corner = target.corner();
    const key = corner.key('a');
    const before = await target.client.revision();
    const writing = await target.client.must('Txn', {
      success: [get(key), put(key, '1'), get(key)],
      failure: [put(corner.key('never'))],
    });
    const deleting = await target.client.must('Txn', {
      success: [get(key), { request_delete_range: { key } }, get(key)],
    });
    const reads = ({ responses }: TxnResponse): unknown[] =>
      responses
        .flatMap((op) => op.response_range ?? [])
        .map(({ kvs, header }) => [values(kvs), Number(header?.revision)]);
    assert.deepEqual(reads(writing), [
      [[], before],
      [['1'], before + 1],
    ]);
    assert.deepEqual(reads(deleting), [
      [['1'], before + 1],
      [[], before + 2],
    ]);
    assert.equal(writing.succeeded, true);
    assert.equal((await target.client.must('Range', corner.all)).count, '0');
  });

  test('takes the other branch when a comparison fails', async () => {
    const corner = target.corner();
    const txn = await target.client.must('Txn', {
      compare: [{ key: corner.key('a'), target: 'VERSION', version: 1 }],
      success: [put(corner.key('yes'))],
      failure: [put(corner.key('no'))],
    });
    assert.equal(txn.succeeded, false);
    assert.deepEqual(names((await target.client.must('Range', corner.all)).kvs), ['no']);
  });

  test('answers each operation with a response of its kind', async () => {
    const corner = target.corner();
    await target.client.must('Put', { key: corner.key('x'), value: bytes('1') });
    const txn = await target.client.must('Txn', {
      success: [
        put(corner.key('a')),
        { request_range: { ...corner.all, count_only: true } },
        { request_delete_range: { key: corner.key('x'), prev_kv: true } },
        { request_txn: { success: [put(corner.key('b'))] } },
      ],
    });
    const kinds = txn.responses.map((op) => Object.keys(op)[0]);
    assert.deepEqual(kinds, [
      'response_put',
      'response_range',
      'response_delete_range',
      'response_txn',
    ]);
    assert.equal(txn.responses[1]?.response_range?.count, '2');
    assert.deepEqual(values(txn.responses[2]?.response_delete_range?.prev_kvs ?? []), ['1']);
  });

  test('nested headers carry only a revision, and that of a nested transaction is empty', async () => {
    const corner = target.corner();
    const txn = await target.client.must('Txn', {
      success: [put(corner.key('a')), { request_txn: { success: [put(corner.key('b'))] } }],
    });
    const zero = { cluster_id: '0', member_id: '0', raft_term: '0' };
    const revision = String(revisionOf(txn));
    assert.deepEqual(txn.responses[0]?.response_put?.header, { ...zero, revision });
    assert.deepEqual(txn.responses[1]?.response_txn?.header, { ...zero, revision: '0' });
  });

  test('decides the whole path on the state before the transaction', async () => {
    const corner = target.corner();
    const key = corner.key('a');
    const nested = {
      compare: [{ key, target: 'VERSION', version: 0 }],
      success: [put(corner.key('old'))],
      failure: [put(corner.key('new'))],
    };
    const txn = await target.client.must('Txn', { success: [put(key), { request_txn: nested }] });
    assert.equal(txn.responses[1]?.response_txn?.succeeded, true);
    assert.deepEqual(names((await target.client.must('Range', corner.all)).kvs), ['a', 'old']);
  });

  test('answers the previous key-value as the operations before left it', async () => {
    const key = target.corner().key('a');
    await target.client.must('Put', { key, value: bytes('0') });
    const txn = await target.client.must('Txn', {
      success: [{ request_put: { key, value: bytes('1'), prev_kv: true } }],
    });
    assert.equal(txn.responses[0]?.response_put?.prev_kv?.value.toString(), '0');
  });

  test('checks the revision of its ranges before it changes anything', async () => {
    const corner = target.corner();
    const key = corner.key('a');
    const current = revisionOf(await target.client.must('Put', { key }));
    const at = (revision: number): Promise<unknown> =>
      target.client.call('Txn', {
        success: [put(corner.key('b')), { request_range: { key, revision } }],
      });
    assert.deepEqual(await at(current + 1), errors.futureRevision);
    assert.equal(await target.client.revision(), current);
    const past = (await at(current)) as { response: TxnResponse };
    assert.equal(past.response.responses[1]?.response_range?.count, '1');
    await target.client.must('Compact', { revision: current });
    assert.deepEqual(await at(current - 1), errors.compacted);
    assert.deepEqual(await at(-1), errors.compacted);
  });

  test('checks leases and ignored fields only of the branch it takes', async () => {
    const key = target.corner().key('a');
    const badLease = { request_put: { key, lease: 424242 } };
    const badIgnore = { request_put: { key, ignore_value: true } };
    const fails = async (op: RequestOp): Promise<unknown> =>
      target.client.call('Txn', { success: [op] });
    assert.deepEqual(await fails(badLease), errors.leaseNotFound);
    assert.deepEqual(await fails(badIgnore), errors.keyNotFound);
    assert.deepEqual(await fails({ request_txn: { success: [badLease] } }), errors.leaseNotFound);
    await target.client.must('Txn', { failure: [badLease] });
    await target.client.must('Txn', { failure: [badIgnore] });
  });

  const a = bytes('duplicate/a');
  const b = bytes('duplicate/b');
  const around: RequestOp = { request_delete_range: { key: a, range_end: b } };
  const nest = (...success: RequestOp[]): RequestOp => ({ request_txn: { success } });
  const either = (success: RequestOp[], failure: RequestOp[]): RequestOp => ({
    request_txn: { success, failure },
  });
  const duplicates: readonly [string, RequestOp[], boolean][] = [
    ['the same key put twice', [put(a), put(a)], false],
    ['a put before a delete of its key', [put(a), around], false],
    ['a put after a delete of its key', [around, put(a)], false],
    ['a put beside a nested put of its key', [put(a), nest(put(a))], false],
    ['a nested put before a put of its key', [nest(put(a)), put(a)], false],
    ['puts of one key in two nested transactions', [nest(put(a)), nest(put(a))], false],
    ['a nested put inside a delete beside it', [around, nest(put(a))], false],
    ['a put inside a nested delete', [put(a), nest(around)], false],
    ['a duplicate deep inside', [nest(nest(put(a), put(a)))], false],
    ['a nested put under a branch not taken', [put(a), either([], [put(a)])], false],
    ['two deletes that overlap', [around, around], true],
    ['a put outside the delete', [around, put(b)], true],
    ['one key put in both branches of a nested transaction', [either([put(a)], [put(a)])], true],
    ['reads of what is written', [get(a), put(a), get(a)], true],
  ];
  for (const [what, ops, allowed] of duplicates) {
    test(`${allowed ? 'allows' : 'refuses'} ${what}`, async () => {
      const taken = await target.client.call('Txn', { success: ops });
      const idle = await target.client.call('Txn', {
        compare: [{ key: bytes('duplicate/missing'), target: 'VERSION', version: 1 }],
        success: ops,
      });
      for (const outcome of [taken, idle]) {
        if (allowed) assert.ok('response' in outcome);
        else assertFails(outcome, errors.duplicateKey);
      }
    });
  }

  test('allows one key put in each of its two branches', async () => {
    await target.client.must('Txn', { success: [put(a)], failure: [put(a)] });
  });

  test('refuses an operation that is none', async () => {
    assertFails(await target.client.call('Txn', { success: [{}] }), errors.keyNotFound);
    assertFails(await target.client.call('Txn', { failure: [{}] }), errors.keyNotFound);
    assertFails(await target.client.call('Txn', { success: [nest({})] }), errors.keyNotFound);
  });

  test('refuses empty keys: of comparisons first, then of success, then of failure', async () => {
    const none = bytes('');
    const call = (compare: Compare[], success: RequestOp[], failure: RequestOp[]) =>
      target.client.call('Txn', { compare, success, failure });
    assertFails(await call([{ key: none }], [], []), errors.emptyKey);
    assertFails(await call([], [get(none)], []), errors.emptyKey);
    assertFails(await call([], [put(none)], []), errors.emptyKey);
    assertFails(await call([], [{ request_delete_range: {} }], []), errors.emptyKey);
    assertFails(await call([], [], [nest(put(none))]), errors.emptyKey);
    assertFails(await call([{ key: none }], [{}], []), errors.emptyKey);
    const ignored = { request_put: { key: a, value: bytes('v'), ignore_value: true } };
    assertFails(await call([], [ignored], [put(none)]), errors.valueProvided);
    assertFails(await call([], [put(none)], [ignored]), errors.emptyKey);
  });

  test('finds structural faults before duplicates', async () => {
    const outcome = await target.client.call('Txn', { success: [put(a), put(a), put(bytes(''))] });
    assertFails(outcome, errors.emptyKey);
  });

  const reads = (count: number): RequestOp[] => Array.from({ length: count }, () => get(a));

  test('takes 128 operations in each list and refuses 129', async () => {
    const comparisons = (count: number): Compare[] =>
      Array.from({ length: count }, () => ({ key: a, target: 'LEASE', lease: 0 }));
    await target.client.must('Txn', {
      compare: comparisons(128),
      success: reads(128),
      failure: reads(128),
    });
    for (const request of [
      { compare: comparisons(129) },
      { success: reads(129) },
      { failure: reads(129) },
    ]) {
      assertFails(await target.client.call('Txn', request), errors.tooManyOps);
    }
  });

  test('counts operations before it looks at them', async () => {
    const empty = Array.from({ length: 129 }, () => put(bytes('')));
    assertFails(await target.client.call('Txn', { success: empty }), errors.tooManyOps);
  });

  test('leaves to a nested transaction what its parent did not use', async () => {
    const within = { success: [nest(...reads(126)), get(a)] };
    await target.client.must('Txn', within);
    const beyond = { success: [nest(...reads(127)), get(a)] };
    assertFails(await target.client.call('Txn', beyond), errors.tooManyOps);
    const deep = { success: [nest(nest(...reads(126)))] };
    await target.client.must('Txn', deep);
    const deeper = { success: [nest(nest(...reads(127)))] };
    assertFails(await target.client.call('Txn', deeper), errors.tooManyOps);
  });

  test('--max-txn-ops sets another limit', async () => {
    await withFreshServer(target.backend, { flags: ['--max-txn-ops=2'] }, async (client) => {
      await client.must('Txn', { success: reads(2) });
      assertFails(await client.call('Txn', { success: reads(3) }), errors.tooManyOps);
    });
  });

  test('an empty transaction succeeds', async () => {
    const before = await target.client.revision();
    const txn = await target.client.must('Txn', {});
    assert.deepEqual([txn.succeeded, txn.responses, revisionOf(txn)], [true, [], before]);
  });

  test('refuses an unknown sort option of a range inside', async (t) => {
    const skip = target.changed({
      since: '3.5.0',
      now: '',
      then: 'the server panics',
      because: '3.4 does not look at the sort options before it sorts',
    });
    if (skip !== '') return t.skip(skip);
    const sorted = { request_range: { key: a, sort_order: 7 } };
    const outcome = await target.client.call('Txn', { success: [sorted] });
    assertFails(outcome, errors.invalidSortOption);
  });
});
