/**
 * Goal: merged differences lead from what a consumer knows to what is there, whatever was merged. Method: random
 * histories, against applying every difference to a map of its own.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { endpointOf, type Instance } from '../instance.ts';
import type { ViewDifference } from './view-state.ts';
import { ViewState } from './view-state.ts';
import { MergedDifference, ViewUpdates } from './view-updates.ts';

function apply(known: Map<string, Instance>, { added, removed, changed }: ViewDifference): void {
  for (const { instance } of removed) {
    assert.equal(known.get(instance.id), instance, 'what is removed was known as it was');
    known.delete(instance.id);
  }
  for (const instance of added) {
    assert.ok(!known.has(instance.id), 'what is added was not there');
    known.set(instance.id, instance);
  }
  for (const { previous, current } of changed) {
    assert.equal(known.get(current.id), previous, 'what has changed was known as it was');
    assert.equal(previous.incarnation, current.incarnation);
    known.set(current.id, current);
  }
}

const id = fc.constantFrom('a', 'b', 'c');
const step = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), id, weight: fc.nat(3), life: fc.nat(2) }),
  fc.record({ kind: fc.constant('delete' as const), id }),
  fc.record({ kind: fc.constant('read' as const) }),
);

test('whoever reads now and then knows what whoever reads everything knows', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const state = new ViewState({
        service: 'orders',
        where: () => true,
        validate: (value) => ({ ok: true, value }),
        protection: undefined,
      });
      const merged = new MergedDifference();
      const slow = new Map<string, Instance>();
      const read = (): void => {
        apply(slow, merged.take());
        assert.deepEqual(new Set(slow.values()), new Set(state.instances));
      };
      steps.forEach((it, i) => {
        if (it.kind === 'read') read();
        else if (it.kind === 'delete') state.deleteInstances([it.id], 0);
        else {
          const text = JSON.stringify({
            address: 'a',
            port: 1,
            weight: it.weight,
            incarnation: `${it.life}`,
          });
          state.putInstance(it.id, { text, createRevision: i + 1, modRevision: i + 1 });
        }
        const difference = state.publish(0);
        if (difference !== undefined) merged.add(difference);
      });
      read();
      assert.ok(merged.isEmpty);
    }),
  );
});

test('the first update comes at once, the next when there is one, and the end ends it', async () => {
  const updates = new ViewUpdates(
    [],
    (difference) => difference,
    () => undefined,
  );
  assert.deepEqual((await updates.next()).value, { added: [], removed: [], changed: [] });
  const next = updates.next();
  const endpoint = endpointOf('::1', 80);
  const instance = { id: 'a', incarnation: '1', endpoint } as Instance;
  updates.add({ added: [instance], removed: [], changed: [] });
  assert.equal((await next).value?.added[0]?.endpoint, '[::1]:80');
  const last = updates.next();
  updates.end();
  assert.equal((await last).done, true);
  assert.equal((await updates.next()).done, true);
});
