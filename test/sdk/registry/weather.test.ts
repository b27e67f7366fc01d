/**
 * Goal: whatever the lines between registrants, consumers and the cluster go through, in the end everybody is registered
 * once, as the incarnation that he thinks he is, and every consumer has exactly what the cluster has. Method: a plan of
 * faults by a seed, during which weights change; then calm, and a comparison. `CONCORD_SDK_WEATHER_MS` makes it longer,
 * `CONCORD_SDK_SEED` repeats one.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planFaults } from '@concord/testing';
import type { Registration, ServiceView } from '@concord/registry';
import { onEachBackend } from '../harness/each-backend.ts';
import { Stage, until, within } from './stage.ts';

const DURATION_MS = Number(process.env['CONCORD_SDK_WEATHER_MS'] ?? 2500);
const SEED = Number(process.env['CONCORD_SDK_SEED'] ?? Date.now() % 100_000);
const TTL_MS = 2000;

onEachBackend('in bad weather', (target) => {
  test(`everybody is registered and known in the end, seed ${SEED}`, async () => {
    await using stage = new Stage(target);
    const registrations: Registration[] = [];
    for (const id of ['a', 'b', 'c', 'd']) {
      const registry = await stage.registry();
      registrations.push(await registry.register({ name: 'orders', port: 1, id, ttl: TTL_MS }));
    }
    const views: ServiceView[] = [];
    for (const options of [{}, {}, stage.direct()]) {
      views.push(
        await (await stage.registry({}, options)).discover('orders', { protection: false }),
      );
    }
    const plan = planFaults({
      seed: SEED,
      lineCount: 1,
      durationMs: DURATION_MS,
      faultMs: [50, 2500],
    });
    const storm = target.lines.carryOut(plan);
    let weight = 0;
    const changing = setInterval(() => {
      for (const registration of registrations) {
        registration.update({ weight: ++weight % 1000 }).catch(() => undefined);
      }
    }, 50);
    await storm;
    clearInterval(changing);
    target.lines.heal();

    const wanted = (): string =>
      registrations
        .map(({ id, incarnation, instance }) => `${id} ${incarnation} ${instance.weight}`)
        .join();
    const seen = ({ snapshot }: ServiceView): string =>
      [...snapshot.instances]
        .sort((one, other) => (one.id < other.id ? -1 : 1))
        .map(({ id, incarnation, weight: its }) => `${id} ${incarnation} ${its}`)
        .join();
    await within(
      'the settling',
      Promise.all(
        registrations.map((registration) => registration.update({ weight: 7 }, { timeout: '15s' })),
      ),
      () => registrations.map(({ id, state }) => `${id} ${state}`).join(),
    );
    for (const view of views) await until(view, wanted(), (it) => seen(it) === wanted());
    assert.ok(registrations.every(({ state }) => state === 'serving'));
    const client = await stage.client(stage.direct());
    const { entries } = await client.kv.range({ prefix: '/concord/registry/instances/' });
    assert.equal(entries.length, registrations.length);
    for (const view of views) {
      const revisions = view.snapshot.instances.map(({ modRevision }) => modRevision).sort();
      assert.deepEqual(revisions, entries.map(({ modRevision }) => modRevision).sort());
    }
  });
});
