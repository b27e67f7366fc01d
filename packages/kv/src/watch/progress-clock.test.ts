/**
 * When a watch is told how far it is without having asked.
 */
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { WatchWorld, createRequest } from './watch-world.test.ts';

describe('progress notifications', () => {
  const intervalMs = 1000;

  test('tell a quiet watch the revision once an interval', () => {
    const world = new WatchWorld({ progressIntervalMs: intervalMs });
    world.hub.tick(0);
    const { client, stream } = world.watch({ progressNotify: true });
    stream.create(createRequest());
    client.take();
    world.write(['other', '1']);
    world.hub.tick(900);
    assert.deepEqual(client.read(), []);
    world.hub.tick(1000);
    assert.deepEqual(client.read(), ['#0 @2']);
    world.hub.tick(1900);
    assert.deepEqual(client.read(), []);
    world.hub.tick(2000);
    assert.deepEqual(client.read(), ['#0 @2']);
  });

  test('leave out a watch that had events since, and one that is behind', () => {
    const world = new WatchWorld({ progressIntervalMs: intervalMs });
    const { client } = world.watch({ progressNotify: true });
    const behind = world.watch({ progressNotify: true, startRevision: 1 }).client;
    const future = world.watch({ progressNotify: true, startRevision: 50 }).client;
    world.write(['k', '1']);
    client.take();
    world.hub.tick(1000);
    assert.deepEqual([client.read(), behind.read(), future.read()], [[], [], []]);
    world.hub.tick(2000);
    assert.deepEqual(client.read(), ['#0 @2']);
  });

  test('are spread by a jitter of up to a tenth', () => {
    const world = new WatchWorld({ progressIntervalMs: intervalMs, random: () => 0.5 });
    const { client } = world.watch({ progressNotify: true });
    world.hub.tick(1049);
    assert.deepEqual(client.read(), []);
    world.hub.tick(1150);
    assert.deepEqual(client.read(), ['#0 @1']);
  });

  test('come in time also where the interval is the shortest', () => {
    const world = new WatchWorld({ progressIntervalMs: 100, random: () => 0.7 });
    const { client } = world.watch({ progressNotify: true });
    const told: number[] = [];
    for (let now = 0; now < 1000; now += 10) {
      world.hub.tick(now);
      if (client.take().length > 0) told.push(now);
    }
    const apart = told.slice(1).map((now, i) => now - (told[i] ?? 0));
    assert.deepEqual([...new Set(apart)], [110]);
  });

  test('never come more often than every 100 ms', () => {
    const world = new WatchWorld({ progressIntervalMs: 1 });
    const { client } = world.watch({ progressNotify: true });
    for (let now = 0; now < 1000; now++) world.hub.tick(now);
    assert.ok(client.take().length <= 10);
  });
});
