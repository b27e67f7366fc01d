/** Goal: the story of the README holds as it is told. Method: its lines, against real members. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { connect, ConcordError } from '@concord/sdk';
import { onEachBackend } from '../harness/each-backend.ts';

onEachBackend('the SDK', (target) => {
  test('registers, discovers, watches configuration and locks in four lines', async () => {
    const namespace = target.corner();
    await using concord = await connect({ endpoints: target.endpoints, namespace });
    await using other = await connect({ endpoints: target.endpoints, namespace });
    await using bank = await other.registry.register({ name: 'payments', port: 4000 });
    await other.client.kv.put('/db/url', 'postgres://a');

    await using self = await concord.registry.register({
      name: 'orders',
      port: 3000,
      weight: 200,
      ttl: '15s',
    });
    const payments = await concord.discover('payments');
    const dbUrl = await concord.config.watch('/db/url');
    await using jobs = await concord.lock.acquire('/jobs');

    assert.equal(self.instance.weight, 200);
    assert.equal(payments.pick().instance.id, bank.instance.id);
    assert.equal(dbUrl.current, 'postgres://a');
    assert.ok(jobs.token > 0);
    assert.equal(jobs.signal.aborted, false);
    assert.equal(await other.lock.tryAcquire('/jobs'), undefined);

    const changed = new Promise<string>((resolve) => {
      dbUrl.onChange(({ value }) => resolve(value));
    });
    await other.client.kv.put('/db/url', 'postgres://b');
    assert.equal(await changed, 'postgres://b');
  });

  test('is closed once, and says so to whoever asks more of it', async () => {
    const concord = await connect({ endpoints: target.endpoints, namespace: target.corner() });
    const lock = await concord.lock.acquire('/jobs');
    await Promise.all([concord.close(), concord.close()]);
    assert.equal(lock.remainingMs, 0);
    assert.throws(
      () => concord.registry,
      (error) => ConcordError.is(error, 'CLOSED'),
    );
  });

  test('drains what is registered before it gives up locks and leaderships, and leaves nothing behind', async () => {
    const options = { endpoints: target.endpoints, namespace: target.corner() };
    await using witness = await connect(options);
    const concord = await connect(options);
    const self = await concord.registry.register({ name: 'orders', port: 1 });
    const lock = await concord.lock.acquire('/jobs');
    const leadership = await concord.election.campaign('/leader', { value: 'me' });
    const order: string[] = [];
    self.events.on('state', ({ to }) => order.push(to));
    for (const { name, signal } of [lock, leadership]) {
      signal.addEventListener('abort', () => order.push(name), { once: true });
    }
    await assert.rejects(
      concord.close({ drain: { maxWait: -1 } }),
      /concord\.close: option "drain\.maxWait": -1/,
    );
    await concord.close({ drain: { maxWait: '1s' } });
    assert.deepEqual(order.slice(0, 2), ['draining', 'closed']);
    assert.deepEqual(order.slice(2).sort(), ['/jobs', '/leader']);
    assert.deepEqual((await witness.lock.inspect('/jobs')).holders, []);
    assert.equal(await witness.election.leader('/leader'), undefined);
    const { count } = await witness.client.kv.range(
      { prefix: '/concord/registry/instances/' },
      { countOnly: true },
    );
    assert.equal(count, 0);
  });

  test('says whether the cluster answers', async () => {
    await using concord = await connect({ endpoints: target.endpoints });
    const well = await concord.health();
    assert.equal(well.isLive, true);
    assert.deepEqual(Object.values(well.endpoints), ['healthy']);
    target.lines.at(0).cut();
    const health = await concord.health({ timeout: '300ms' });
    assert.equal(health.isLive, false);
    assert.ok(health.problem?.includes(target.endpoints[0] ?? '?'), health.problem);
  });

  test('starts without the cluster on what it knew, where it has a directory for that', async () => {
    const cacheDirectory = mkdtempSync(join(tmpdir(), 'concord-sdk-'));
    const namespace = target.corner();
    const options = { endpoints: target.endpoints, namespace, cacheDirectory };
    {
      await using before = await connect(options);
      await before.client.kv.put('/db/url', 'postgres://a');
      await before.config.watch('/db/url');
    }
    target.lines.at(0).cut();
    await using concord = await connect({ ...options, timeout: '500ms' });
    const dbUrl = await concord.config.watch('/db/url');
    assert.deepEqual([dbUrl.current, dbUrl.info.source], ['postgres://a', 'snapshot']);
    rmSync(cacheDirectory, { recursive: true });
  });

  test('refuses options that can mean nothing, by their name', async () => {
    await assert.rejects(connect({ endpoints: [] }), /option "endpoints"/);
    await assert.rejects(
      connect({ endpoints: target.endpoints, cacheDirectory: '' }),
      /connect: option "cacheDirectory": "" is no path; give the path of a directory/,
    );
    await assert.rejects(
      connect({ endpoints: target.endpoints, endpoint: 'x' } as never),
      (error) => ConcordError.is(error, 'INVALID_ARGUMENT') && error.message.includes('endpoint'),
    );
  });
});

test('CommonJS programs require it', () => {
  const sdk = createRequire(import.meta.url)('@concord/sdk') as { connect: unknown };
  assert.equal(sdk.connect, connect);
});
