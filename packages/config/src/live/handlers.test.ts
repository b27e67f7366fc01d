/** Handlers and streams: in order, bounded, on their own risk. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcordError } from '@concord/client';
import { Handlers } from './handlers.ts';
import { LatestStream } from './latest-stream.ts';

const never = new AbortController().signal;

test('a handler that hangs costs its time and no more, and is reported', async () => {
  const failures: unknown[] = [];
  const handlers = new Handlers<number>(20, (error) => failures.push(error));
  const calls: string[] = [];
  handlers.add(() => new Promise<void>(() => undefined));
  handlers.add((value) => void calls.push(`second ${value}`));
  await handlers.call(1, never);
  assert.deepEqual(calls, ['second 1']);
  assert.ok(ConcordError.is(failures[0], 'DEADLINE'));
});

test('a handler that is taken away, by hand or by signal, is called no more', async () => {
  const handlers = new Handlers<number>(1000, (error) => assert.ifError(error));
  const calls: string[] = [];
  const own = new AbortController();
  const both = (value: number): void => void calls.push(`twice ${value}`);
  const first = handlers.add(both);
  handlers.add(both);
  handlers.add((value) => void calls.push(`signal ${value}`), own.signal);
  await handlers.call(1, never);
  first[Symbol.dispose]();
  own.abort();
  await handlers.call(2, never);
  assert.deepEqual(calls, ['twice 1', 'twice 1', 'signal 1', 'twice 2']);
});

test('a stream holds one update for a slow reader: all that it missed, as one', async () => {
  const stream = new LatestStream<number[]>((skipped, next) => [...skipped, ...next]);
  const reader = stream.read();
  const waiting = reader.next();
  stream.push([1]);
  assert.deepEqual(await waiting, { value: [1], done: false });
  stream.push([2]);
  stream.push([3]);
  assert.deepEqual(await reader.next(), { value: [2, 3], done: false });
  stream.push([4]);
  stream.close();
  assert.deepEqual(await reader.next(), { value: [4], done: false });
  assert.deepEqual(await reader.next(), { value: undefined, done: true });
  assert.deepEqual(await stream.read().next(), { value: undefined, done: true });
});

test('a stream ends with its signal, and a reader that leaves is forgotten', async () => {
  const stream = new LatestStream<number>((_, next) => next);
  const own = new AbortController();
  const waiting = stream.read(own.signal).next();
  own.abort();
  assert.deepEqual(await waiting, { value: undefined, done: true });
  const left = stream.read();
  await left.return?.(undefined);
  stream.push(1);
  assert.deepEqual(await left.next(), { value: undefined, done: true });
});
