/**
 * How a large response is cut for those who take fragments.
 */
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { WatchWorld } from './watch-world.test.ts';

describe('fragments', () => {
  const value = 'x'.repeat(100);
  const writes = ['a', 'b', 'c', 'd', 'e'].map((key) => [key, value] as const);

  test('a response at the limit is split into parts below it, the last one marked by no flag', () => {
    const world = new WatchWorld({ fragmentBytes: 300 });
    const { client } = world.watch({ key: 'a', rangeEnd: 'z', fragment: true });
    world.write(...writes);
    const parts = client.take();
    assert.deepEqual(
      parts.map(({ fragment, events }) => [fragment, events.length]),
      [
        [true, 2],
        [true, 2],
        [false, 1],
      ],
    );
    assert.deepEqual(
      new Set(parts.map(({ watchId, header }) => `${watchId} ${header?.revision}`)).size,
      1,
    );
  });

  test('who did not ask gets one response', () => {
    const world = new WatchWorld({ fragmentBytes: 300 });
    const { client } = world.watch({ key: 'a', rangeEnd: 'z' });
    world.write(...writes);
    assert.deepEqual(
      client.take().map(({ fragment, events }) => [fragment, events.length]),
      [[false, 5]],
    );
  });

  test('a single event is sent whole however large', () => {
    const world = new WatchWorld({ fragmentBytes: 10 });
    const { client } = world.watch({ fragment: true });
    world.write(['k', value]);
    assert.deepEqual(
      client.take().map(({ fragment, events }) => [fragment, events.length]),
      [[false, 1]],
    );
  });

  test('a stream that fills up between fragments gets the rest all the same', () => {
    const world = new WatchWorld({ fragmentBytes: 300 });
    const { client } = world.watch({ key: 'a', rangeEnd: 'z', fragment: true });
    client.room = 1;
    world.write(...writes);
    assert.deepEqual(
      client.take().map(({ fragment }) => fragment),
      [true, true, false],
    );
  });
});
