/**
 * Goal: whatever the line does (cuts, pauses, delays, lost replies), a consumer sees releases in order, none twice, a
 * bundle never torn, and ends with the newest, which it acknowledges. Method: faults from a seed, while somebody past
 * them releases all the time.
 */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import { Client } from '@concord/client';
import { Configuration, defineConfig } from '@concord/config';
import { planFaults } from '@concord/testing';
import { z } from 'zod';
import { onEachBackend } from '../harness/each-backend.ts';
import { converged, Recorder, Stage } from './stage.ts';

const WEATHER_MS = 1500;
const seed = Number(process.env['CONCORD_SEED'] ?? Date.now() % 1_000_000);

onEachBackend('in bad weather', (target) => {
  test(`releases arrive in order, bundles whole, and the newest wins (CONCORD_SEED=${seed})`, async () => {
    await using stage = new Stage(target);
    await using beyond = await Client.connect({
      endpoints: target.processes.direct,
      namespace: stage.corner,
    });
    await using desk = new Configuration(beyond, { acknowledge: false });
    const schema = z.object({ n: z.number() });
    const members = { a: defineConfig({ id: 'a', schema }), b: defineConfig({ id: 'b', schema }) };
    const release = (n: number): Promise<unknown> =>
      desk.release(['a', 'b'].map((item) => ({ item, content: { n }, format: 'json' as const })));
    await release(0);
    const shop = await stage.config({ clientId: 'shop-1' });
    const single = new Recorder(await shop.watch(members.a));
    const bundle = await shop.bundle(members);
    const both = new Recorder(bundle);

    const plan = planFaults({
      seed,
      lineCount: 1,
      durationMs: WEATHER_MS,
      faultMs: [20, 250],
      calmMs: [20, 150],
    });
    const isOver = new AbortController();
    const weather = target.lines.carryOut(plan).finally(() => isOver.abort());
    let n = 0;
    while (!isOver.signal.aborted) {
      await release(++n);
      await sleep(15);
    }
    await weather;
    await release(++n);

    await single.until(({ value }) => value.n === n);
    await both.until(({ value }) => value.a.n === n);
    await converged(desk, 'a', ({ isConverged, clients }) => isConverged && clients.length === 1);
    await converged(desk, 'b', ({ isConverged, clients }) => isConverged && clients.length === 1);
    for (const { value } of both.updates) assert.equal(value.a.n, value.b.n);
    for (const { updates } of [single, both]) {
      const releases = updates.map(({ release }) => release);
      assert.deepEqual(
        releases,
        [...new Set(releases)].sort((one, other) => one - other),
      );
    }
  });
});
