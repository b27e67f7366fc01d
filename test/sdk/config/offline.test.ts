/**
 * Scenario 9: a start while the cluster is away, from a snapshot or a capsule, and convergence when it is back. Also
 * what a break that outlasts the history costs: nothing but the changes.
 */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Client, ConcordError } from '@concord/client';
import { Configuration, defineConfig, type ConfigurationOptions } from '@concord/config';
import { z } from 'zod';
import { onEachBackend } from '../harness/each-backend.ts';
import { converged, PATIENCE_MS, Recorder, Stage } from './stage.ts';

const pool = defineConfig({ id: 'orders/pool', schema: z.object({ max: z.number().positive() }) });
/** The line is cut in these tests, so that no longer wait would help. */
const startTimeout = 300;

onEachBackend('without the cluster', (target) => {
  let directory: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'concord-config-'));
  });
  after(() => rm(directory, { recursive: true, force: true }));
  const fresh = (): Promise<string> => mkdtemp(join(directory, 'cache-'));

  /** A process that starts with what is there. */
  function cold(
    stage: Stage,
    options: ConfigurationOptions,
  ): { client: Client; config: Configuration } & AsyncDisposable {
    const client = Client.open({
      endpoints: target.endpoints,
      namespace: stage.corner,
      app: { name: 'shop' },
    });
    const config = new Configuration(client, { startTimeout, ...options });
    return {
      client,
      config,
      [Symbol.asyncDispose]: async () => {
        await config.close();
        await client.close();
      },
    };
  }

  /** Leaves a snapshot of `max` in a directory. */
  async function snapshotOf(stage: Stage, max: number): Promise<string> {
    const cache = { directory: await fresh() };
    const config = await stage.config({ cache, app: { name: 'shop' } });
    await config.release(pool, { max });
    await (await config.watch(pool)).close();
    await config.close();
    return cache.directory;
  }

  test('a process starts from its snapshot, and follows the cluster when that is back', async () => {
    await using stage = new Stage(target);
    const desk = await stage.config();
    const cache = { directory: await snapshotOf(stage, 5) };
    target.lines.cut();
    await using shop = cold(stage, { cache, clientId: 'shop-1' });
    const live = await shop.config.watch(pool);
    assert.deepEqual(live.current, { max: 5 });
    assert.equal(live.info.source, 'snapshot');
    assert.equal(live.info.release, 1);
    assert.ok(live.info.ageMs >= 0 && live.info.ageMs < PATIENCE_MS);

    const recorder = new Recorder(live);
    target.lines.heal();
    await desk.release(pool, { max: 6 });
    await recorder.until(({ value, source }) => value.max === 6 && source === 'live');
    assert.equal(live.info.source, 'live');
    const { clients } = await converged(desk, 'orders/pool', ({ counts }) => counts.applied === 1);
    assert.equal(clients[0]?.client, 'shop-1');
  });

  test('a process in an empty container starts from the capsule of its image', async () => {
    await using stage = new Stage(target);
    const capsule = join(await snapshotOf(stage, 5), 'shop.config.json');
    const directory = await fresh();
    target.lines.cut();
    await using shop = cold(stage, { cache: { directory, capsule } });
    const applied: string[] = [];
    shop.config.events.on('applied', ({ source }) => applied.push(source));
    const live = await shop.config.watch(pool);
    assert.deepEqual(live.current, { max: 5 });
    assert.equal(live.info.source, 'capsule');
    const recorder = new Recorder(live);
    target.lines.heal();
    const desk = await stage.config();
    await converged(desk, 'orders/pool', ({ counts }) => counts.applied === 1);
    assert.equal(live.info.source, 'live');
    assert.deepEqual(recorder.updates, [], 'the cluster says the same as the capsule did');
    assert.deepEqual(applied, ['capsule']);
  });

  test('without a snapshot the fallback serves, and without that the error says what is missing', async () => {
    await using stage = new Stage(target);
    await using shop = cold(stage, {});
    target.lines.cut();
    const { config } = shop;
    const schema = z.object({ max: z.number() });
    const live = await config.watch(defineConfig({ id: 'x', schema, fallback: { max: 1 } }));
    assert.deepEqual([live.current, live.info.source], [{ max: 1 }, 'fallback']);
    await assert.rejects(
      config.watch('/x'),
      (error) => ConcordError.is(error, 'DEADLINE') || ConcordError.is(error, 'UNAVAILABLE'),
    );
  });

  test('a damaged snapshot, or one that is too old, is not used, and is told of', async () => {
    await using stage = new Stage(target);
    const directory = await snapshotOf(stage, 5);
    const file = join(directory, 'shop.config.json');
    const good = await readFile(file, 'utf8');
    target.lines.cut();
    await using old = cold(stage, { cache: { directory, maxAge: 1 } });
    await assert.rejects(old.config.watch(pool));
    await writeFile(file, good.replace('max', 'mix'));
    const warnings: string[] = [];
    await using client = Client.open({
      endpoints: target.endpoints,
      logger: { debug() {}, info() {}, error() {}, warn: (text) => void warnings.push(text) },
      app: { name: 'shop' },
    });
    await using config = new Configuration(client, { cache: { directory }, startTimeout });
    await assert.rejects(config.watch(pool));
    assert.match(warnings[0] ?? '', /shop\.config\.json: its checksum is wrong/);
  });

  test('an override file lies over everything, and is followed', async () => {
    await using stage = new Stage(target);
    const overrideFile = join(await fresh(), 'override.yaml');
    const config = await stage.config({ overrideFile });
    await config.release(pool, { max: 5 });
    const live = await config.watch(pool);
    assert.deepEqual(live.current, { max: 5 });
    const recorder = new Recorder(live);
    await writeFile(overrideFile, 'orders/pool:\n  max: 50\n');
    const update = await recorder.until(({ value }) => value.max === 50);
    assert.equal(update.source, 'override');
    const rejected = config.events.once('rejected');
    await writeFile(overrideFile, 'orders/pool:\n  max: -50\n');
    await rejected;
    assert.deepEqual(live.current, { max: 50 });
    await rm(overrideFile);
    await recorder.until(({ value }) => value.max === 5);
  });

  test('a break that outlasts the history brings what changed, and nothing else', async () => {
    await using stage = new Stage(target);
    const client = await stage.client();
    const config = await stage.config();
    await client.kv.put('/x', 'before');
    await client.kv.put('/same', 'same');
    const [x, same] = [await config.watch('/x'), await config.watch('/same')];
    const [sawX, sawSame] = [new Recorder(x), new Recorder(same)];
    target.lines.cut();
    const key = (name: string): Buffer => Buffer.from(stage.corner + name);
    for (const value of ['lost', 'lost too', 'after']) {
      await target.wire.must('Put', { key: key('/x'), value: Buffer.from(value) });
    }
    const { header } = await target.wire.must('Put', {
      key: key('/other'),
      value: Buffer.from('1'),
    });
    await target.wire.must('Compact', { revision: header?.revision ?? '0', physical: true });
    target.lines.heal();
    await sawX.until(({ value }) => value === 'after');
    // Both keys are on one stream: what `same` has to say comes before this.
    await client.kv.put('/same', 'new');
    await sawSame.until(({ value }) => value === 'new');
    assert.deepEqual(sawX.values, ['after']);
    assert.deepEqual(sawSame.values, ['new']);
  });
});
