/**
 * Scenario 8: an invalid release. No handler runs, the value of before stays, convergence shows who rejected it and
 * why, and a rollout halts.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineConfig, type ReleaseItem } from '@concord/config';
import { z } from 'zod';
import { onEachBackend } from '../harness/each-backend.ts';
import { converged, Recorder, Stage } from './stage.ts';

const pool = defineConfig({ id: 'orders/pool', schema: z.object({ max: z.number().positive() }) });

onEachBackend('an invalid release', (target) => {
  test('runs no handler, leaves the value, and is reported by whom it reached', async () => {
    await using stage = new Stage(target);
    const desk = await stage.config({ app: { name: 'desk' } });
    await desk.release(pool, { max: 5 });
    const shop = await stage.config({ clientId: 'shop-1', app: { name: 'shop', version: '1.4' } });
    const live = await shop.watch(pool);
    const recorder = new Recorder(live);
    const rejected = shop.events.once('rejected');

    // By its path: this desk does not know the schema.
    await desk.release('orders/pool', { max: -1 });
    const { release, error } = await rejected;
    assert.equal(release, 2);
    assert.match(error.message, /release 2 of orders\/pool \(base\) was rejected: max: /);
    assert.deepEqual(live.current, { max: 5 });
    assert.equal(live.info.release, 1);
    assert.equal(live.info.rejected?.release, 2);

    const { clients, counts } = await converged(
      desk,
      'orders/pool',
      ({ counts }) => counts.rejected > 0,
    );
    assert.deepEqual(counts, { applied: 0, rejected: 1, pending: 0, unknown: 0 });
    assert.match(clients[0]?.error ?? '', /^max: /);
    assert.equal(clients[0]?.acknowledgement?.app?.version, '1.4');

    await desk.rollback('orders/pool', { to: 1 });
    await converged(desk, 'orders/pool', ({ isConverged }) => isConverged);
    assert.deepEqual(recorder.updates, [], 'no handler ran, and the same content is no change');
    assert.equal(live.info.release, 3);
    assert.equal(live.info.rejected, undefined);
  });

  test('halts a rollout at the step where it was rejected, and can be reverted', async () => {
    await using stage = new Stage(target);
    const desk = await stage.config();
    await desk.release(pool, { max: 5 });
    const lives = [];
    for (const id of ['shop-1', 'shop-2']) {
      const shop = await stage.config({ clientId: id, app: { name: 'shop', labels: { pod: id } } });
      lives.push(await shop.watch(pool));
    }
    await converged(desk, 'orders/pool', ({ counts }) => counts.applied === 2);
    const steps = [{ match: { pod: 'shop-1' } }, { percent: 100 }];

    const outcome = await desk.rollout('orders/pool', { max: -1 }, { steps, onHalt: 'revert' });
    assert.ok(outcome.state === 'halted');
    assert.equal(outcome.reason, 'rejected');
    assert.equal(outcome.step, 0);
    assert.equal(outcome.isReverted, true);
    assert.deepEqual(
      outcome.convergence.clients.map(({ client, state }) => [client, state]),
      [
        ['shop-1', 'rejected'],
        ['shop-2', 'applied'],
      ],
    );
    assert.deepEqual(
      lives.map(({ current }) => current),
      [{ max: 5 }, { max: 5 }],
    );

    const good = await desk.rollout('orders/pool', { max: 7 }, { steps });
    assert.equal(good.state, 'completed');
    await converged(desk, 'orders/pool', ({ isConverged }) => isConverged);
    assert.deepEqual(
      lives.map(({ current }) => current),
      [{ max: 7 }, { max: 7 }],
    );
  });

  test('does not keep a new process from starting where it has a fallback', async () => {
    await using stage = new Stage(target);
    const desk = await stage.config();
    await desk.release('orders/pool', { max: -1 }, { format: 'json' });
    const shop = await stage.config({ clientId: 'shop-1' });
    await assert.rejects(shop.watch(pool), /release 1 of orders\/pool \(base\) was rejected/);
    const live = await shop.watch(
      defineConfig({
        id: 'orders/pool',
        schema: z.object({ max: z.number().positive() }),
        fallback: { max: 1 },
      }),
    );
    assert.deepEqual(live.current, { max: 1 });
    assert.equal(live.info.source, 'fallback');
    assert.equal(live.info.rejected?.release, 1);
    await converged(desk, 'orders/pool', ({ counts }) => counts.rejected === 1);
  });

  test('of one member of a bundle is applied to none, and the members move at one revision', async () => {
    await using stage = new Stage(target);
    const desk = await stage.config();
    const db = defineConfig({ id: 'db', schema: z.object({ host: z.string(), n: z.number() }) });
    const cache = defineConfig({ id: 'cache', schema: z.object({ n: z.number() }) });
    const items = (n: number, cacheN: unknown = n): ReleaseItem[] => [
      { item: 'db', content: { host: 'a', n }, format: 'json' },
      { item: 'cache', content: { n: cacheN }, format: 'json' },
    ];
    await desk.release(items(0));
    const shop = await stage.config({ clientId: 'shop-1' });
    const live = await shop.bundle({ db, cache });
    const recorder = new Recorder(live);
    assert.deepEqual(live.current, { db: { host: 'a', n: 0 }, cache: { n: 0 } });
    for (let n = 1; n <= 20; n++) await desk.release(items(n));
    const last = await recorder.until(({ value }) => value.db.n === 20);
    for (const { value } of recorder.updates) assert.equal(value.db.n, value.cache.n);
    assert.deepEqual(last.changed.toSorted(), ['cache.n', 'db.n']);

    const rejected = shop.events.once('rejected');
    await desk.release(items(21, 'many'));
    await rejected;
    assert.deepEqual(live.current.db, { host: 'a', n: 20 });
    const { clients } = await converged(desk, 'db', ({ counts }) => counts.rejected === 1);
    assert.match(clients[0]?.error ?? '', /rejected with cache/);
  });
});
