/**
 * Scenario 5 of the research: stop the last one cleanly and it is gone at once; kill all at once and they are held,
 * flagged, then released. Method: instances behind a fault proxy that is cut, a consumer past it.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEachBackend } from '../harness/each-backend.ts';
import { diary, ids, Stage, until, within } from './stage.ts';

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

  test('instances killed all at once are held, flagged, and let go when the time is up', async () => {
    await using stage = new Stage(target);
    const registry = await stage.registry();
    for (const id of ['a', 'b', 'c']) {
      await registry.register({ name: 'orders', port: 1, id, ttl: TTL_MS });
    }
    const watching = await stage.registry({}, stage.direct());
    const view = await watching.discover('orders', { protection: { hold: '1s' } });
    const lines = diary(view);
    const flagged = within('the flag', view.events.once('degraded'));
    target.lines.cut();
    assert.deepEqual(await flagged, { from: null, to: 'mass-expiry-hold' });
    assert.deepEqual(ids(view), ['a', 'b', 'c']);
    assert.equal(view.snapshot.degraded, 'mass-expiry-hold');
    assert.ok(view.snapshot.instances.every(({ held, state }) => held && state === 'serving'));
    assert.ok(view.tryPick() !== undefined, 'they can still be picked');
    await until(view, 'the end of the hold', (it) => ids(it).length === 0);
    assert.equal(view.snapshot.degraded, null);
    assert.equal(lines.filter((line) => line.startsWith('-')).length >= 3, true);
  });

  test('a hold ends when the instances are back, without a moment of nobody', async () => {
    await using stage = new Stage(target);
    const registry = await stage.registry();
    for (const id of ['a', 'b', 'c']) {
      await registry.register({ name: 'orders', port: 1, id, ttl: TTL_MS });
    }
    const view = await (await stage.registry({}, stage.direct())).discover('orders');
    const flagged = within('the flag', view.events.once('degraded'));
    target.lines.cut();
    await flagged;
    const unflagged = within('the end of the hold', view.events.once('degraded'));
    let fewest = 3;
    view.onUpdate(({ snapshot }) => (fewest = Math.min(fewest, snapshot.instances.length)));
    target.lines.heal();
    assert.deepEqual(await unflagged, { from: 'mass-expiry-hold', to: null });
    assert.equal(fewest, 3);
    assert.ok(view.snapshot.instances.every(({ held }) => !held));
  });
});
