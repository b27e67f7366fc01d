/**
 * NOSPACE comes when the quota is reached, and goes: by hand on etcd, by itself on Concord once there is room. The
 * quota is for what lives, as far as the store can tell: deleted and compacted, it counts no more, defragmented or not.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes, everything } from './harness/answers.ts';
import { onEachBackend, withFreshServer } from './harness/each-backend.ts';
import * as errors from './harness/etcd-errors.ts';
import { assertFails } from './harness/outcome.ts';
import type { WireClient } from './harness/wire-client.ts';

const QUOTA_BYTES = 16 * 1024 * 1024;
/** A member looks after its store ten times a second; the rest is for a busy machine. */
const DISARM_MS_MAX = 20_000;
const value = Buffer.alloc(1024 * 1024);

async function fill(client: WireClient): Promise<void> {
  for (let i = 0; i < 64; i++) {
    const outcome = await client.call('Put', { key: bytes(String(i)), value });
    if (!('code' in outcome)) continue;
    assertFails(outcome, errors.noSpace);
    return;
  }
  assert.fail('the quota is reached within 64 MiB');
}

async function empty(client: WireClient): Promise<void> {
  await client.must('DeleteRange', everything);
  await client.must('Compact', { revision: await client.revision(), physical: true });
}

async function untilDisarmed(client: WireClient): Promise<void> {
  const deadline = performance.now() + DISARM_MS_MAX;
  while ((await client.must('Alarm', { alarm: 'NOSPACE' })).alarms.length > 0) {
    assert.ok(performance.now() < deadline, 'the alarm is disarmed once there is room');
  }
}

onEachBackend(
  'NOSPACE',
  (target) => {
    test('goes by itself once there is room, and comes again', async (t) => {
      if (target.backend.name === 'etcd') return t.skip('etcd waits for somebody to disarm it');
      const { client } = target;
      for (let round = 0; round < 2; round++) {
        await fill(client);
        assert.equal((await client.must('Alarm', { alarm: 'NOSPACE' })).alarms.length, 1);
        await empty(client);
        await untilDisarmed(client);
        await client.must('Put', { key: bytes('small') });
      }
    });

    test('stays where somebody has raised it by hand with room to spare', async () => {
      const { client } = target;
      const { header } = await client.must('Status', {});
      const request = { memberID: header?.member_id ?? 0, alarm: 'NOSPACE' };
      await client.must('Alarm', { action: 'ACTIVATE', ...request });
      // Longer than a member takes to look after its store a few times.
      await new Promise((resolve) => setTimeout(resolve, 500));
      assertFails(await client.call('Put', { key: bytes('a') }), errors.noSpace);
      await client.must('Alarm', { action: 'DEACTIVATE', ...request });
      await client.must('Put', { key: bytes('a') });
    });
  },
  { flags: [`--quota-backend-bytes=${QUOTA_BYTES}`] },
);

onEachBackend('the quota', (target) => {
  test('counts what lives: a store that is emptied again and again is never full', async (t) => {
    if (target.backend.name === 'etcd')
      return t.skip('etcd counts the file, whose pages it frees but keeps');
    const flags = [`--quota-backend-bytes=${QUOTA_BYTES}`];
    await withFreshServer(target.backend, { flags }, async (client) => {
      for (let round = 0; round < 8; round++) {
        for (let i = 0; i < 4; i++) await client.must('Put', { key: bytes(String(i)), value });
        await empty(client);
      }
      assert.deepEqual((await client.must('Alarm', {})).alarms, []);
    });
  });

  test('may be larger than 8 GiB', async () => {
    const flags = [`--quota-backend-bytes=${100 * 1024 ** 3}`];
    await withFreshServer(target.backend, { flags }, async (client, server) => {
      await client.must('Put', { key: bytes('a') });
      if (!server.version.atLeast('3.7.0') && target.backend.name === 'etcd') return;
      assert.equal((await client.must('Status', {})).dbSizeQuota, String(100 * 1024 ** 3));
    });
  });
});
