/**
 * KV.Compact: which revisions may be compacted to, and what is left to read afterwards.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes, everything, revisionOf, values } from './harness/answers.ts';
import { onEachBackend, withFreshServer } from './harness/each-backend.ts';
import * as errors from './harness/etcd-errors.ts';
import { assertFails } from './harness/outcome.ts';

onEachBackend('KV.Compact', (target) => {
  test('at revision 0 succeeds exactly once on a fresh store', async () => {
    await withFreshServer(target.backend, {}, async (client) => {
      const first = await client.must('Compact', {});
      assert.equal(revisionOf(first), 1);
      assertFails(await client.call('Compact', {}), errors.compacted);
    });
  });

  test('refuses a future revision, a repeated one and a negative one', async () => {
    const { client } = target;
    await client.must('Put', { key: target.corner().key('a') });
    const current = await client.revision();
    const future = await client.call('Compact', { revision: current + 1 });
    assertFails(future, errors.futureRevision);
    const absurd = await client.call('Compact', { revision: '9223372036854775807' });
    assertFails(absurd, errors.futureRevision);
    await client.must('Compact', { revision: current });
    assertFails(await client.call('Compact', { revision: current }), errors.compacted);
    assertFails(await client.call('Compact', { revision: current - 1 }), errors.compacted);
    assertFails(await client.call('Compact', { revision: -1 }), errors.compacted);
  });

  test('forbids reads below its revision and allows them at it', async () => {
    const { client } = target;
    const key = target.corner().key('a');
    const first = revisionOf(await client.must('Put', { key, value: bytes('1') }));
    await client.must('Put', { key, value: bytes('2') });
    await client.must('Put', { key, value: bytes('3') });
    await client.must('Compact', { revision: first + 1, physical: true });
    assertFails(await client.call('Range', { key, revision: first }), errors.compacted);
    const at = await client.must('Range', { key, revision: first + 1 });
    assert.deepEqual(values(at.kvs), ['2']);
    const above = await client.must('Range', { key, revision: first + 2 });
    assert.deepEqual(values(above.kvs), ['3']);
  });

  test('never loses a current value, and drops what was deleted before', async () => {
    const { client } = target;
    const corner = target.corner();
    for (const name of ['a', 'b', 'c']) {
      await client.must('Put', { key: corner.key(name), value: bytes(name) });
    }
    await client.must('DeleteRange', { key: corner.key('b') });
    const { kvs } = await client.must('Range', corner.all);
    await client.must('Compact', { revision: await client.revision(), physical: true });
    assert.deepEqual((await client.must('Range', corner.all)).kvs, kvs);
    assert.deepEqual(values(kvs), ['a', 'c']);
  });

  test('keeps a key deleted exactly at its revision invisible', async () => {
    const { client } = target;
    const key = target.corner().key('a');
    await client.must('Put', { key });
    const gone = revisionOf(await client.must('DeleteRange', { key }));
    await client.must('Put', { key: target.corner().key('b') });
    await client.must('Compact', { revision: gone, physical: true });
    assert.equal((await client.must('Range', { key, revision: gone })).count, '0');
    await client.must('Put', { key });
    assert.equal((await client.must('Range', { key })).kvs[0]?.version, '1');
  });

  test('answers the current revision, whether it waits for the deletion or not', async () => {
    const { client } = target;
    for (const physical of [true, false]) {
      await client.must('Put', { key: target.corner().key('a') });
      const current = revisionOf(await client.must('Put', { key: target.corner().key('b') }));
      const answer = await client.must('Compact', { revision: current - 1, physical });
      assert.equal(revisionOf(answer), current);
    }
  });

  test('survives a restart', async () => {
    await withFreshServer(target.backend, {}, async (client, server) => {
      for (const value of ['1', '2', '3']) {
        await client.must('Put', { key: bytes('a'), value: bytes(value) });
      }
      await client.must('Compact', { revision: 3 });
      await server.restart();
      assertFails(await client.call('Range', { ...everything, revision: 2 }), errors.compacted);
      assertFails(await client.call('Compact', { revision: 3 }), errors.compacted);
      const kept = await client.must('Range', { key: bytes('a'), revision: 3 });
      assert.deepEqual(values(kept.kvs), ['2']);
    });
  });
});
