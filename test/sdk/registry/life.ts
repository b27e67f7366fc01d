/** What an instance may become while it is registered, and how consumers and its owner learn of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConcordError } from '@concord/client';
import { defineService } from '@concord/registry';
import type { SdkTarget } from '../harness/each-backend.ts';
import { ids, Stage, until, within } from './stage.ts';

const INSTANCES = '/concord/registry/instances/orders/';
const OVERRIDES = '/concord/registry/overrides/orders/';

/** Takes metadata with a number `shard`, as a schema of any library would. */
const shards = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value: unknown) =>
      typeof (value as { shard?: unknown } | undefined)?.shard === 'number'
        ? { value: value as { shard: number } }
        : { issues: [{ message: 'must be a number', path: ['shard'] }] },
    types: undefined as { input: { shard: number }; output: { shard: number } } | undefined,
  },
} as const;

export function lifeOfAnInstance(target: SdkTarget): void {
  test('an instance serves while its readiness check says so, and is listed but not picked otherwise', async () => {
    await using stage = new Stage(target);
    let isReady = false;
    const registry = await stage.registry();
    const self = await registry.register({
      name: 'orders',
      port: 1,
      warmup: '5s',
      readiness: { check: () => isReady, interval: 20, failuresMax: 2 },
    });
    const view = await registry.discover('orders');
    const { state, servingSince: never } = view.snapshot.instances[0] ?? assert.fail();
    assert.deepEqual([state, never], ['starting', undefined]);
    assert.equal(view.tryPick(), undefined);
    isReady = true;
    await until(view, 'serving', ({ snapshot }) => snapshot.instances[0]?.state === 'serving');
    const {
      servingSince = 0,
      registeredAt,
      warmupMs,
    } = view.snapshot.instances[0] ?? assert.fail();
    assert.ok(servingSince >= registeredAt);
    assert.equal(warmupMs, 5000);
    assert.equal(view.pick().instance.id, self.id);
    isReady = false;
    await until(view, 'starting', ({ snapshot }) => snapshot.instances[0]?.state === 'starting');
    assert.throws(() => view.pick(), { code: 'NO_INSTANCES' });
  });

  test('an instance that starts by hand serves when told to, and `waitFor` waits for that', async () => {
    await using stage = new Stage(target);
    const registry = await stage.registry();
    const self = await registry.register({ name: 'orders', port: 1, start: 'starting' });
    const view = await registry.discover('orders');
    await assert.rejects(view.waitFor(1, { timeout: '50ms' }), { code: 'NO_INSTANCES' });
    const found = registry.discover('orders', { waitFor: 1 });
    await self.setServing();
    assert.equal((await found).pick().instance.id, self.id);
  });

  test('an instance is as an operator decided, which its owner is told, and is itself again afterwards', async () => {
    await using stage = new Stage(target);
    const registry = await stage.registry();
    const { kv } = await stage.client();
    const self = await registry.register({ name: 'orders', port: 1, id: 'one', weight: 80 });
    const view = await registry.discover('orders');
    const overridden = within('the override', self.events.once('overridden'));
    const override = { weight: 5, reason: 'too hot', by: 'ann' };
    await kv.put(`${OVERRIDES}one`, JSON.stringify(override));
    assert.deepEqual(await overridden, { override });
    await until(view, 'the weight', ({ snapshot }) => snapshot.instances[0]?.weight === 5);
    const { declared, override: seen } = view.snapshot.instances[0] ?? assert.fail();
    assert.deepEqual(
      { declared, seen },
      { declared: { weight: 80, state: 'serving' }, seen: override },
    );
    const cleared = within('its end', self.events.once('overrideCleared'));
    await kv.delete(`${OVERRIDES}one`);
    assert.deepEqual(await cleared, { override });
    await until(view, 'its own', ({ snapshot }) => snapshot.instances[0]?.weight === 80);
  });

  test('an instance of another program is found, and a value that cannot be read harms nobody', async () => {
    await using stage = new Stage(target);
    const { kv } = await stage.client();
    await kv.put(`${INSTANCES}by-hand`, '{"address":"10.0.0.9","port":8080}');
    await kv.put(`${INSTANCES}broken`, '{"address":');
    await kv.put(`${INSTANCES}negative`, '{"address":"10.0.0.9","port":1,"weight":-1}');
    const view = await (await stage.registry()).discover('orders');
    assert.deepEqual(ids(view), ['by-hand']);
    const problems: string[] = [];
    view.events.on('invalid', ({ key, problem }) =>
      problems.push(`${key.split('/').at(-1)}: ${problem}`),
    );
    await kv.put(`${INSTANCES}late`, 'no JSON');
    await kv.put(`${INSTANCES}late`, 'no JSON either');
    await kv.put(`${OVERRIDES}by-hand`, '[]');
    await kv.put(`${INSTANCES}second`, '{"address":"10.0.0.10","port":8080}');
    await until(view, 'the second', (it) => ids(it).length === 2);
    assert.deepEqual(problems.sort(), ['by-hand: it is no JSON object', 'late: it is no JSON']);
  });

  test('an instance has the metadata that the definition says, or is refused, or is skipped', async () => {
    await using stage = new Stage(target);
    const orders = defineService({ name: 'orders', metadata: shards, ports: ['http', 'grpc'] });
    const registry = await stage.registry();
    const port = { http: 3000, grpc: 3001 };
    await registry.register({ name: orders, port, id: 'good', metadata: { shard: 3 } });
    await assert.rejects(
      registry.register({ name: orders, port, metadata: { shard: 'x' as never } }),
      (error) =>
        ConcordError.is(error, 'INVALID_ARGUMENT') && /shard: must be a number/.test(error.message),
    );
    await registry.register({ name: 'orders', port: 1, id: 'bad', metadata: { shard: 'x' } });
    const view = await registry.discover(orders);
    assert.deepEqual(ids(view), ['good']);
    const shard: number | undefined = view.snapshot.instances[0]?.metadata.shard;
    assert.equal(shard, 3);
    assert.deepEqual(view.snapshot.instances[0]?.ports, port);
  });

  test('an instance is told of in updates whose first has all there is, and which are merged for the slow', async () => {
    await using stage = new Stage(target);
    const registry = await stage.registry();
    const self = await registry.register({ name: 'orders', port: 1, id: 'one' });
    const view = await registry.discover('orders');
    const updates = view.updates();
    const first = await updates.next();
    assert.deepEqual(
      first.value?.added.map(({ id }) => id),
      ['one'],
    );
    await self.update({ weight: 1 });
    await registry.register({ name: 'orders', port: 2, id: 'two' });
    await self.update({ weight: 2 });
    await until(
      view,
      'all of it',
      ({ snapshot }) =>
        snapshot.instances.some(({ weight }) => weight === 2) && snapshot.instances.length === 2,
    );
    const second = await updates.next();
    assert.deepEqual(
      second.value?.added.map(({ id }) => id),
      ['two'],
    );
    assert.equal(second.value.changed[0]?.previous.weight, 100);
    assert.equal(second.value.changed[0].current.weight, 2);
    const third = updates.next();
    await view.close();
    assert.equal((await third).done, true);
  });

  test('an instance counts in the list of all services', async () => {
    await using stage = new Stage(target);
    const registry = await stage.registry();
    await registry.register({ name: 'orders', port: 1, zone: 'a', labels: { v: '1' } });
    await registry.register({ name: 'orders', port: 2, zone: 'b', start: 'starting' });
    await registry.register({ name: 'payments', port: 3 });
    assert.deepEqual(await registry.list(), [
      { name: 'orders', instances: { starting: 1, serving: 1, draining: 0 }, zones: ['a', 'b'] },
      { name: 'payments', instances: { starting: 0, serving: 1, draining: 0 }, zones: [] },
    ]);
    assert.deepEqual(
      (await registry.list({ selector: 'v=1' })).map(({ name }) => name),
      ['orders'],
    );
  });

  test('an instance whose consumer does not answer drains when the time is up, and names it', async () => {
    await using stage = new Stage(target);
    const self = await (await stage.registry()).register({ name: 'orders', port: 1, id: 'one' });
    const { kv } = await stage.client();
    await kv.put('/concord/registry/observers/orders/stuck', '{"revision":1,"at":0}');
    const report = await self.drain({ maxWait: '100ms' });
    assert.equal(report.outcome, 'timeout');
    assert.deepEqual(report.pending, ['stuck']);
    assert.equal(await kv.get(`${INSTANCES}one`), undefined);
  });

  test('an instance closed with its registry leaves no key and no lease behind', async () => {
    await using stage = new Stage(target);
    const registry = await stage.registry();
    await registry.register({ name: 'orders', port: 1 });
    await registry.discover('orders');
    // The acknowledgement is written in the background.
    await sleep(100);
    await registry.close();
    const { kv } = await stage.client();
    assert.deepEqual((await kv.range({ prefix: '/concord/' })).entries, []);
    await assert.rejects(registry.register({ name: 'orders', port: 1 }), { code: 'CLOSED' });
  });
}
