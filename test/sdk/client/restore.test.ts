/**
 * Goal: a cluster that was restored to an older revision is noticed: mirrors show what it has now, watches say that their
 * history is gone. Method: a member whose data directory is put back to what it was, so that its ids stay the same.
 */
import assert from 'node:assert/strict';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Client } from '@concord/client';
import { concordKind, etcdKind } from '../../bench/server-under-test.ts';
import { Cluster } from '../../cluster/cluster.ts';
import { LoopbackNetwork } from '../../cluster/loopback-network.ts';

for (const [name, kind] of [
  ['concord', concordKind()],
  ['etcd', etcdKind()],
] as const) {
  // Scenario 4 of the research: restore an older backup without a bump of the revision.
  test(
    `a mirror notices that the cluster was restored from a backup, on ${name}`,
    { skip: kind === undefined && `there is no ${name} here` },
    async () => {
      await using cluster = await Cluster.start({
        kind: kind!,
        size: 1,
        network: new LoopbackNetwork(),
      });
      await using client = await Client.connect({ endpoints: cluster.endpoints });
      await client.kv.put('a', 'in the backup');
      await client.kv.put('b', 'in the backup');
      const { dataDirectory } = cluster.member(1);
      const backup = join(cluster.directory, 'backup');
      await cluster.stop(1);
      cpSync(dataDirectory, backup, { recursive: true });
      await cluster.start(1);

      await client.kv.put('a', 'after the backup', { timeout: '20s' });
      for (let i = 0; i < 5; i++) await client.kv.put('c', `${i}`);
      await client.kv.delete('b');
      await using mirror = client.mirror({ prefix: '' });
      const watch = client.watch({ prefix: '' });
      await Promise.all([mirror.ready(), watch.created()]);
      const before = mirror.revision;
      const changed = new Set<string>();
      const resync = new Promise<string>((resolve) => {
        mirror.onBatch(({ reason, changes }) => {
          for (const change of changes) {
            changed.add(change.kind === 'put' ? change.entry.key : `-${change.key}`);
          }
          if (reason !== undefined) resolve(reason);
        });
      });

      await cluster.stop(1);
      rmSync(dataDirectory, { recursive: true });
      cpSync(backup, dataDirectory, { recursive: true });
      await cluster.start(1);

      assert.equal(await resync, 'restored');
      assert.ok(mirror.revision < before);
      assert.deepEqual([...changed].sort(), ['-c', 'a', 'b']);
      assert.equal(mirror.entries.get('a')?.text, 'in the backup');
      await assert.rejects(watch.next(), { code: 'COMPACTED', message: /restored from a backup/ });
      const { revision } = await client.kv.put('d', 'goes on');
      await mirror.reached(revision, { timeout: '10s' });
      assert.equal(mirror.entries.get('d')?.text, 'goes on');
    },
  );
}
