/** Writes that meet on their way into the store: none is lost, none is done twice, each has its own index. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Metadata, type Method } from '@concord/grpc-server';
import { LocalCalls, type LocalCaller } from '../../rpc/local-call.ts';
import { Draft } from './draft.ts';
import { KeyError } from './key-error.ts';
import { KeyStore } from './key-store.ts';
import type { WriteRequest } from './key-request.ts';
import { LocalStore } from './local-store.ts';
import type { Tree } from './tree.ts';

const caller: LocalCaller = {
  metadata: new Metadata([]),
  peer: 'test',
  tlsPeerCertificate: undefined,
};
const OPS_MAX = 128;
const emptyTree: Tree = { index: 3, stamp: 0, lineage: new Map(), below: new Map() };

const set = (path: string, value = '1'): WriteRequest => ({
  kind: 'set',
  path,
  value,
  isDirectory: false,
  expiryMs: undefined,
  isRefresh: false,
});
const remove = (path: string): WriteRequest => ({
  kind: 'delete',
  path,
  isDirectory: false,
  isRecursive: true,
});

test('each write of a draft sees those before it, and has the next index', () => {
  const draft = new Draft(emptyTree);
  const events = [set('/a/b', '1'), set('/a/b', '2'), remove('/a/b')].map((write) =>
    draft.apply(write, 0),
  );
  assert.deepEqual(
    events.map((event) => [event?.action, event?.node.modifiedIndex, event?.prevNode?.value]),
    [
      ['set', 4, undefined],
      ['set', 5, '1'],
      ['delete', 6, '2'],
    ],
  );
});

test('no key is put and deleted in one draft', () => {
  const draft = new Draft(emptyTree);
  for (const write of [set('/a/b'), remove('/a/b'), set('/a/b'), set('/a/c'), remove('/a')])
    draft.apply(write, 0);
  const { puts, deletes } = draft.toWrite();
  const put = puts.map(([key]) => Buffer.from(key, 'latin1'));
  for (const { key, rangeEnd } of deletes) {
    const end = rangeEnd.length === 0 ? Buffer.concat([key, Buffer.of(0)]) : rangeEnd;
    const inside = put.filter((at) => Buffer.compare(at, key) >= 0 && Buffer.compare(at, end) < 0);
    assert.deepEqual(inside, []);
  }
  assert.equal(
    draft.hasRoom(set('/a/d'), OPS_MAX),
    false,
    'nothing may follow into what was removed',
  );
});

test('a draft takes no more than a transaction may hold', () => {
  const draft = new Draft(emptyTree);
  let count = 0;
  for (; draft.hasRoom(set(`/k${count}`), OPS_MAX); count++) draft.apply(set(`/k${count}`), 0);
  const { puts, deletes } = draft.toWrite();
  assert.ok(count > 40, `${count} writes`);
  assert.ok(puts.length + deletes.length + 1 <= OPS_MAX);
});

test('a refused write leaves a draft as it was', () => {
  const draft = new Draft(emptyTree);
  draft.apply(set('/a'), 0);
  assert.throws(() => draft.apply(set('/a/b'), 0), { name: 'notADirectory', index: 4 });
  assert.equal(draft.apply(set('/c'), 0)?.node.modifiedIndex, 5);
});

test('what the store refuses is told to every write that was in it, in the words of v2', async () => {
  const fail: Method = {
    kind: 'unary',
    handle: (_, call) => call.fail(8, 'etcdserver: mvcc: database space exceeded'),
  };
  const calls = new LocalCalls(new Map([['/etcdserverpb.KV/Txn', fail]]));
  const keys = new KeyStore(new LocalStore(calls), {
    now: () => 0,
    sleep: () => Promise.resolve(),
    name: 'm',
    txnOpsMax: OPS_MAX,
  });
  const outcomes = await Promise.allSettled([1, 2, 3].map((n) => keys.write(set(`/${n}`), caller)));
  for (const outcome of outcomes) {
    assert.equal(outcome.status, 'rejected');
    assert.ok(outcome.reason instanceof KeyError);
    assert.equal(outcome.reason.cause, 'etcdserver: mvcc: database space exceeded');
  }
});

test('a path that is too deep for a transaction is refused before it is tried', async () => {
  const keys = new KeyStore(new LocalStore(new LocalCalls(new Map())), {
    now: () => 0,
    sleep: () => Promise.resolve(),
    name: 'm',
    txnOpsMax: OPS_MAX,
  });
  await assert.rejects(keys.write(set('/a'.repeat(101)), caller), {
    name: 'invalidField',
    cause: 'the path has 101 segments, and at most 100 are possible',
  });
});
