/** Items that lie under those of another namespace: what services share, and each may change for itself. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { Client, ConcordError } from '@concord/client';
import { Configuration, defineConfig } from '@concord/config';
import { z } from 'zod';
import { onEachBackend } from '../harness/each-backend.ts';
import { converged, Recorder, Stage } from './stage.ts';

const retries = defineConfig({
  id: 'http/retries',
  schema: z.object({ max: z.number().positive(), wait: z.number() }),
  merge: true,
});

onEachBackend('an inherited item', (target) => {
  /** The desk writes the shared namespace; the service reads its own over it. */
  const shared = { namespace: 'shared' } as const;
  const orders = { namespace: 'orders', inherits: 'shared' } as const;

  test('is the value as long as the namespace has none of its own, and reloads like that', async () => {
    await using stage = new Stage(target);
    const desk = await stage.config(shared);
    const config = await stage.config({ ...orders, clientId: 'orders-1' });
    await desk.release(retries, { max: 1, wait: 10 });
    const live = await config.watch(retries);
    const recorder = new Recorder(live);
    assert.deepEqual(live.current, { max: 1, wait: 10 });
    assert.deepEqual([live.info.release, live.info.track, live.info.source], [0, 'none', 'live']);
    assert.deepEqual(await config.get(retries), { max: 1, wait: 10 });

    await desk.release(retries, { max: 2, wait: 10 });
    await recorder.until(({ value }) => value.max === 2);
    await config.release(retries, { wait: 99 });
    await recorder.until(({ value }) => value.wait === 99);
    assert.deepEqual(live.current, { max: 2, wait: 99 });
    const [explanation] = live.explain();
    assert.deepEqual(explanation?.layers, [
      { name: 'inherited', origin: 'release 2 of shared:http/retries' },
      { name: 'release', origin: 'release 1' },
    ]);
    assert.deepEqual(
      explanation.fields.map(({ path, layer }) => [path, layer]),
      [
        ['max', 'inherited'],
        ['wait', 'release'],
      ],
    );
    await desk.release(retries, { max: 3, wait: 10 });
    await recorder.until(({ value }) => value.max === 3);
    assert.equal(live.current.wait, 99);
    // Its own item is gone: what lies under it is the value again.
    await config.delete(retries);
    await recorder.until(({ value }) => value.wait === 10);
    await converged(config, 'http/retries', ({ counts }) => counts.applied > 0);
  });

  test('that is invalid is rejected, and the value of before stays', async () => {
    await using stage = new Stage(target);
    const desk = await stage.config(shared);
    const config = await stage.config(orders);
    await desk.release(retries, { max: 1, wait: 10 });
    const live = await config.watch(retries);
    const rejected = config.events.once('rejected');
    await desk.release('http/retries', { max: -1, wait: 10 });
    assert.match((await rejected).error.message, /max/);
    assert.equal(live.current.max, 1);
  });

  test('is the one of the gray track that the client is on', async () => {
    await using stage = new Stage(target);
    const desk = await stage.config(shared);
    await desk.release(retries, { max: 1, wait: 1 });
    const gray = { name: 'canary', match: { zone: 'eu' } } as const;
    await desk.release(retries, { max: 5, wait: 1 }, { gray });
    const app = (zone: string) => ({ name: 'orders', labels: { zone } });
    const inside = await stage.config({ ...orders, app: app('eu') });
    const outside = await stage.config({ ...orders, app: app('us') });
    assert.equal((await inside.get(retries)).max, 5);
    assert.equal((await outside.get(retries)).max, 1);
  });

  test('that is a secret stays sealed and redacted, and opens with its own name', async () => {
    await using stage = new Stage(target);
    const directory = await mkdtemp(join(tmpdir(), 'concord-inherited-'));
    const keys = { current: 'a', keys: { a: randomBytes(32).toString('base64') } };
    const desk = await stage.config({ ...shared, keys });
    const config = await stage.config({ ...orders, keys, cache: { directory } });
    const password = 'correct horse battery';
    await desk.release('db', JSON.stringify({ password }), { secret: true, format: 'json' });
    const live = await config.watch<{ password: string }>('db', { format: 'json' });
    assert.equal(live.current.password, password);
    assert.ok(!inspect(live, { depth: 9 }).includes(password));
    await config.close();
    const files = await readdir(directory);
    const kept = await Promise.all(files.map((file) => readFile(join(directory, file), 'utf8')));
    assert.match(kept.join(), /orders\/db.*A256GCM/);
    assert.ok(!kept.join().includes(password));
    await rm(directory, { recursive: true, force: true });
  });

  test('is in the snapshot that a process starts from without the cluster', async () => {
    await using stage = new Stage(target);
    const directory = await mkdtemp(join(tmpdir(), 'concord-inherited-'));
    const cache = { directory };
    const desk = await stage.config(shared);
    await desk.release(retries, { max: 7, wait: 1 });
    const first = await stage.config({ ...orders, cache });
    await (await first.watch(retries)).close();
    await first.close();
    target.lines.at(0).cut();
    const { endpoints } = target;
    await using client = Client.open({ endpoints, namespace: stage.corner });
    await using config = new Configuration(client, { ...orders, cache, startTimeout: 300 });
    const live = await config.watch(retries);
    assert.deepEqual([live.current.max, live.info.source], [7, 'snapshot']);
    target.lines.heal();
    const recorder = new Recorder(live);
    await desk.release(retries, { max: 8, wait: 1 });
    await recorder.until(({ value }) => value.max === 8);
    await live.close();
    await rm(directory, { recursive: true, force: true });
  });

  test('moves with the other members of a bundle, at one revision', async () => {
    await using stage = new Stage(target);
    const desk = await stage.config(shared);
    const config = await stage.config(orders);
    const limit = defineConfig({ id: 'http/limit', schema: z.number(), namespace: 'orders' });
    const of = (max: number): Promise<unknown> =>
      desk.release([
        { item: retries, content: { max, wait: 1 } },
        { item: limit, content: max },
      ]);
    await of(1);
    const live = await config.bundle({ retries, limit });
    const recorder = new Recorder(live);
    for (let max = 2; max <= 5; max++) await of(max);
    await recorder.until(({ value }) => value.limit === 5);
    for (const { retries: shown, limit: own } of recorder.values) assert.equal(shown.max, own);
  });

  test('is chosen for each item, or not at all', async () => {
    await using stage = new Stage(target);
    const desk = await stage.config(shared);
    await desk.release('motto', 'shared');
    const config = await stage.config(orders);
    assert.equal(await config.get('motto'), 'shared');
    const missing = (error: unknown): boolean => ConcordError.is(error, 'CONFIG_MISSING');
    await assert.rejects(config.get('motto', { inherits: false }), missing);
    await assert.rejects(config.get('motto', { inherits: 'nobody' }), missing);
    // An item of the shared namespace has nothing under it.
    assert.equal(await config.get('motto', { namespace: 'shared' }), 'shared');
    const bad = { code: 'INVALID_ARGUMENT', message: /option "inherits" is/ };
    await assert.rejects(config.get('motto', { inherits: 'a/b' }), bad);
    await assert.rejects(config.get('motto', { inherits: 'orders' }), bad);
    await assert.rejects(stage.config({ namespace: 'orders', inherits: 'orders' }), bad);
    await assert.rejects(stage.config({ inherits: 'a/b' }), bad);
  });
});
