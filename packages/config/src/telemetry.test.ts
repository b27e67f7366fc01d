/** What OpenTelemetry hears, through its API alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { metrics, trace, type Meter, type Tracer } from '@opentelemetry/api';
import { Telemetry } from './telemetry.ts';

test('releases are counted by what became of them, and applying one is a span', async () => {
  const counts: unknown[] = [];
  const spans: unknown[] = [];
  const meter = {
    createCounter: (name: string) => ({
      add: (value: number, attributes: unknown) => counts.push([name, value, attributes]),
    }),
  };
  const tracer = {
    startActiveSpan: (
      name: string,
      options: { attributes: unknown },
      work: (span: object) => unknown,
    ) => {
      const span: Record<string, unknown> = { name, attributes: options.attributes };
      return work({
        setStatus: (status: unknown) => (span['status'] = status),
        setAttribute: (key: string, value: unknown) => (span[key] = value),
        end: () => spans.push(span),
      });
    },
  };
  metrics.setGlobalMeterProvider({ getMeter: () => meter as unknown as Meter });
  trace.setGlobalTracerProvider({ getTracer: () => tracer as unknown as Tracer });
  try {
    const telemetry = new Telemetry();
    telemetry.release('db/url', 'base', 'applied');
    assert.equal(await telemetry.apply('db/url', 4, 'base', () => Promise.resolve('done')), 'done');
    await assert.rejects(telemetry.apply('x', 1, 'eu', () => Promise.reject(new Error('hunter2'))));
  } finally {
    metrics.disable();
    trace.disable();
  }
  const state = { 'concord.config.item': 'db/url', 'concord.config.track': 'base' };
  assert.deepEqual(counts, [
    ['concord.config.release', 1, { ...state, 'concord.config.state': 'applied' }],
  ]);
  assert.deepEqual(spans, [
    { name: 'concord.config.apply', attributes: { ...state, 'concord.config.release': 4 } },
    {
      name: 'concord.config.apply',
      attributes: {
        'concord.config.item': 'x',
        'concord.config.release': 1,
        'concord.config.track': 'eu',
      },
      // Its text may quote a secret.
      status: { code: 2, message: 'unknown' },
      'error.type': 'unknown',
    },
  ]);
});
