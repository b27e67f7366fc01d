/** Events as listeners, promises and streams; none stops another, and nothing grows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventSource } from './events.ts';

interface Tides {
  tide: number;
}

function source(): { events: EventSource<Tides>; errors: unknown[] } {
  const errors: unknown[] = [];
  return { events: new EventSource((error) => errors.push(error)), errors };
}

test('listeners hear everything in order until they are disposed of', () => {
  const { events } = source();
  const heard: number[] = [];
  const listening = events.on('tide', (n) => heard.push(n));
  events.on('tide', (n) => heard.push(-n));
  events.emit('tide', 1);
  listening[Symbol.dispose]();
  events.emit('tide', 2);
  assert.deepEqual(heard, [1, -1, -2]);
});

test('a signal ends listening, also one that has aborted before', () => {
  const { events } = source();
  const heard: number[] = [];
  const controller = new AbortController();
  events.on('tide', (n) => heard.push(n), { signal: controller.signal });
  events.on('tide', (n) => heard.push(n), { signal: AbortSignal.abort() });
  events.emit('tide', 1);
  controller.abort();
  events.emit('tide', 2);
  assert.deepEqual(heard, [1]);
});

test('a listener that throws, at once or later, is reported and stops nobody', async () => {
  const { events, errors } = source();
  const heard: number[] = [];
  events.on('tide', () => {
    throw new Error('at once');
  });
  // eslint-disable-next-line @typescript-eslint/no-misused-promises -- what people do
  events.on('tide', () => Promise.reject(new Error('later')));
  events.on('tide', (n) => heard.push(n));
  events.emit('tide', 1);
  await Promise.resolve();
  assert.deepEqual(heard, [1]);
  assert.deepEqual(
    errors.map((error) => (error as Error).message),
    ['at once', 'later'],
  );
});

test('once resolves with the next, or rejects with the signal, or when the source closes', async () => {
  const { events } = source();
  const next = events.once('tide');
  events.emit('tide', 7);
  assert.equal(await next, 7);
  const reason = new Error('enough');
  await assert.rejects(events.once('tide', { signal: AbortSignal.abort(reason) }), reason);
  const never = events.once('tide');
  events.close();
  await assert.rejects(never, { code: 'CLOSED' });
});

test('a stream has what came since it was made, the oldest dropped beyond its bound', async () => {
  const { events } = source();
  const stream = events.stream('tide', { bufferMax: 2 });
  for (const n of [1, 2, 3]) events.emit('tide', n);
  assert.deepEqual((await stream.next()).value, 2);
  assert.deepEqual((await stream.next()).value, 3);
  const waiting = stream.next();
  events.emit('tide', 4);
  assert.equal((await waiting).value, 4);
  events.close();
  assert.equal((await stream.next()).done, true);
});

test('a stream that is left listens no more', async () => {
  const { events } = source();
  const controller = new AbortController();
  const stream = events.stream('tide', { signal: controller.signal });
  const waiting = stream.next();
  controller.abort();
  assert.equal((await waiting).done, true);
  const other = events.stream('tide');
  events.emit('tide', 1);
  for await (const n of other) {
    assert.equal(n, 1);
    break;
  }
  assert.equal((await other.next()).done, true);
});
