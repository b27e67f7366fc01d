/**
 * Revision arithmetic: which request makes how many revisions, and what a key's three counters say.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes, everything, revisionOf } from './harness/answers.ts';
import { onEachBackend, withFreshServer } from './harness/each-backend.ts';

onEachBackend('revisions', (target) => {
  test('an empty store is at revision 1 and its first write makes 2', async () => {
    await withFreshServer(target.backend, {}, async (client) => {
      const empty = await client.must('Range', everything);
      assert.equal(revisionOf(empty), 1);
      assert.equal(empty.count, '0');
      assert.equal(revisionOf(await client.must('Put', { key: bytes('a') })), 2);
    });
  });

  test('a put adds one revision even if it changes nothing', async () => {
    const { client } = target;
    const key = target.corner().key('a');
    const first = revisionOf(await client.must('Put', { key, value: bytes('v') }));
    const second = revisionOf(await client.must('Put', { key, value: bytes('v') }));
    assert.equal(second, first + 1);
  });

  test('a delete of many keys adds one revision, a delete of none adds none', async () => {
    const { client } = target;
    const corner = target.corner();
    for (const name of ['a', 'b', 'c']) await client.must('Put', { key: corner.key(name) });
    const before = await client.revision();
    const removed = await client.must('DeleteRange', corner.all);
    assert.deepEqual([removed.deleted, revisionOf(removed)], ['3', before + 1]);
    const nothing = await client.must('DeleteRange', corner.all);
    assert.deepEqual([nothing.deleted, revisionOf(nothing)], ['0', before + 1]);
  });

  test('a transaction adds one revision however much it writes, nested writes included', async () => {
    const { client } = target;
    const corner = target.corner();
    const before = await client.revision();
    const nested = { success: [{ request_put: { key: corner.key('c') } }] };
    const txn = await client.must('Txn', {
      success: [
        { request_put: { key: corner.key('a') } },
        { request_put: { key: corner.key('b') } },
        { request_txn: nested },
      ],
    });
    assert.equal(revisionOf(txn), before + 1);
    const { kvs } = await client.must('Range', corner.all);
    assert.deepEqual(
      kvs.map(({ mod_revision }) => Number(mod_revision)),
      [before + 1, before + 1, before + 1],
    );
  });

  test('a transaction that only reads or deletes missing keys adds no revision', async () => {
    const { client } = target;
    const corner = target.corner();
    const before = await client.revision();
    const reads = await client.must('Txn', { success: [{ request_range: corner.all }] });
    assert.equal(revisionOf(reads), before);
    const deletes = await client.must('Txn', { success: [{ request_delete_range: corner.all }] });
    assert.equal(revisionOf(deletes), before);
    assert.equal(await client.revision(), before);
  });

  test('leases, compaction and maintenance add no revision', async () => {
    const { client } = target;
    await client.must('Put', { key: target.corner().key('a') });
    const before = await client.revision();
    const granted = await client.must('LeaseGrant', { TTL: 600 });
    await client.must('LeaseRevoke', { ID: granted.ID });
    await client.must('Compact', { revision: before });
    await client.must('Alarm', { action: 'GET' });
    await client.must('Defragment', {});
    assert.equal(await client.revision(), before);
  });

  test('revoking a lease adds one revision if keys hang on it', async () => {
    const { client } = target;
    const corner = target.corner();
    const { ID } = await client.must('LeaseGrant', { TTL: 600 });
    for (const name of ['a', 'b']) await client.must('Put', { key: corner.key(name), lease: ID });
    const before = await client.revision();
    assert.equal(revisionOf(await client.must('LeaseRevoke', { ID })), before + 1);
    assert.equal((await client.must('Range', corner.all)).count, '0');
  });

  test('a failed request adds no revision', async () => {
    const { client } = target;
    const before = await client.revision();
    await client.call('Put', { key: bytes('') });
    await client.call('Put', { key: bytes('a'), lease: 4711 });
    await client.call('Txn', { success: [{ request_put: { key: bytes('a'), lease: 4711 } }] });
    assert.equal(await client.revision(), before);
  });

  test('create revision, mod revision and version count a key, and start anew after a delete', async () => {
    const { client } = target;
    const key = target.corner().key('a');
    const created = revisionOf(await client.must('Put', { key }));
    await client.must('Put', { key });
    const counters = async (): Promise<number[]> => {
      const { kvs } = await client.must('Range', { key });
      return kvs.flatMap((kv) => [kv.create_revision, kv.mod_revision, kv.version]).map(Number);
    };
    assert.deepEqual(await counters(), [created, created + 1, 2]);
    await client.must('DeleteRange', { key });
    await client.must('Put', { key });
    assert.deepEqual(await counters(), [created + 3, created + 3, 1]);
  });

  test('a restart loses nothing and the revision goes on from where it was', async () => {
    await withFreshServer(target.backend, {}, async (client, server) => {
      await client.must('LeaseGrant', { ID: 7, TTL: 600 });
      await client.must('Put', { key: bytes('a'), value: bytes('1'), lease: 7 });
      await client.must('Put', { key: bytes('b') });
      await client.must('DeleteRange', { key: bytes('b') });
      await client.must('Compact', { revision: 3 });
      const before = await client.must('Range', everything);
      await server.restart();
      const after = await client.must('Range', everything);
      assert.deepEqual(after.kvs, before.kvs);
      assert.equal(revisionOf(after), revisionOf(before));
      const lease = await client.must('LeaseTimeToLive', { ID: 7, keys: true });
      assert.deepEqual([lease.grantedTTL, lease.keys], ['600', [bytes('a')]]);
      assert.equal(revisionOf(await client.must('Put', { key: bytes('c') })), 5);
    });
  });

  test('the header names the cluster, the member and the term of every answer', async () => {
    const { header } = await target.client.must('Range', { key: bytes('a') });
    for (const field of ['cluster_id', 'member_id', 'raft_term'] as const) {
      assert.notEqual(header?.[field], '0', field);
    }
  });
});
