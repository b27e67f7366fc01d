/**
 * Scenario 5 of the research: stop the last one cleanly and it is gone at once; kill all at once and they are held,
 * flagged, then released. Method: instances behind a fault proxy that is cut, a consumer past it.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEachBackend } from '../harness/each-backend.ts';
import { ids, Stage, until, within } from './stage.ts';

const TTL_MS = 2000;

onEachBackend('mass expiry', (target) => {
  test('the last instance that stops cleanly is gone at once', async () => {
    await using stage = new Stage(target);
    const registry = await stage.registry();
    const instances = await Promise.all(
      ['a', 'b', 'c'].map((id) => registry.register({ name: 'orders', port: 1, id })),
    );
    const view = await (await stage.registry()).discover('orders');
    for (const instance of instances) await instance.close();
    await until(view, 'nobody', (it) => ids(it).length === 0);
    assert.equal(view.snapshot.degraded, null);
  });

  test('instances killed all at once are held and flagged, until the time is up or they are back', async () => {
    await using stage = new Stage(target);
    const registry = await stage.registry();
    for (const id of ['a', 'b', 'c']) {
      await registry.register({ name: 'orders', port: 1, id, ttl: TTL_MS });
    }
    const watching = await stage.registry({}, stage.direct());
    const patient = await watching.discover('orders');
    const hasty = await watching.discover('orders', { protection: { hold: '1s' } });
    const flagged = [patient, hasty].map((view) =>
      within('the flag', view.events.once('degraded')),
    );
    target.lines.cut();
    for (const flag of flagged)
      assert.deepEqual(await flag, { from: null, to: 'mass-expiry-hold' });
    assert.deepEqual(ids(patient), ['a', 'b', 'c']);
    assert.equal(patient.snapshot.degraded, 'mass-expiry-hold');
    // Nobody says that they are well, or unwell: they are as they were, and held.
    assert.ok(patient.snapshot.instances.every(({ held, state }) => held && state === 'serving'));
    assert.ok(patient.tryPick() !== undefined, 'they can still be picked');

    await until(hasty, 'the end of the hold', (it) => ids(it).length === 0);
    assert.equal(hasty.snapshot.degraded, null);

    const unflagged = within('the return', patient.events.once('degraded'));
    let fewest = 3;
    patient.onUpdate(({ snapshot }) => (fewest = Math.min(fewest, snapshot.instances.length)));
    target.lines.heal();
    assert.deepEqual(await unflagged, { from: 'mass-expiry-hold', to: null });
    assert.equal(fewest, 3, 'there is no moment of nobody');
    assert.ok(patient.snapshot.instances.every(({ held }) => !held));
  });
});
