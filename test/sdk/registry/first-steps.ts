/** What the README shows: a service registers, others find it, see it change, and see it go. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcordError } from '@concord/client';
import type { SdkTarget } from '../harness/each-backend.ts';
import { diary, ids, Stage, until } from './stage.ts';

export function firstSteps(target: SdkTarget): void {
  test('a registered service is discovered, and a weight that changes is seen by all consumers', async () => {
    await using stage = new Stage(target);
    const registry = await stage.registry();
    const self = await registry.register({ name: 'orders', port: 3000, weight: 200, ttl: '15s' });
    const views = await Promise.all(
      [1, 2, 3].map(async () => (await stage.registry()).discover('orders')),
    );
    for (const { snapshot } of views) {
      assert.equal(snapshot.source, 'live');
      assert.equal(snapshot.degraded, null);
      const { endpoint, weight, state, incarnation } = snapshot.instances[0] ?? assert.fail();
      assert.deepEqual(
        { endpoint, weight, state, incarnation },
        {
          endpoint: '127.0.0.1:3000',
          weight: 200,
          state: 'serving',
          incarnation: self.incarnation,
        },
      );
    }
    await self.update({ weight: 50, labels: { version: '2' } });
    for (const view of views) {
      await until(view, 'the new weight', ({ snapshot }) => snapshot.instances[0]?.weight === 50);
      assert.deepEqual(view.snapshot.instances[0]?.labels, { version: '2' });
    }
  });

  test('a drain ends when every consumer has seen it, and the instance is gone then', async () => {
    await using stage = new Stage(target);
    const registry = await stage.registry();
    const self = await registry.register({ name: 'orders', port: 3000, id: 'o-1' });
    const views = await Promise.all(
      [1, 2].map(async () => (await stage.registry()).discover('orders')),
    );
    const filtered = await (await stage.registry()).discover('orders', { where: 'version=9' });
    const diaries = views.map(diary);
    const report = await self.drain();
    assert.equal(report.outcome, 'acknowledged', JSON.stringify(report));
    assert.equal(report.acknowledged, 3);
    assert.ok(report.waitedMs < 5000, `it took ${report.waitedMs} ms`);
    for (const view of views) await until(view, 'the removal', (it) => ids(it).length === 0);
    for (const lines of diaries) assert.deepEqual(lines, ['~o-1', '-o-1 deregistered']);
    assert.deepEqual(ids(filtered), []);
    assert.equal(self.state, 'closed');
  });

  test('an id that is taken is a conflict that names the holder, unless it is to be replaced', async () => {
    await using stage = new Stage(target);
    const first = await (
      await stage.registry()
    ).register({ name: 'orders', port: 3000, id: 'one' });
    const other = await stage.registry();
    await assert.rejects(
      other.register({ name: 'orders', port: 4000, id: 'one' }),
      (error) =>
        ConcordError.is(error, 'CONFLICT') &&
        error.message.includes('127.0.0.1:3000') &&
        error.message.includes(first.incarnation),
    );
    const ended = new Promise((resolve) => first.signal.addEventListener('abort', resolve));
    await other.register({ name: 'orders', port: 4000, id: 'one', replace: true });
    await ended;
    assert.ok(ConcordError.is(first.signal.reason, 'CONFLICT'));
    assert.equal(first.state, 'closed');
    const view = await other.discover('orders');
    assert.deepEqual(
      view.snapshot.instances.map(({ port }) => port),
      [4000],
    );
  });
}
