/** What operators ask: members, status, alarms, hashes, backups, leadership. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { Client } from '@concord/client';
import { onEachBackend } from '../harness/each-backend.ts';

/** Members are changed only where they have been connected for five seconds; until then the answer says so, at once. */
async function onceHealthy<Answer>(change: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await change();
    } catch (error) {
      assert.match(String(error), /unhealthy cluster/);
      await setTimeout(200);
    }
  }
}

onEachBackend(
  'the administration of three members',
  (target) => {
    test('lists them, and tells how each fares', async () => {
      await using client = await Client.connect({ endpoints: target.endpoints });
      const members = await client.cluster.members();
      assert.deepEqual(members.map(({ name }) => name).sort(), ['m1', 'm2', 'm3']);
      const local = await client.cluster.members({ consistency: 'serializable' });
      assert.equal(local.length, 3);
      const statuses = await Promise.all(
        target.endpoints.map((endpoint) => client.maintenance.status({ endpoint })),
      );
      assert.deepEqual(
        new Set(statuses.map(({ memberId }) => memberId)),
        new Set(members.map(({ id }) => id)),
      );
      assert.equal(new Set(statuses.map(({ leaderId }) => leaderId)).size, 1);
      for (const { version, isLearner, databaseBytes, errors } of statuses) {
        assert.match(version, /^\d+\.\d+\.\d+/);
        assert.ok(!isLearner && databaseBytes > 0);
        assert.deepEqual(errors, []);
      }
      await assert.rejects(client.maintenance.status({ endpoint: 'elsewhere:1' }), {
        code: 'INVALID_ARGUMENT',
        message: /option "endpoint" is "elsewhere:1"; give one of/,
      });
    });

    test('hands leadership over, whichever endpoint leads', async () => {
      await using client = await Client.connect({ endpoints: target.endpoints });
      const { leaderId } = await client.maintenance.status();
      const other = (await client.cluster.members()).find(({ id }) => id !== leaderId)!;
      await client.maintenance.moveLeader(other.id);
      await client.kv.put('after', 'the move');
      assert.equal((await client.maintenance.status()).leaderId, other.id);
    });

    test('adds a learner and removes it', async () => {
      await using client = await Client.connect({ endpoints: target.endpoints });
      const peerUrl = 'http://127.0.0.1:1';
      const { member, members } = await onceHealthy(() =>
        client.cluster.add([peerUrl], { learner: true }),
      );
      assert.deepEqual([member.isLearner, member.name, members.length], [true, '', 4]);
      await assert.rejects(client.cluster.promote(member.id), { code: 'CONFLICT' });
      const updated = await client.cluster.update(member.id, ['http://127.0.0.1:2']);
      assert.ok(updated.some(({ peerUrls }) => peerUrls[0] === 'http://127.0.0.1:2'));
      assert.equal((await client.cluster.remove(member.id)).length, 3);
      await assert.rejects(client.cluster.remove(member.id), { code: 'NOT_FOUND' });
      await assert.rejects(client.cluster.add(['nowhere']), { code: 'INVALID_ARGUMENT' });
    });

    test('compares members by their hashes, and takes a backup that is whole', async () => {
      await using client = await Client.connect({ endpoints: target.endpoints });
      let revision = 0;
      for (let i = 0; i < 20; i++)
        ({ revision } = await client.kv.put(`k${i}`, 'x'.repeat(50_000)));
      const { maintenance } = client;
      // A follower may still be applying: a read through each waits for that.
      const hashes = await Promise.all(
        target.endpoints.map(async (endpoint) => {
          for (;;) {
            if ((await maintenance.status({ endpoint })).revision >= revision) break;
          }
          return (await maintenance.hashKV(revision, { endpoint })).hash;
        }),
      );
      assert.equal(new Set(hashes).size, 1);
      await maintenance.defragment({ endpoint: target.endpoints[0]!, timeout: '20s' });
      const chunks: Uint8Array[] = [];
      let remaining = -1;
      for await (const { bytes, remainingBytes } of maintenance.snapshot()) {
        chunks.push(bytes);
        remaining = remainingBytes;
      }
      assert.equal(remaining, 0);
      const backup = Buffer.concat(chunks);
      assert.ok(backup.length > 20 * 50_000);
      const digest = createHash('sha256').update(backup.subarray(0, -32)).digest();
      assert.deepEqual(digest, backup.subarray(-32));
      for await (const chunk of maintenance.snapshot({ signal: AbortSignal.timeout(10_000) })) {
        assert.ok(chunk.bytes.length > 0);
        break;
      }
      assert.deepEqual(await maintenance.alarms(), []);
      assert.deepEqual(await maintenance.disarm(), []);
    });
  },
  { members: 3 },
);

onEachBackend(
  'a store that is full',
  (target) => {
    test('refuses writes with QUOTA until its alarm is cleared', async () => {
      await using client = await Client.connect({ endpoints: target.endpoints });
      const fill = async (): Promise<void> => {
        for (;;) await client.kv.put('filler', 'x'.repeat(900_000));
      };
      await assert.rejects(fill(), {
        code: 'QUOTA',
        outcome: 'not-applied',
        message: /compact, defragment, then disarm/,
      });
      const alarms = await client.maintenance.alarms();
      assert.deepEqual(
        alarms.map(({ kind }) => kind),
        ['nospace'],
      );
      const { revision } = await client.kv.range('filler');
      await client.kv.compact(revision, { physical: true });
      await client.maintenance.defragment({ timeout: '20s' });
      const disarmed = await client.maintenance.disarm();
      // Concord takes it back by itself once there is room, which may have been before.
      if (disarmed.length > 0) assert.deepEqual(disarmed, alarms);
      assert.deepEqual(await client.maintenance.alarms(), []);
      await client.kv.put('filler', 'fits');
    });
  },
  { flags: ['--quota-backend-bytes=8388608'] },
);
