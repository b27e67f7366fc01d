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

  test('says whether the cluster answers', async () => {
    await using concord = await connect({ endpoints: target.endpoints });
    assert.equal((await concord.health()).isLive, true);
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
  const sdk = createRequire(import.meta.url)('@concord/sdk') as typeof import('@concord/sdk');
  assert.equal(sdk.connect, connect);
});
