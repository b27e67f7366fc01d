import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { after, before, test } from 'node:test';
import {
  context,
  metrics,
  ROOT_CONTEXT,
  trace,
  type Attributes,
  type Context,
  type ContextManager,
  type MeterProvider,
  type Span,
} from '@opentelemetry/api';
import { instanceOf } from './instance.fixture.ts';
import { serviceBalancer } from './service-balancer.ts';

/** As much of an OpenTelemetry SDK as shows what it is told. */
const storage = new AsyncLocalStorage<Context>();
const counted: [string, number, Attributes | undefined][] = [];

before(() => {
  const manager: ContextManager = {
    active: () => storage.getStore() ?? ROOT_CONTEXT,
    with: (active, run, self, ...args) => storage.run(active, () => run.apply(self, args)),
    bind: (_active, target) => target,
    enable: () => manager,
    disable: () => manager,
  };
  context.setGlobalContextManager(manager);
  const createCounter = (name: string): object => ({
    add: (value: number, attributes?: Attributes) => counted.push([name, value, attributes]),
  });
  metrics.setGlobalMeterProvider({
    getMeter: () => ({ createCounter }),
  } as unknown as MeterProvider);
});

after(() => {
  context.disable();
  metrics.disable();
});

test('a pick is counted and marks the span of its caller, and makes none of its own', () => {
  const balancer = serviceBalancer('payments', { policy: 'least-request' });
  balancer.update([instanceOf('a', { zone: 'eu-1' })], 0);
  const attributes: Attributes = {};
  const span = {
    setAttributes: (more: Attributes) => Object.assign(attributes, more),
    setAttribute: (name: string, value: string) => (attributes[name] = value),
  } as unknown as Span;
  context.with(trace.setSpan(ROOT_CONTEXT, span), () => balancer.pick()!.report('timeout'));
  assert.deepEqual(attributes, {
    'concord.service': 'payments',
    'concord.policy': 'least-request',
    'concord.instance': 'a',
    'concord.zone': 'eu-1',
  });
  balancer.pick()!.report('ok');
  const policy = 'least-request';
  assert.deepEqual(counted, [
    ['concord.registry.picks', 1, { service: 'payments', policy }],
    ['concord.registry.outcomes', 1, { service: 'payments', outcome: 'timeout' }],
    ['concord.registry.picks', 1, { service: 'payments', policy }],
    ['concord.registry.outcomes', 1, { service: 'payments', outcome: 'ok' }],
  ]);
});
