/**
 * Creation, cancellation and requested progress: one sentence of the protocol a test. Responses are compared as
 * lines: watch id, header revision, what it is.
 */
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { WatchWorld, createRequest } from './watch-world.test.ts';
import type { CreateFields } from './watch-world.test.ts';

const compactedReason = 'etcdserver: mvcc: required revision has been compacted';
const emptyReason = 'mvcc: watcher range is empty';
const duplicateReason = 'mvcc: duplicate watch ID provided on the WatchStream';

/** Creates watches one after the other on one stream of a store at revision 3, and reads the answers. */
function answersTo(...requests: CreateFields[]): string[] {
  const world = new WatchWorld();
  world.write(['a', '1']);
  world.write(['k', '1']);
  const { client, stream } = world.open();
  for (const request of requests) stream.create(createRequest(request));
  return client.read();
}

describe('creating a watch', () => {
  const cases: readonly [sentence: string, requests: CreateFields[], answers: string[]][] = [
    [
      'the server counts ids from 0',
      [{}, {}, {}],
      ['#0 @3 created', '#1 @3 created', '#2 @3 created'],
    ],
    ['the client may choose an id', [{ watchId: 7n }], ['#7 @3 created']],
    ['a negative id is an id', [{ watchId: -1n }, {}], ['#-1 @3 created', '#0 @3 created']],
    [
      'the server steps over ids that the client chose',
      [{ watchId: 1n }, {}, {}],
      ['#1 @3 created', '#0 @3 created', '#2 @3 created'],
    ],
    [
      'an id in use is refused',
      [{ watchId: 7n }, { watchId: 7n }],
      ['#7 @3 created', `#-1 @3 created canceled (${duplicateReason})`],
    ],
    [
      'an id that the server chose is in use too',
      [{}, {}, { watchId: 1n }],
      ['#0 @3 created', '#1 @3 created', `#-1 @3 created canceled (${duplicateReason})`],
    ],
    [
      'a range that ends where it begins is refused and takes no id',
      [{ rangeEnd: 'k' }, {}],
      [`#-1 @3 created canceled (${emptyReason})`, '#0 @3 created'],
    ],
    [
      'a range that ends before it begins is refused',
      [{ rangeEnd: 'a' }],
      [`#-1 @3 created canceled (${emptyReason})`],
    ],
    [
      'a negative start is refused (#48)',
      [{ startRevision: -1 }],
      [`#-1 @3 created canceled (${compactedReason})`],
    ],
    ['the end \\0 means no end', [{ key: '', rangeEnd: '\0' }], ['#0 @3 created']],
    ['a start in the future is taken', [{ startRevision: 99 }], ['#0 @3 created']],
  ];
  for (const [sentence, requests, answers] of cases) {
    test(sentence, () => assert.deepEqual(answersTo(...requests), answers));
  }

  test('an empty key without an end watches the key of one zero byte', () => {
    const world = new WatchWorld();
    const { client } = world.watch({ key: '' });
    world.write(['\0', 'zero'], ['\0a', 'other'], ['a', 'other']);
    assert.deepEqual(client.read(), ['#0 @2 \0@2=zero']);
  });

  test('who may not read a range may not watch it, and is told why', () => {
    const world = new WatchWorld();
    const denied = 'rpc error: code = PermissionDenied desc = etcdserver: permission denied';
    const { client, stream } = world.open({
      forbids: ({ from, to }) => (from === 'k' && to === 'k\0' ? denied : undefined),
    });
    assert.deepEqual(stream.create(createRequest()), { kind: 'rejected', reason: denied });
    assert.deepEqual(stream.create(createRequest({ key: 'j' })), { kind: 'created', id: 0n });
    assert.deepEqual(client.read(), [`#-1 @1 created canceled (${denied})`, '#0 @1 created']);
  });

  test('a start below the compacted revision is created, then canceled with that revision', () => {
    const world = new WatchWorld();
    for (let i = 0; i < 5; i++) world.write(['k', `${i}`]);
    world.compact(4);
    const { client, stream } = world.open();
    stream.create(createRequest({ startRevision: 3 }));
    assert.deepEqual(client.read(), ['#0 @6 created', '#0 @0 canceled compacted 4']);
    world.write(['k', 'later']);
    world.catchUp();
    assert.deepEqual(client.read(), []);
    assert.equal(world.hub.watcherCount, 0);
  });

  for (const [start, first] of [
    [4, 'k@4=2'],
    [5, 'k@5=3'],
  ] as const) {
    test(`a start at ${start} with the compacted revision 4 has all from there on`, () => {
      const world = new WatchWorld();
      for (let i = 0; i < 5; i++) world.write(['k', `${i}`]);
      world.compact(4);
      const { client, stream } = world.open();
      stream.create(createRequest({ startRevision: start }));
      world.catchUp();
      assert.ok(client.read()[1]?.startsWith(`#0 @6 ${first}`));
    });
  }

  test('a stream has a limit of watches', () => {
    const world = new WatchWorld({ watchersPerStreamMax: 2 });
    const { client, stream } = world.open();
    for (let i = 0; i < 3; i++) stream.create(createRequest());
    assert.match(client.read()[2] ?? '', /^#-1 @1 created canceled \(.*one stream \(limit 2\)\)$/);
    stream.cancel(0n);
    assert.equal(stream.create(createRequest()).kind, 'created');
  });

  test('a member has a limit of watches, which closed streams give back', () => {
    const world = new WatchWorld({ watchersMax: 2 });
    const first = world.open().stream;
    first.create(createRequest());
    first.create(createRequest());
    const { client, stream } = world.open();
    assert.equal(stream.create(createRequest()).kind, 'rejected');
    assert.match(client.read()[0] ?? '', /this member \(limit 2\)/);
    first.close();
    assert.equal(stream.create(createRequest()).kind, 'created');
  });
});

describe('canceling a watch', () => {
  test('it is acknowledged, and nothing comes after', () => {
    const world = new WatchWorld();
    const { client, stream } = world.watch();
    assert.equal(stream.cancel(0n), true);
    world.write(['k', '1']);
    assert.deepEqual(client.read(), ['#0 @1 canceled']);
  });

  test('an id that is not in use is passed over', () => {
    const world = new WatchWorld();
    const { client, stream } = world.watch();
    assert.equal(stream.cancel(5n), false);
    assert.deepEqual(client.read(), []);
  });

  test('watch 0 is canceled like any other, and closing counts it (#49)', () => {
    const world = new WatchWorld();
    const { stream } = world.watch();
    stream.create(createRequest());
    stream.cancel(0n);
    assert.equal(world.hub.watcherCount, 1);
    stream.create(createRequest({ watchId: 9n }));
    stream.close();
    assert.deepEqual([world.hub.watcherCount, world.hub.streamCount], [0, 0]);
  });

  test('a closed stream takes no more requests and is written to no more', () => {
    const world = new WatchWorld();
    const { client, stream } = world.watch();
    stream.close();
    stream.close();
    assert.equal(stream.create(createRequest()).kind, 'rejected');
    assert.deepEqual([stream.cancel(0n), stream.requestProgress()], [false, false]);
    stream.drained();
    world.write(['k', '1']);
    assert.deepEqual(client.read(), []);
    assert.equal(world.hub.watcherCount, 0);
  });

  test('history that is still to come is dropped', () => {
    const world = new WatchWorld();
    world.write(['k', '1']);
    const { client, stream } = world.watch({ startRevision: 1 });
    stream.cancel(0n);
    world.catchUp();
    assert.deepEqual(client.read(), ['#0 @2 canceled']);
  });

  test('a canceled id may be used again', () => {
    const world = new WatchWorld();
    const { client, stream } = world.watch({ watchId: 4n });
    stream.cancel(4n);
    stream.create(createRequest({ watchId: 4n }));
    world.write(['k', '1']);
    assert.deepEqual(client.read(), ['#4 @1 canceled', '#4 @1 created', '#4 @2 k@2=1']);
  });
});

describe('the id of a watch that a compaction ended', () => {
  /** A stream whose one watch, 0, was ended by a compaction. */
  function compacted(limits: ConstructorParameters<typeof WatchWorld>[0] = {}) {
    const world = new WatchWorld(limits);
    world.write(['k', '1']);
    world.write(['k', '2']);
    world.compact(3);
    const { client, stream } = world.open();
    stream.create(createRequest({ startRevision: 1 }));
    assert.deepEqual(client.read(), ['#0 @3 created', '#0 @0 canceled compacted 3']);
    return { client, stream };
  }

  test('stays taken, for the client and for the server', () => {
    const { client, stream } = compacted();
    stream.create(createRequest({ watchId: 7n, startRevision: 1 }));
    stream.create(createRequest({ watchId: 7n }));
    stream.create(createRequest());
    assert.deepEqual(client.read(), [
      '#7 @3 created',
      '#7 @0 canceled compacted 3',
      `#-1 @3 created canceled (${duplicateReason})`,
      '#1 @3 created',
    ]);
  });

  test('is free once it is canceled, which is acknowledged once', () => {
    const { client, stream } = compacted();
    assert.deepEqual([stream.cancel(0n), stream.cancel(0n)], [true, false]);
    assert.deepEqual(client.read(), ['#0 @3 canceled']);
  });

  test('counts among the watches of the stream', () => {
    const { stream } = compacted({ watchersPerStreamMax: 1 });
    assert.equal(stream.create(createRequest()).kind, 'rejected');
    stream.cancel(0n);
    assert.equal(stream.create(createRequest()).kind, 'created');
  });

  test('is forgotten with the stream', () => {
    const { client, stream } = compacted();
    stream.close();
    assert.equal(stream.cancel(0n), false);
    assert.deepEqual(client.read(), []);
  });

  test('holds back no progress, unlike in etcd', () => {
    const { client, stream } = compacted();
    stream.create(createRequest());
    assert.equal(stream.requestProgress(), true);
    assert.deepEqual(client.read(), ['#1 @3 created', '#-1 @3']);
  });
});

describe('requesting progress', () => {
  test('a stream that has everything is told the revision, for no watch in particular', () => {
    const world = new WatchWorld();
    const { client, stream } = world.watch();
    world.write(['other', '1']);
    assert.equal(stream.requestProgress(), true);
    assert.deepEqual(client.read(), ['#-1 @2']);
  });

  test('a stream without watches hears nothing', () => {
    const { client, stream } = new WatchWorld().open();
    assert.equal(stream.requestProgress(), false);
    assert.deepEqual(client.read(), []);
  });

  test('a stream with one watch behind hears nothing until that has caught up (#41)', () => {
    const world = new WatchWorld();
    world.write(['k', '1']);
    const { client, stream } = world.watch();
    stream.create(createRequest({ startRevision: 1 }));
    client.take();
    assert.equal(stream.requestProgress(), false);
    world.catchUp();
    assert.equal(stream.requestProgress(), true);
    assert.deepEqual(client.read(), ['#1 @2 k@2=1', '#-1 @2']);
  });

  test('a stream whose events wait for room hears nothing until they are out (#41)', () => {
    const world = new WatchWorld();
    const { client, stream } = world.watch();
    client.room = 1;
    world.write(['k', '1']);
    world.write(['k', '2']);
    assert.equal(stream.requestProgress(), false);
    client.room = Infinity;
    stream.drained();
    assert.equal(stream.requestProgress(), false);
    world.catchUp();
    assert.equal(stream.requestProgress(), true);
    assert.deepEqual(client.read(), ['#0 @2 k@2=1', '#0 @3 k@3=2', '#-1 @3']);
  });

  test('a watch of the future holds it back until its start (#46)', () => {
    const world = new WatchWorld();
    const { stream } = world.watch({ startRevision: 3 });
    assert.equal(stream.requestProgress(), false);
    world.write(['other', '1']);
    assert.equal(stream.requestProgress(), false);
    world.write(['other', '2']);
    assert.equal(stream.requestProgress(), true);
  });

  test('a canceled watch of the future holds nothing back', () => {
    const world = new WatchWorld();
    const { stream } = world.watch({ startRevision: 1000 });
    stream.create(createRequest());
    stream.cancel(0n);
    assert.equal(stream.requestProgress(), true);
  });
});
