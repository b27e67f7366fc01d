/** What spans are told of calls; keys and values are never among it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trace, type Span, type SpanOptions, type Tracer } from '@opentelemetry/api';
import { ConcordError } from './errors.ts';
import { Telemetry } from './telemetry.ts';

test('a call is a span with its operation, attempts and outcome', () => {
  const told: unknown[] = [];
  const span = {
    setAttribute: (name: string, value: unknown) => told.push([name, value]),
    setStatus: ({ message }: { message: string }) => told.push(['status', message]),
    end: () => told.push('end'),
  } as unknown as Span;
  const tracer = {
    startSpan: (name: string, options: SpanOptions) => {
      told.push([name, options.attributes]);
      return span;
    },
  } as unknown as Tracer;
  trace.setGlobalTracerProvider({ getTracer: () => tracer });
  const telemetry = new Telemetry();
  const error = new ConcordError('DEADLINE', {
    operation: 'kv.put',
    problem: 'late',
    subject: 'key',
  });
  telemetry.endCall(telemetry.startCall('kv.put'), 'kv.put', 12, 3, error);
  telemetry.endCall(telemetry.startCall('kv.get'), 'kv.get', 1, 1);
  trace.disable();
  const attributes = (operation: string): object => ({
    'rpc.system': 'grpc',
    'concord.operation': operation,
  });
  assert.deepEqual(told, [
    ['concord.client.kv.put', attributes('kv.put')],
    ['status', 'DEADLINE'],
    ['error.type', 'DEADLINE'],
    ['concord.outcome', 'unknown'],
    ['concord.attempts', 3],
    'end',
    ['concord.client.kv.get', attributes('kv.get')],
    'end',
  ]);
});
