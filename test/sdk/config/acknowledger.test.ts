/** Acknowledgements outlive their lease: they are written again under a new one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Acknowledger } from '../../../packages/config/src/feedback/acknowledger.ts';
import { acknowledgementKey, itemAddress } from '../../../packages/config/src/item/address.ts';
import type { Acknowledgement } from '../../../packages/config/src/feedback/convergence.ts';
import { onEachBackend } from '../harness/each-backend.ts';
import { Stage } from './stage.ts';

onEachBackend('acknowledgements', (target) => {
  test('come back when their lease is lost, the newest alone, and the worst of several readers', async () => {
    await using stage = new Stage(target);
    const client = await stage.client();
    const address = itemAddress('test', 'x', 'default');
    const key = acknowledgementKey(address, 'me');
    const failures: unknown[] = [];
    const acknowledger = new Acknowledger(client, {
      client: 'me',
      ttlMs: 1000,
      onFailure: (error) => failures.push(error),
    });
    await using mirror = client.mirror(key);
    await mirror.ready();
    const stored = async (
      holds: (said: Acknowledgement, lease: bigint) => boolean,
    ): Promise<bigint> => {
      for (;;) {
        const entry = mirror.entries.get(key);
        if (entry !== undefined && holds(entry.json<Acknowledgement>(), entry.lease))
          return entry.lease;
        await new Promise<void>((resolve) => {
          const listening = mirror.onBatch(() => {
            listening[Symbol.dispose]();
            resolve();
          });
        });
      }
    };
    const said = (
      release: number,
      state: Acknowledgement['state'] = 'applied',
    ): Acknowledgement => ({
      release,
      state,
      track: 'base',
      revision: 1,
      id: 'me',
      at: new Date().toISOString(),
    });
    const [one, other] = [{}, {}];
    acknowledger.set(address, one, said(1));
    const lease = await stored(({ release }) => release === 1);
    acknowledger.set(address, one, said(2));
    acknowledger.set(address, other, said(2, 'rejected'));
    await stored(({ state, release }) => state === 'rejected' && release === 2);

    await client.leases.revoke(lease);
    await stored((_, now) => now !== lease);

    acknowledger.set(address, other, undefined);
    await stored(({ state }) => state === 'applied');
    await acknowledger.close();
    assert.equal(await client.kv.get(key), undefined);
    assert.deepEqual(failures, []);
  });
});
