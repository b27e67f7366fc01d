/**
 * Goal: whatever happens to the lease, the key or the line, the instance is back by itself, as another incarnation, and
 * consumers see one removal and one addition. Method: registrants behind a fault proxy, consumers past it.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Registration, Registry, Renewal } from '@concord/registry';
import { onEachBackend } from '../harness/each-backend.ts';
import { diary, ids, Stage, until, within } from './stage.ts';

/** etcd grants no shorter one. */
const TTL_MS = 2000;
/** How long the partition goes on after the removal was seen; the scenario's full length on request. */
const LONGER_MS = process.env['CONCORD_SDK_LONG'] === '1' ? 5000 : 200;
/** What the scenario allows from the healing on. */
const BACK_MS_MAX = 3000;

const reRegistered = (registration: Registration): Promise<Renewal> =>
  within('the re-registration', registration.events.once('reRegistered'));

onEachBackend('a registration', (target) => {
  // Scenario 1 of the research, and what else a partition does, at the same time: it takes longer than a TTL.
  test('is back within 3 s after a partition longer than its TTL, seen as one removal and one addition', async () => {
    await using stage = new Stage(target);
    const registry = await stage.registry();
    const self = await registry.register({ name: 'orders', port: 1, ttl: TTL_MS, id: 'one' });
    const view = await (await stage.registry({}, stage.direct())).discover('orders');
    const lines = diary(view);
    const before = self.incarnation;
    const renewal = reRegistered(self);
    const hasFailed = await failsWithItsSession(registry);
    const drain = await drainsUnheard(registry);
    target.lines.cut();
    const drained = drain();
    await until(view, 'the removal', (it) => ids(it).length === 0);
    await sleep(LONGER_MS);
    await Promise.all([hasFailed(), drained]);
    const healedAtMs = performance.now();
    target.lines.heal();
    await until(view, 'the return', (it) => ids(it).length === 1);
    const backMs = performance.now() - healedAtMs;
    assert.ok(backMs < BACK_MS_MAX, `it took ${backMs} ms`);
    const { previous, current, cause, gapMs } = await renewal;
    assert.deepEqual([previous, current, cause], [before, self.incarnation, 'session-lost']);
    assert.ok(gapMs > 0);
    assert.notEqual(self.incarnation, before);
    assert.equal(view.snapshot.instances[0]?.incarnation, self.incarnation);
    assert.deepEqual(lines, ['-one expired', '+one']);
    assert.equal(self.state, 'serving');
  });

  test('that somebody deletes is registered again under the same lease', async () => {
    await using stage = new Stage(target);
    const self = await (await stage.registry()).register({ name: 'orders', port: 1, id: 'one' });
    const view = await (await stage.registry()).discover('orders');
    const before = self.incarnation;
    const renewal = reRegistered(self);
    await (await stage.client()).kv.delete('/concord/registry/instances/orders/one');
    const { cause } = await renewal;
    assert.equal(cause, 'key-gone');
    await until(view, 'another incarnation', ({ snapshot }) =>
      snapshot.instances.some(({ incarnation }) => incarnation !== before),
    );
  });

  test('whose lease somebody revokes gets another', async () => {
    await using stage = new Stage(target);
    const self = await (
      await stage.registry()
    ).register({ name: 'orders', port: 1, ttl: TTL_MS, id: 'one' });
    const client = await stage.client();
    const entry = await client.kv.get('/concord/registry/instances/orders/one');
    const renewal = reRegistered(self);
    await client.leases.revoke(entry?.lease ?? 0n);
    await renewal;
    const again = await client.kv.get('/concord/registry/instances/orders/one');
    assert.notEqual(again?.lease, entry?.lease);
    assert.equal(again?.json<{ incarnation: string }>().incarnation, self.incarnation);
  });

  test('says what has changed while the cluster was away, once it is back', async () => {
    await using stage = new Stage(target);
    const self = await (await stage.registry()).register({ name: 'orders', port: 1, id: 'one' });
    const view = await (await stage.registry({}, stage.direct())).discover('orders');
    target.lines.cut();
    await assert.rejects(self.update({ weight: 7 }, { timeout: 100 }), { code: 'DEADLINE' });
    target.lines.heal();
    await until(view, 'the weight', ({ snapshot }) => snapshot.instances[0]?.weight === 7);
  });
});

/** With `onSessionLoss: 'fail'` it ends when the lease is lost, and says so. */
async function failsWithItsSession(registry: Registry): Promise<() => Promise<void>> {
  const options = { name: 'fleeting', port: 1, ttl: TTL_MS, onSessionLoss: 'fail' } as const;
  const self = await registry.register(options);
  const ended = within('the end', self.events.once('ended'));
  return async () => {
    const { error } = await ended;
    assert.equal(error.code, 'SESSION_LOST');
    assert.equal(self.signal.reason, error);
    assert.equal(self.state, 'closed');
    await assert.rejects(self.update({ weight: 1 }), { code: 'CLOSED' });
  };
}

/** A drain without a cluster ends in bounded time, and says that nobody could be told. */
async function drainsUnheard(registry: Registry): Promise<() => Promise<void>> {
  const self = await registry.register({ name: 'leaving', port: 1, ttl: TTL_MS });
  return async () => {
    const report = await within('the drain', self.drain({ maxWait: 300 }));
    assert.equal(report.outcome, 'unreachable');
  };
}
