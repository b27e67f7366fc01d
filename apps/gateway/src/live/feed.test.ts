import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcordError, type Entry } from '@concord/client';
import { EntryIndex } from './entry-index.ts';
import { Feed, type FeedSource, type Outlet } from './feed.ts';
import type { Packet } from './live-event.ts';

/** Keys in memory, with a past that can be compacted. */
class TestSource implements FeedSource {
  readonly entries = new EntryIndex();
  readonly past = new Map<number, EntryIndex>();
  revision = 1;

  reached(revision: number): Promise<void> {
    return revision <= this.revision ? Promise.resolve() : Promise.reject(new Error('not yet'));
  }

  entriesAt(_: readonly string[], revision: number): Promise<EntryIndex> {
    const then = this.past.get(revision);
    if (then !== undefined) return Promise.resolve(then);
    return Promise.reject(new ConcordError('COMPACTED', { operation: 'test', problem: 'gone' }));
  }

  put(feed: Feed | undefined, id: string, value: number): void {
    const key = `/items/${id}`;
    this.revision += 1;
    this.entries.put(entry(key, value, this.revision));
    feed?.take([key], this.revision);
  }

  delete(feed: Feed, id: string): void {
    this.revision += 1;
    this.entries.delete(`/items/${id}`);
    feed.take([`/items/${id}`], this.revision);
  }

  feed(): Feed {
    return new Feed(
      {
        name: 'items',
        prefixes: ['/items/'],
        itemKey: (key) => key.slice('/items/'.length),
        item: (id, entries) => {
          const found = entries.get(`/items/${id}`);
          return found === undefined ? undefined : { id, value: Number(found.text) };
        },
      },
      this,
    );
  }
}

const entry = (key: string, value: number, modRevision: number): Entry =>
  ({ key, text: String(value), modRevision }) as Entry;

interface Told {
  readonly name: string;
  readonly revision: number;
  readonly put: Readonly<Record<string, number>>;
  readonly deleted: readonly string[];
}

class TestOutlet implements Outlet {
  readonly told: Told[] = [];
  readonly bytes: Buffer[] = [];
  isFree = true;
  ending = '';
  #next: (() => void) | undefined;

  send(packet: Packet): boolean {
    this.bytes.push(packet.sse);
    for (const event of packet.events) {
      const message = JSON.parse(event.webSocket.toString()) as {
        event: string;
        id: number;
        data: { items?: Item[]; put?: Item[]; deleted?: string[] };
      };
      const items = message.data.items ?? message.data.put ?? [];
      this.told.push({
        name: message.event,
        revision: message.id,
        put: Object.fromEntries(items.map(({ id, value }) => [id, value])),
        deleted: message.data.deleted ?? [],
      });
    }
    this.#next?.();
    return this.isFree;
  }

  keepAlive(): boolean {
    return this.isFree;
  }

  end(): void {
    this.ending = 'ended';
  }

  destroy(): void {
    this.ending = 'destroyed';
  }

  sent(): Promise<void> {
    return new Promise((resolve) => {
      this.#next = resolve;
    });
  }
}

interface Item {
  readonly id: string;
  readonly value: number;
}

test('all who are equally far get the very same bytes', async () => {
  const source = new TestSource();
  source.put(undefined, 'a', 1);
  const feed = source.feed();
  const [one, other] = [new TestOutlet(), new TestOutlet()];
  await feed.subscribe(one);
  await feed.subscribe(other);
  const sent = other.sent();
  source.put(feed, 'a', 2);
  await sent;
  assert.equal(one.bytes[0], other.bytes[0]);
  assert.equal(one.bytes[1], other.bytes[1]);
  assert.deepEqual(
    one.told.map(({ name, put }) => ({ name, put })),
    [
      { name: 'snapshot', put: { a: 1 } },
      { name: 'change', put: { a: 2 } },
    ],
  );
});

test('who takes nothing gets the last state of each item once, when it can', async () => {
  const source = new TestSource();
  const feed = source.feed();
  const outlet = new TestOutlet();
  outlet.isFree = false;
  const subscription = await feed.subscribe(outlet);
  for (let value = 0; value < 100; value++) source.put(feed, 'a', value);
  source.put(feed, 'b', 1);
  source.delete(feed, 'b');
  outlet.isFree = true;
  const sent = outlet.sent();
  subscription.drained();
  await sent;
  assert.deepEqual(outlet.told.slice(1), [
    { name: 'change', revision: source.revision, put: { a: 99 }, deleted: ['b'] },
  ]);
});

test('who is too far behind for the log gets everything again, and nobody holds more for it', async () => {
  const source = new TestSource();
  const feed = source.feed();
  const outlet = new TestOutlet();
  const subscription = await feed.subscribe(outlet);
  outlet.isFree = false;
  let sent = outlet.sent();
  source.put(feed, 'a', 0);
  await sent;
  for (let value = 0; value < 3000; value++) source.put(feed, 'a', value);
  outlet.isFree = true;
  sent = outlet.sent();
  subscription.drained();
  await sent;
  assert.deepEqual(outlet.told.at(-1), {
    name: 'resync',
    revision: source.revision,
    put: { a: 2999 },
    deleted: [],
  });
});

test('who comes back from another gateway is told what is different since, in one', async () => {
  const source = new TestSource();
  const then = new EntryIndex();
  for (const id of ['same', 'changed', 'gone']) then.put(entry(`/items/${id}`, 1, 5));
  source.past.set(5, then);
  source.revision = 5;
  source.put(undefined, 'same', 1);
  source.put(undefined, 'changed', 2);
  const outlet = new TestOutlet();
  await source.feed().subscribe(outlet, { from: 5 });
  assert.deepEqual(outlet.told, [
    { name: 'change', revision: source.revision, put: { changed: 2 }, deleted: ['gone'] },
  ]);
});

test('a place in a history that is gone, or of another cluster, is answered with everything', async () => {
  const source = new TestSource();
  source.revision = 10;
  source.put(undefined, 'a', 1);
  for (const from of [4, 1000]) {
    const outlet = new TestOutlet();
    await source.feed().subscribe(outlet, { from });
    assert.deepEqual(outlet.told, [{ name: 'resync', revision: 11, put: { a: 1 }, deleted: [] }]);
  }
});

test('a write that changes no item is told to nobody', async () => {
  const source = new TestSource();
  const feed = source.feed();
  const outlet = new TestOutlet();
  source.put(feed, 'a', 1);
  await feed.subscribe(outlet);
  const index = feed.revision;
  source.put(feed, 'a', 1);
  assert.equal(feed.revision, index);
  const moved = feed.movedBeyond(index, 60_000);
  source.put(feed, 'a', 2);
  assert.equal(await moved, true);
});

test('a subscriber is let go when its rights end, and when it has taken nothing for a minute', async () => {
  const source = new TestSource();
  const feed = source.feed();
  const [stuck, expired] = [new TestOutlet(), new TestOutlet()];
  await feed.subscribe(expired, { mayStay: () => false });
  await feed.subscribe(stuck);
  stuck.isFree = false;
  const sent = stuck.sent();
  source.put(feed, 'a', 1);
  await sent;
  feed.tick(performance.now() + 20_000);
  assert.equal(expired.ending, 'ended');
  assert.equal(stuck.ending, '');
  feed.tick(performance.now() + 61_000);
  assert.equal(stuck.ending, 'destroyed');
  assert.equal(feed.subscribers, 0);
});
