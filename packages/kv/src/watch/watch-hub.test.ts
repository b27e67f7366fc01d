/**
 * Delivery: live and from history, to slow streams, across compaction and snapshots.
 */
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { WatchCreateRequest_FilterType } from '@concord/protocol';
import { WatchWorld, createRequest } from './watch-world.test.ts';

const { NOPUT, NODELETE } = WatchCreateRequest_FilterType;

describe('live events', () => {
  test('a watch of a key hears of that key alone', () => {
    const world = new WatchWorld();
    const { client } = world.watch();
    world.write(['k', '1']);
    world.write(['ka', '1']);
    world.write(['j', '1']);
    world.write(['k', null]);
    assert.deepEqual(client.read(), ['#0 @2 k@2=1', '#0 @5 -k@5']);
  });

  test('a range has its start and not its end', () => {
    const world = new WatchWorld();
    const { client } = world.watch({ key: 'b', rangeEnd: 'd' });
    world.write(['a', '1'], ['b', '2'], ['c\xff', '3'], ['d', '4']);
    assert.deepEqual(client.read(), ['#0 @2 b@2=2 c\xff@2=3']);
  });

  test('all events of one revision that match are in one response, in their order', () => {
    const world = new WatchWorld();
    const { client } = world.watch({ key: '\0', rangeEnd: '\0' });
    world.write(['c', '1'], ['a', '1'], ['b', '1']);
    assert.deepEqual(client.read(), ['#0 @2 c@2=1 a@2=1 b@2=1']);
  });

  test('a watch from now on hears nothing of the past', () => {
    const world = new WatchWorld();
    world.write(['k', '1']);
    const { client } = world.watch();
    world.write(['k', '2']);
    assert.deepEqual(client.read(), ['#0 @3 k@3=2']);
  });

  test('a watch of the future hears nothing before its start (#46)', () => {
    const world = new WatchWorld();
    const { client } = world.watch({ startRevision: 4 });
    for (const value of ['1', '2', '3']) world.write(['k', value]);
    assert.deepEqual(client.read(), ['#0 @4 k@4=3']);
  });

  test('filters leave out puts or deletions, and what is left empty is not sent', () => {
    const world = new WatchWorld();
    const { client } = world.watch({ filters: [NOPUT] });
    const other = world.watch({ filters: [NODELETE] }).client;
    const neither = world.watch({ filters: [NOPUT, NODELETE] }).client;
    world.write(['k', '1']);
    world.write(['k', null]);
    assert.deepEqual(client.read(), ['#0 @3 -k@3']);
    assert.deepEqual(other.read(), ['#0 @2 k@2=1']);
    assert.deepEqual(neither.read(), []);
  });

  test('prev_kv is there for those who asked, and never for a creation', () => {
    const world = new WatchWorld();
    const { client, stream } = world.watch({ prevKv: true });
    stream.create(createRequest());
    client.take();
    for (const value of ['1', '2', null]) world.write(['k', value]);
    const [withPrevious, without] = [0n, 1n].map((id) =>
      client.responses.filter(({ watchId }) => watchId === id).map(({ events }) => events.length),
    );
    assert.deepEqual(withPrevious, without);
    const lines = client.read().sort();
    assert.deepEqual(lines, [
      '#0 @2 k@2=1',
      '#0 @3 k@3=2<1',
      '#0 @4 -k@4<2',
      '#1 @2 k@2=1',
      '#1 @3 k@3=2',
      '#1 @4 -k@4',
    ]);
  });

  test('the store is read for a previous record at most once, and for a creation never', () => {
    const world = new WatchWorld();
    for (let i = 0; i < 3; i++) world.watch({ prevKv: true });
    world.watch({ key: 'a', rangeEnd: 'z', prevKv: true });
    let reads = 0;
    for (const value of ['1', '2']) {
      const [change] = world.history.write(['k', value]);
      assert.ok(change !== undefined);
      const previous = (): Uint8Array | undefined => (reads++, change.previous());
      world.hub.applied(world.history.revision, [{ ...change, previous }]);
      assert.equal(reads, value === '1' ? 0 : 1);
    }
  });

  test('watchers of one key that differ in id, filters and prev_kv each get their own', () => {
    const world = new WatchWorld();
    const { client, stream } = world.open();
    const kinds = [
      {},
      { prevKv: true },
      { filters: [NOPUT] },
      { watchId: 5000n },
      { watchId: -9n, prevKv: true },
    ];
    for (let round = 0; round < 3; round++) {
      for (const kind of kinds) {
        const watchId = 'watchId' in kind ? kind.watchId + BigInt(round) : 0n;
        stream.create(createRequest({ ...kind, watchId }));
      }
    }
    client.take();
    world.write(['k', 'a']);
    world.write(['k', 'b']);
    const ids = [0n, 1n, 5000n, -9n, 3n, 4n, 5001n, -8n, 6n, 7n, 5002n, -7n];
    const previous = new Set([1n, -9n, 4n, -8n, 7n, -7n]);
    const expected = ids.flatMap((id) => [
      `#${id} @2 k@2=a`,
      `#${id} @3 k@3=b${previous.has(id) ? '<a' : ''}`,
    ]);
    assert.deepEqual(client.read().sort(), expected.sort());
  });
});

describe('events from history', () => {
  test('a start in the past has everything from there, then goes on live', () => {
    const world = new WatchWorld();
    for (const value of ['1', '2', '3']) world.write(['k', value]);
    const { client } = world.watch({ startRevision: 3 });
    assert.equal(world.hub.needsCatchUp, true);
    world.catchUp();
    world.write(['k', '4']);
    assert.deepEqual(client.read(), ['#0 @4 k@3=2 k@4=3', '#0 @5 k@5=4']);
  });

  test('what is applied before history was read comes from history, once (#47)', () => {
    const world = new WatchWorld();
    world.write(['k', '1']);
    const { client } = world.watch({ startRevision: 2 });
    world.write(['k', '2']);
    world.catchUp();
    assert.deepEqual(client.read(), ['#0 @3 k@2=1 k@3=2']);
  });

  test('what is stored but not applied yet comes when it is applied', () => {
    const world = new WatchWorld();
    world.write(['k', '1']);
    const { client } = world.watch({ startRevision: 1 });
    const changes = world.history.write(['k', '2']);
    world.catchUp();
    assert.deepEqual(client.read(), ['#0 @2 k@2=1']);
    world.hub.applied(3, changes);
    assert.deepEqual(client.read(), ['#0 @3 k@3=2']);
  });

  test('a response has at most 1,000 revisions and is cut between revisions', () => {
    const world = new WatchWorld();
    for (let i = 0; i < 1500; i++) world.write(['k', '1'], ['l', '1']);
    const { client } = world.watch({ key: 'k', rangeEnd: 'm', startRevision: 1 });
    world.catchUp();
    const responses = client.take();
    assert.equal(responses.flatMap(({ events }) => events).length, 3000);
    for (const { events } of responses) {
      const revisions = events.map(({ kv }) => kv?.modRevision);
      assert.ok(new Set(revisions).size <= 1000);
      assert.equal(revisions.length % 2, 0);
    }
  });

  test('a revision larger than a slice is read whole', () => {
    const world = new WatchWorld();
    const keys = Array.from({ length: 5000 }, (_, i) => `k${i}`);
    world.write(...keys.map((key) => [key, '1'] as const));
    world.write(['k', 'last']);
    const { client } = world.watch({ key: 'k', rangeEnd: 'l', startRevision: 1 });
    world.catchUp();
    assert.deepEqual(
      client.take().map(({ events }) => events.length),
      [5000, 1],
    );
  });

  test('one far behind does not hold up one that is nearly there', () => {
    const world = new WatchWorld();
    for (let i = 0; i < 10_000; i++) world.write(['k', `${i}`]);
    const far = world.watch({ startRevision: 1 }).client;
    const near = world.watch({ startRevision: 10_000 }).client;
    world.hub.catchUp();
    world.hub.catchUp();
    assert.deepEqual(near.take().flatMap(({ events }) => events).length, 2);
    assert.ok(far.take().flatMap(({ events }) => events).length <= 1000);
  });

  test('a slice reads no more than it is allowed, whatever the backlog and whoever waits (#51)', () => {
    const world = new WatchWorld();
    for (let i = 0; i < 20_000; i++) world.write(['k', '1']);
    for (let i = 0; i < 1000; i++) world.watch({ startRevision: 1 + i * 19 });
    const read = world.history.history.bind(world.history);
    let rows = 0;
    world.history.history = (from, to, changesMax, visit) =>
      read(from, to, changesMax, (change) => {
        rows++;
        visit(change);
      });
    world.hub.catchUp(100);
    assert.ok(rows <= 101, `${rows} changes were read`);
  });

  test('watchers at one revision share one pass over history (#51)', () => {
    const world = new WatchWorld();
    for (let i = 0; i < 3000; i++) world.write(['k', '1']);
    const clients = Array.from({ length: 300 }, () => world.watch({ startRevision: 1 }).client);
    let reads = 0;
    const read = world.history.history.bind(world.history);
    world.history.history = (...args) => {
      reads++;
      return read(...args);
    };
    world.catchUp();
    assert.ok(reads <= 4, `history was read ${reads} times`);
    for (const client of clients)
      assert.equal(client.take().flatMap(({ events }) => events).length, 3000);
  });

  test('compaction ends those that still need what is gone, and only those', () => {
    const world = new WatchWorld();
    for (const value of ['1', '2', '3']) world.write(['k', value]);
    const late = world.watch({ startRevision: 2 }).client;
    const atIt = world.watch({ startRevision: 3 }).client;
    const live = world.watch().client;
    world.compact(3);
    world.catchUp();
    world.write(['k', '4']);
    assert.deepEqual(late.read(), ['#0 @0 canceled compacted 3']);
    assert.deepEqual(atIt.read(), ['#0 @4 k@3=2 k@4=3', '#0 @5 k@5=4']);
    assert.deepEqual(live.read(), ['#0 @5 k@5=4']);
  });
});

describe('a slow stream', () => {
  test('gets nothing while it is full, and all it missed after, once and in order (#43)', () => {
    const world = new WatchWorld();
    const { client, stream } = world.watch();
    client.room = 1;
    for (const value of ['1', '2', '3']) world.write(['k', value]);
    world.catchUp();
    assert.deepEqual(client.read(), ['#0 @2 k@2=1']);
    client.room = Infinity;
    stream.drained();
    world.catchUp();
    world.write(['k', '4']);
    assert.deepEqual(client.read(), ['#0 @4 k@3=2 k@4=3', '#0 @5 k@5=4']);
  });

  test('does not hold up another', () => {
    const world = new WatchWorld();
    const slow = world.watch();
    const quick = world.watch();
    slow.client.room = 0;
    for (const value of ['1', '2', '3']) world.write(['k', value]);
    assert.equal(quick.client.take().length, 3);
  });

  test('that filled up in the middle of history goes on where it stopped', () => {
    const world = new WatchWorld();
    for (let i = 0; i < 2500; i++) world.write(['k', '1']);
    const { client, stream } = world.watch({ startRevision: 1 });
    const revisions: (number | undefined)[] = [];
    for (let round = 0; round < 4; round++) {
      client.room = 1;
      world.catchUp();
      stream.drained();
      revisions.push(
        ...client.take().flatMap(({ events }) => events.map(({ kv }) => kv?.modRevision)),
      );
    }
    assert.deepEqual(
      revisions,
      Array.from({ length: 2500 }, (_, i) => i + 2),
    );
  });

  test('is told when what it missed is compacted', () => {
    const world = new WatchWorld();
    const { client, stream } = world.watch();
    stream.create(createRequest({ key: 'quiet' }));
    client.take();
    client.room = 1;
    for (const value of ['1', '2', '3']) world.write(['k', value]);
    world.compact(4);
    client.room = Infinity;
    stream.drained();
    world.catchUp();
    assert.deepEqual(client.read(), ['#0 @2 k@2=1', '#0 @0 canceled compacted 4']);
    world.write(['quiet', '1']);
    assert.deepEqual(client.read(), ['#1 @5 quiet@5=1']);
  });

  test('may be closed while it is full', () => {
    const world = new WatchWorld();
    const { client, stream } = world.watch();
    client.room = 0;
    world.write(['k', '1']);
    world.write(['k', '2']);
    stream.close();
    world.compact(3);
    world.catchUp();
    assert.equal(world.hub.watcherCount, 0);
  });
});

describe('a snapshot that takes the place of the store', () => {
  test('is read from where a watch stood, without a repeat or a gap (#42)', () => {
    const world = new WatchWorld();
    const { client } = world.watch();
    world.write(['k', '1']);
    for (const value of ['2', '3']) world.history.write(['k', value]);
    world.hub.restored(world.history.revision, -1);
    world.catchUp();
    world.write(['k', '4']);
    assert.deepEqual(client.read(), ['#0 @2 k@2=1', '#0 @4 k@3=2 k@4=3', '#0 @5 k@5=4']);
  });

  test('leaves a watch of the future waiting (#46)', () => {
    const world = new WatchWorld();
    const { client } = world.watch({ startRevision: 4 });
    for (const value of ['1', '2', '3', '4']) world.history.write(['k', value]);
    world.hub.restored(world.history.revision, -1);
    world.catchUp();
    assert.deepEqual(client.read(), ['#0 @5 k@4=3 k@5=4']);
  });

  test('ends a watch whose history it does not have', () => {
    const world = new WatchWorld();
    const { client } = world.watch();
    for (const value of ['1', '2', '3']) world.history.write(['k', value]);
    world.history.compactedRevision = 4;
    world.hub.restored(world.history.revision, 4);
    assert.deepEqual(client.read(), ['#0 @0 canceled compacted 4']);
  });
});
