/** Goal: OpenTelemetry is told how long locks are waited for and held, and of losses. Method: a meter that writes down. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcordError } from '@concord/client';
import { metrics, type Attributes, type Meter } from '@opentelemetry/api';
import { Telemetry } from './telemetry.ts';

interface Record {
  readonly name: string;
  readonly value: number;
  readonly attributes: Attributes;
}

test('waits, holds and losses are measured, by kind and how they ended', async () => {
  const records: Record[] = [];
  const instrument = (name: string): object => {
    const write = (value: number, attributes: Attributes = {}): void =>
      void records.push({ name, value, attributes });
    return { record: write, add: write };
  };
  const meter = { createHistogram: instrument, createCounter: instrument } as unknown as Meter;
  metrics.setGlobalMeterProvider({ getMeter: () => meter });
  const telemetry = new Telemetry();
  await telemetry.acquire('mutex', '/jobs', () => Promise.resolve());
  const error = new ConcordError('NOT_ACQUIRED', { operation: 'lock.acquire', problem: 'is held' });
  await assert.rejects(
    telemetry.acquire('read', '/jobs', () => Promise.reject(error)),
    error,
  );
  telemetry.held('mutex', 12, 'released');
  telemetry.held('election', 34, 'lost');
  metrics.disable();
  const told = records.map(({ name, attributes }) => [name, ...Object.values(attributes)]);
  assert.deepEqual(told, [
    ['concord.lock.wait', 'mutex', 'acquired'],
    ['concord.lock.wait', 'read', 'NOT_ACQUIRED'],
    ['concord.lock.held', 'mutex', 'released'],
    ['concord.lock.held', 'election', 'lost'],
    ['concord.lock.lost', 'election'],
  ]);
});
