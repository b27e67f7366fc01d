/** What OpenTelemetry gets, by a meter that writes down what it is told. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { metrics, type Attributes, type Meter, type ObservableResult } from '@opentelemetry/api';
import { RegistryMetrics } from './metrics.ts';

type Callback = (result: ObservableResult) => void;

test('views, lag, re-registrations, heartbeats and drains are told under their names', () => {
  const told: [string, number, Attributes][] = [];
  const observed = new Map<string, Set<Callback>>();
  const instrument = (name: string): object => ({
    add: (value: number, attributes: Attributes) => told.push([name, value, attributes]),
    record: (value: number, attributes: Attributes) => told.push([name, value, attributes]),
    addCallback: (callback: Callback) => observed.set(name, new Set([callback])),
    removeCallback: (callback: Callback) => observed.get(name)?.delete(callback),
  });
  const meter = {
    createCounter: instrument,
    createHistogram: instrument,
    createObservableGauge: instrument,
  } as unknown as Meter;
  assert.ok(metrics.setGlobalMeterProvider({ getMeter: () => meter }));
  const registry = new RegistryMetrics();
  metrics.disable();
  registry.viewLag('orders', 3);
  registry.invalidValue('orders');
  registry.reRegistered('orders', 'session-lost');
  registry.heartbeat('orders', 9000);
  registry.drained('orders', 'acknowledged', 40);
  assert.deepEqual(told, [
    ['concord.registry.view.lag', 3, { service: 'orders' }],
    ['concord.registry.view.invalid', 1, { service: 'orders' }],
    ['concord.registry.reregistrations', 1, { service: 'orders', cause: 'session-lost' }],
    ['concord.registry.heartbeat.margin', 9000, { service: 'orders' }],
    ['concord.registry.drain.wait', 40, { service: 'orders', outcome: 'acknowledged' }],
  ]);

  const view = { service: 'orders', sizes: () => ({ serving: 2, held: 1 }), staleMs: () => 7 };
  registry.addView(view);
  const collect = (name: string): [number, Attributes | undefined][] => {
    const seen: [number, Attributes | undefined][] = [];
    for (const callback of observed.get(name) ?? []) {
      callback({
        observe: (value: number, attributes?: Attributes) => seen.push([value, attributes]),
      });
    }
    return seen;
  };
  assert.deepEqual(collect('concord.registry.view.size'), [
    [2, { service: 'orders', state: 'serving' }],
    [1, { service: 'orders', state: 'held' }],
  ]);
  assert.deepEqual(collect('concord.registry.view.stale'), [[7, { service: 'orders' }]]);
  registry.removeView(view);
  assert.deepEqual(collect('concord.registry.view.size'), []);
  registry.close();
  assert.equal(
    [...observed.values()].every((callbacks) => callbacks.size === 0),
    true,
  );
});
