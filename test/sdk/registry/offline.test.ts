/**
 * Goal: who starts while the cluster is away starts with what was known last, says so, and comes to what is there when
 * the cluster is back. Method: lines that are cut before the client is made.
 */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Client } from '@concord/client';
import type { Registry } from '@concord/registry';
import { onEachBackend, type SdkTarget } from '../harness/each-backend.ts';
import { ids, Stage, until, within } from './stage.ts';

const WAIT = '200ms';

/** A registry of a process that starts now, whether the cluster is there or not. */
function starting(stage: Stage, target: SdkTarget): Registry {
  const client = Client.open({ endpoints: target.endpoints, namespace: stage.namespace });
  stage.defer(client);
  return stage.registryOf(client);
}

onEachBackend('without a cluster', (target) => {
  // Scenario 9 of the research.
  test('an empty container starts from its capsule, says so, and converges', async (t) => {
    await using stage = new Stage(target);
    const directory = await temporary(t);
    const capsule = join(directory, 'baked', 'capsule.concord');
    const there = await stage.registry({}, stage.direct());
    const old = await there.register({ name: 'payments', port: 1, id: 'old', metadata: { a: 1 } });
    await there.register({ name: 'payments', port: 2, id: 'stays' });
    await there.saveCapsule(capsule, ['payments', 'unheard-of']);
    await old.close();
    await there.register({ name: 'payments', port: 3, id: 'new' });

    target.lines.cut();
    const cache = { directory: join(directory, 'empty'), capsule, wait: WAIT } as const;
    const view = await starting(stage, target).discover('payments', { cache });
    assert.equal(view.snapshot.source, 'capsule');
    assert.ok(view.snapshot.ageMs > 0);
    assert.deepEqual(ids(view), ['old', 'stays']);
    assert.ok(view.tryPick() !== undefined);

    const sources = within('the cluster', view.events.once('source'));
    target.lines.heal();
    await until(view, 'what is there', (it) => ids(it).join() === 'new,stays');
    assert.deepEqual(await sources, { from: 'capsule', to: 'live' });
    assert.equal(view.snapshot.degraded, null);
    // From here on it is a consumer like any other, and drains wait for it.
    const { kv } = await stage.client();
    const observers = (): Promise<unknown[]> =>
      kv
        .range({ prefix: '/concord/registry/observers/payments/' })
        .then((range) => [...range.entries]);
    await within(
      'the acknowledgement',
      (async () => {
        while ((await observers()).length === 0);
      })(),
    );
  });

  test('the next start has what the last one saw, from its directory rather than from the capsule', async (t) => {
    await using stage = new Stage(target);
    const directory = await temporary(t);
    const there = await stage.registry({}, stage.direct());
    await there.register({ name: 'payments', port: 1, id: 'one', weight: 7 });
    const view = await there.discover('payments', { cache: { directory } });
    await there.register({ name: 'payments', port: 2, id: 'two' });
    await until(view, 'both', (it) => ids(it).length === 2);
    await view.close();
    const [file = ''] = await readdir(directory);
    assert.equal((await stat(join(directory, file))).mode & 0o777, 0o600);

    target.lines.cut();
    const again = await starting(stage, target).discover('payments', {
      cache: { directory, wait: WAIT },
    });
    assert.equal(again.snapshot.source, 'disk');
    assert.deepEqual(ids(again), ['one', 'two']);
    assert.equal(again.snapshot.instances.find(({ id }) => id === 'one')?.weight, 7);
  });

  test('a damaged file, one that is too old, and none at all are an error that says so', async (t) => {
    await using stage = new Stage(target);
    const directory = await temporary(t);
    const there = await stage.registry({}, stage.direct());
    await there.register({ name: 'payments', port: 1 });
    await (await there.discover('payments', { cache: { directory } })).close();
    target.lines.cut();
    const registry = starting(stage, target);
    const discover = (cache: object): Promise<unknown> =>
      registry.discover('payments', {
        cache: { directory, wait: '50ms', ...cache },
        timeout: '100ms',
      });
    await new Promise((resolve) => setTimeout(resolve, 5));
    await assert.rejects(discover({ maxAge: 1 }), { code: 'DEADLINE' });
    await assert.rejects(discover({ directory: join(directory, 'none') }), { code: 'DEADLINE' });
    const [file = ''] = await readdir(directory);
    const text = await readFile(join(directory, file), 'utf8');
    await writeFile(join(directory, file), text.replace('"port":1', '"port":9'));
    await assert.rejects(discover({}), { code: 'DEADLINE' });
  });

  test('a view whose cluster goes away is stale, keeps what it has, and is live again', async () => {
    await using stage = new Stage(target);
    const there = await stage.registry({}, stage.direct());
    await there.register({ name: 'payments', port: 1, id: 'one' });
    const view = await (await stage.registry()).discover('payments');
    const stale = within('the loss', view.events.once('source'));
    target.lines.cut();
    assert.deepEqual(await stale, { from: 'live', to: 'stale' });
    assert.deepEqual(ids(view), ['one']);
    const live = within('the return', view.events.once('source'));
    target.lines.heal();
    assert.deepEqual(await live, { from: 'stale', to: 'live' });
  });
});

async function temporary(t: { after(run: () => Promise<void>): void }): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'registry-'));
  t.after(() => rm(directory, { recursive: true, force: true }));
  return directory;
}
