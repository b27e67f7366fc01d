/** Who waits is told in order, once, from the index that was asked for; too many and too late are refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KeyEvent } from './key-event.ts';
import type { WaitRequest } from './key-request.ts';
import { Waiters, WAITERS_MAX } from './waiters.ts';

const FIRST = 4;
const event = (index: number, key = '/a'): KeyEvent => ({
  action: 'set',
  node: { key, value: '', modifiedIndex: index, createdIndex: index },
});
const wait = (more: Partial<WaitRequest> = {}): WaitRequest => ({
  kind: 'wait',
  path: '/a',
  isRecursive: false,
  isStream: false,
  sinceIndex: 0,
  ...more,
});

function listener(isStream = false): {
  told: number[];
  ended: number;
  waiter: Parameters<Waiters['join']>[2];
} {
  const heard = {
    told: [] as number[],
    ended: 0,
    waiter: {
      told: ({ node }: KeyEvent): boolean => {
        heard.told.push(node.modifiedIndex);
        return isStream;
      },
      ended: (): void => {
        heard.ended += 1;
      },
    },
  };
  return heard;
}

test('one event ends a wait, and a stream goes on', () => {
  const waiters = new Waiters();
  const [once, stream] = [listener(), listener(true)];
  waiters.join(wait(), FIRST - 1, once.waiter);
  waiters.join(wait({ isStream: true }), FIRST - 1, stream.waiter);
  for (const index of [FIRST, FIRST + 1]) waiters.event(event(index));
  assert.deepEqual([once.told, stream.told], [[4], [4, 5]]);
  assert.equal(waiters.count, 1);
});

test('an event that the feed tells twice is told once', () => {
  const waiters = new Waiters();
  const stream = listener(true);
  waiters.join(wait({ isStream: true }), FIRST - 1, stream.waiter);
  for (const index of [4, 4, 5, 4, 5, 6]) waiters.event(event(index));
  assert.deepEqual(stream.told, [4, 5, 6]);
});

test('a gap ends all waits: they ask anew, and learn that they are too late', () => {
  const waiters = new Waiters();
  const stream = listener(true);
  waiters.join(wait({ isStream: true }), FIRST - 1, stream.waiter);
  waiters.event(event(4));
  waiters.event(event(2000));
  assert.deepEqual([stream.told, stream.ended, waiters.count], [[4], 1, 0]);
  assert.throws(() => waiters.join(wait({ sinceIndex: 5 }), 2000, listener().waiter), {
    name: 'eventIndexCleared',
    cause: 'the requested history has been cleared [2000/5]',
    index: 2000,
  });
});

test('no more wait than there is room for', () => {
  const waiters = new Waiters();
  for (let i = 0; i < WAITERS_MAX; i++) waiters.join(wait(), 3, listener().waiter);
  assert.throws(() => waiters.join(wait(), 3, listener().waiter), { name: 'raftInternal' });
});

test('large values shorten the history', () => {
  const waiters = new Waiters();
  const value = 'x'.repeat(1024 * 1024);
  for (let index = FIRST; index < FIRST + 100; index++)
    waiters.event({ ...event(index), node: { ...event(index).node, value } });
  assert.throws(() => waiters.join(wait({ sinceIndex: FIRST }), 103, listener().waiter), {
    name: 'eventIndexCleared',
  });
  const late = listener();
  waiters.join(wait({ sinceIndex: 100 }), 103, late.waiter);
  assert.deepEqual(late.told, [100]);
});
