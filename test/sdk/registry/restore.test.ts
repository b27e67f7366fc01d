/**
 * Goal: after the cluster was put back to an older backup, instances are registered again, as other incarnations, and
 * consumers have them. Method: a member whose data directory is replaced by what it was before.
 */
import assert from 'node:assert/strict';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Client } from '@concord/client';
import { Registry } from '@concord/registry';
import { concordKind, etcdKind } from '../../bench/server-under-test.ts';
import { Cluster } from '../../cluster/cluster.ts';
import { LoopbackNetwork } from '../../cluster/loopback-network.ts';
import { until, within } from './stage.ts';

for (const [name, kind] of [
  ['concord', concordKind()],
  ['etcd', etcdKind()],
] as const) {
  test(
    `an instance that a backup does not know is registered again, on ${name}`,
    { skip: kind === undefined && `there is no ${name} here` },
    async () => {
      if (kind === undefined) return;
      await using cluster = await Cluster.start({ kind, size: 1, network: new LoopbackNetwork() });
      const { dataDirectory } = cluster.member(1);
      const backup = join(cluster.directory, 'backup');
      await cluster.stop(1);
      cpSync(dataDirectory, backup, { recursive: true });
      await cluster.start(1);

      await using client = await Client.connect({ endpoints: cluster.endpoints });
      await using registry = new Registry(client);
      // Revisions that the restored cluster has not reached yet when it is seen again.
      for (let i = 0; i < 10; i++) await client.kv.put('filler', `${i}`);
      const self = await registry.register({ name: 'orders', port: 1, id: 'one' });
      const view = await registry.discover('orders');
      const before = self.incarnation;
      const again = within('the re-registration', self.events.once('reRegistered'));

      await cluster.stop(1);
      rmSync(dataDirectory, { recursive: true });
      cpSync(backup, dataDirectory, { recursive: true });
      await cluster.start(1);

      await again;
      await until(view, 'the new incarnation', ({ snapshot }) =>
        snapshot.instances.some(({ incarnation }) => incarnation !== before),
      );
      assert.equal(self.state, 'serving');
    },
  );
}
