/**
 * Watches over the real store: what compaction leaves of history is what they are served.
 */
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { ResponseHeader, encode } from '@concord/protocol';
import { MemoryStore } from '../memory-store.ts';
import { MvccStore } from '../mvcc/mvcc-store.ts';
import { deleteRange, put } from '../mvcc/requests.fixture.ts';
import { WatchHub } from './watch-hub.ts';
import { TestClient, createRequest } from './watch-world.test.ts';
import type { CreateFields } from './watch-world.test.ts';

class StoreWorld {
  readonly store: MvccStore;
  readonly hub: WatchHub;

  constructor() {
    this.store = MvccStore.open(new MemoryStore({ reusesBuffer: true }), {
      onChange: (changes, revision) => this.hub.applied(revision, changes),
    });
    this.hub = new WatchHub({
      history: this.store,
      header: (revision) => encode(ResponseHeader, ResponseHeader.create({ revision })),
      random: () => 0,
      revision: this.store.revision,
      compactedRevision: this.store.compactedRevision,
    });
  }

  /** Writes are in memory, then with `flush` in the store below. */
  flush(): void {
    this.store.flush(() => {});
  }

  compact(revision: number): void {
    this.store.compact(revision);
    this.hub.compacted(revision);
    while (this.store.compactionWork(3));
  }

  watch(fields: CreateFields): string[] {
    const client = new TestClient();
    const stream = this.hub.openStream(client);
    stream.create(createRequest(fields));
    while (this.hub.catchUp());
    stream.close();
    return client.read().slice(1);
  }
}

for (const isFlushed of [false, true]) {
  describe(`history ${isFlushed ? 'in the store' : 'in memory'}`, () => {
    /** k: put at 2 and 3, deleted at 4, put at 5; l: put at 6. */
    const worldAt6 = (): StoreWorld => {
      const world = new StoreWorld();
      world.store.put(put('k', '1'));
      world.store.put(put('k', '2'));
      world.store.deleteRange(deleteRange('k'));
      world.store.put(put('k', '3'));
      world.store.put(put('l', '1'));
      if (isFlushed) world.flush();
      return world;
    };

    test('is replayed with previous records', () => {
      assert.deepEqual(worldAt6().watch({ startRevision: 1, prevKv: true }), [
        '#0 @6 k@2=1 k@3=2<1 -k@4<2 k@5=3',
      ]);
    });

    test('a deletion at the compacted revision is still told of (#44, #45)', () => {
      const world = worldAt6();
      world.compact(4);
      assert.deepEqual(world.watch({ startRevision: 3 }), ['#0 @0 canceled compacted 4']);
      assert.deepEqual(world.watch({ startRevision: 4 }), ['#0 @6 -k@4 k@5=3']);
      assert.deepEqual(world.watch({ startRevision: 5 }), ['#0 @6 k@5=3']);
    });

    test('a previous record that compaction took is left out', () => {
      const world = worldAt6();
      world.compact(4);
      const [withPrevious] = world.watch({ startRevision: 4, prevKv: true });
      assert.equal(withPrevious, '#0 @6 -k@4 k@5=3');
    });

    test('deletions of many keys at one revision come whole, from the compacted revision too (#45)', () => {
      const world = new StoreWorld();
      for (let i = 0; i < 20; i++) world.store.put(put(`k${i}`, '1'));
      world.store.deleteRange(deleteRange('k', 'l'));
      if (isFlushed) world.flush();
      const { revision } = world.store;
      world.compact(revision);
      const [line = ''] = world.watch({ key: 'k', rangeEnd: 'l', startRevision: revision });
      assert.equal(line.split(' ').filter((word) => word.startsWith('-k')).length, 20);
    });
  });
}

test('a live change is told with its previous record from within the write', () => {
  const world = new StoreWorld();
  const client = new TestClient();
  world.hub.openStream(client).create(createRequest({ prevKv: true }));
  world.store.put(put('k', '1'));
  world.store.put(put('k', '2'));
  world.store.deleteRange(deleteRange('k'));
  assert.deepEqual(client.read().slice(1), ['#0 @2 k@2=1', '#0 @3 k@3=2<1', '#0 @4 -k@4<2']);
});
