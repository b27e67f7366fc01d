/**
 * KV.DeleteRange: which keys a range names, how many are gone, and what they were.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes, names, revisionOf } from './harness/answers.ts';
import { onEachBackend, withFreshServer } from './harness/each-backend.ts';
import type { Corner } from './harness/each-backend.ts';
import * as errors from './harness/etcd-errors.ts';
import { assertFails } from './harness/outcome.ts';

onEachBackend('KV.DeleteRange', (target) => {
  const fill = async (corner: Corner, wanted: readonly string[]): Promise<void> => {
    for (const name of wanted) {
      await target.client.must('Put', { key: corner.key(name), value: bytes(`v${name}`) });
    }
  };

  test('refuses an empty key', async () => {
    assertFails(await target.client.call('DeleteRange', {}), errors.emptyKey);
    const ranged = await target.client.call('DeleteRange', { range_end: bytes('z') });
    assertFails(ranged, errors.emptyKey);
  });

  test('removes the one key, or the half-open range', async () => {
    const corner = target.corner();
    await fill(corner, ['a', 'b', 'c', 'd']);
    const one = await target.client.must('DeleteRange', { key: corner.key('a') });
    assert.equal(one.deleted, '1');
    const range = { key: corner.key('b'), range_end: corner.key('d') };
    assert.equal((await target.client.must('DeleteRange', range)).deleted, '2');
    assert.deepEqual(names((await target.client.must('Range', corner.all)).kvs), ['d']);
  });

  test('succeeds on a missing key and on a range that ends before it begins', async () => {
    const corner = target.corner();
    await fill(corner, ['a', 'b']);
    const missing = await target.client.must('DeleteRange', { key: corner.key('x') });
    assert.equal(missing.deleted, '0');
    const inverted = { key: corner.key('b'), range_end: corner.key('a') };
    assert.equal((await target.client.must('DeleteRange', inverted)).deleted, '0');
    const empty = { key: corner.key('a'), range_end: corner.key('a') };
    assert.equal((await target.client.must('DeleteRange', empty)).deleted, '0');
  });

  test('answers the removed key-values in key order if asked', async () => {
    const corner = target.corner();
    await fill(corner, ['c', 'a', 'b']);
    const { kvs } = await target.client.must('Range', corner.all);
    const removed = await target.client.must('DeleteRange', { ...corner.all, prev_kv: true });
    assert.deepEqual(removed.prev_kvs, kvs);
    const again = await target.client.must('DeleteRange', { ...corner.all, prev_kv: true });
    assert.deepEqual(again.prev_kvs, []);
  });

  test('takes a key off its lease', async () => {
    const key = target.corner().key('a');
    const { ID } = await target.client.must('LeaseGrant', { TTL: 600 });
    await target.client.must('Put', { key, lease: ID });
    await target.client.must('DeleteRange', { key });
    const lease = await target.client.must('LeaseTimeToLive', { ID, keys: true });
    assert.deepEqual(lease.keys, []);
  });

  test('inside a transaction that wrote already carries the new revision', async () => {
    const { client } = target;
    const corner = target.corner();
    const before = await client.revision();
    const txn = await client.must('Txn', {
      success: [
        { request_delete_range: { key: corner.key('x') } },
        { request_put: { key: corner.key('a') } },
        { request_delete_range: { key: corner.key('x') } },
      ],
    });
    const revisions = txn.responses.map(
      ({ response_put, response_delete_range }) =>
        (response_put ?? response_delete_range)?.header?.revision,
    );
    assert.deepEqual(revisions.map(Number), [before, before + 1, before + 1]);
  });

  test('of the whole key space empties the store in one revision', async () => {
    await withFreshServer(target.backend, {}, async (client) => {
      for (const key of ['\0', 'a', '\xff\xff']) await client.must('Put', { key: bytes(key) });
      const whole = { key: bytes('\0'), range_end: bytes('\0') };
      const removed = await client.must('DeleteRange', whole);
      assert.deepEqual([removed.deleted, revisionOf(removed)], ['3', 5]);
    });
  });
});
