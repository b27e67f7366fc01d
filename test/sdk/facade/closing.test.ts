/**
 * Goal: closing everything ends soon when the cluster is away, whatever was going on, and says nothing that is not true.
 * Method: a process that registers, watches, acknowledges and holds locks, whose line is cut or hangs.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from '@concord/client';
import { Registry } from '@concord/registry';
import { connect, type Concord } from '@concord/sdk';
import { onEachBackend } from '../harness/each-backend.ts';

/** Two seconds without an answer by default, and what it takes to end the parts one after the other. */
const CLOSE_MS_MAX = 3_500;

async function tookMs(closing: Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now();
  await closing;
  return performance.now() - startedAtMs;
}

onEachBackend('closing', (target) => {
  /** Has something of everything. */
  const busy = async (namespace = target.corner()): Promise<Concord> => {
    const concord = await connect({ endpoints: target.endpoints, namespace });
    await concord.registry.register({ name: 'orders', port: 3000 });
    await concord.discover('orders');
    await concord.config.watch('/db/url', { fallback: 'none' });
    await concord.lock.acquire('/jobs');
    await concord.election.campaign('/leader', { value: 'me' });
    await concord.client.session();
    return concord;
  };
  const line = (): ReturnType<typeof target.lines.at> => target.lines.at(0);
  const faults = { 'a cluster that is down': 'cut', 'one that hangs': 'pause' } as const;

  for (const [what, fault] of Object.entries(faults)) {
    test(`without ${what} takes two to three seconds`, async (t) => {
      const concord = await busy();
      line()[fault]();
      const ms = await tookMs(concord.close());
      t.diagnostic(`${ms.toFixed()} ms`);
      assert.ok(ms < CLOSE_MS_MAX, `${ms} ms`);
    });

    test(`without ${what} takes as long as it is given, and a moment`, async (t) => {
      const concord = await busy();
      line()[fault]();
      const ms = await tookMs(concord.close({ timeout: '300ms' }));
      t.diagnostic(`${ms.toFixed()} ms`);
      assert.ok(ms < 1_500, `${ms} ms`);
    });

    test(`a registry without ${what} takes two to three seconds, and says so of the drain`, async (t) => {
      await using client = await Client.connect({ endpoints: target.endpoints });
      const registry = new Registry(client.namespace(target.corner()));
      const registration = await registry.register({ name: 'orders', port: 1 });
      await registry.discover('orders');
      line()[fault]();
      const draining = registration.drain({ observers: 'skip' });
      const ms = await tookMs(registry.close({ observers: 'skip' }));
      t.diagnostic(`${ms.toFixed()} ms`);
      assert.ok(ms < CLOSE_MS_MAX, `${ms} ms`);
      assert.equal((await draining).outcome, 'unreachable');
      target.lines.heal();
    });
  }

  test('in the middle of it takes away what can be taken away', async () => {
    await using witness = await Client.connect({ endpoints: target.endpoints });
    const namespace = target.corner();
    const concord = await busy(namespace);
    await concord.close();
    const { entries } = await witness.kv.range({ prefix: namespace });
    assert.deepEqual(
      entries.map(({ key }) => key),
      [],
    );
  });

  test('that is given no time is refused, by name', async () => {
    const concord = await busy();
    await assert.rejects(concord.close({ timeout: 0 }), {
      code: 'INVALID_ARGUMENT',
      message: /option "timeout": 0 is no span/,
    });
    await concord.close();
  });
});
