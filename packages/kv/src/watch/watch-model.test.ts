/**
 * Random streams, watches, writes, full sinks, compactions and snapshots against the plain list of all changes.
 * Every response is judged as it is written, by the properties that etcd's robustness tests check: filter,
 * ordered, unique, atomic, reliable, resumable, bookmarkable, prev_kv. At the end all streams drain, and every
 * watch must have exactly what the list says.
 */
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { KeyValue, WatchResponse, contains, decodeKeyRange } from '@concord/protocol';
import type { Event, KeyRange, WatchCreateRequest } from '@concord/protocol';
import type { WatchedChange } from './watch-history.ts';
import type { WatchSink } from './watch-sink.ts';
import type { WatchStream } from './watch-stream.ts';
import { WatchWorld, createRequest, seededRandom } from './watch-world.test.ts';
import type { Write } from './watch-world.test.ts';

const keys = ['a', 'aa', 'ab', 'b', 'ba', 'c', 'd\xff', 'e'];
const bounds = ['', 'a', 'ab', 'b', 'c', 'd', 'd\xff', 'f', '\0'];

/** A watch as its client knows it, and what the list of changes says that it is to get. */
class ExpectedWatch {
  readonly request: WatchCreateRequest;
  readonly range: KeyRange;
  readonly startRevision: number;
  /** Changes of the list that were judged, delivered or passed over. */
  position = 0;
  lastRevision = 0;
  isFragmented = false;
  progressRevision = 0;

  constructor(request: WatchCreateRequest, revision: number) {
    this.request = request;
    const key = request.key.length === 0 ? Uint8Array.of(0) : request.key;
    this.range = decodeKeyRange(key, request.rangeEnd);
    this.startRevision = request.startRevision === 0 ? revision + 1 : request.startRevision;
  }

  wants(change: WatchedChange): boolean {
    if (change.revision < this.startRevision || !contains(this.range, change.key)) return false;
    return !this.request.filters.includes(change.kind === 'put' ? 0 : 1);
  }

  /** The next change that the watch is to get, up to a revision; undefined when it has all of them. */
  next(changes: readonly WatchedChange[], revision: number): WatchedChange | undefined {
    for (; this.position < changes.length; this.position++) {
      const change = changes[this.position] as WatchedChange;
      if (change.revision > revision) return undefined;
      if (this.wants(change)) return change;
    }
    return undefined;
  }
}

/** A client that knows what it asked for and judges what it gets. */
class JudgingClient implements WatchSink {
  readonly watches = new Map<bigint, ExpectedWatch>();
  /** Ids of watches that a compaction ended, and that were not canceled since. */
  readonly compactedIds = new Set<bigint>();
  /** The request whose answer comes next. */
  asked: WatchCreateRequest | undefined;
  canceling: bigint | undefined;
  room = Infinity;
  eventCount = 0;
  readonly #world: WatchWorld;

  constructor(world: WatchWorld) {
    this.#world = world;
  }

  write(bytes: Uint8Array): boolean {
    this.#judge(WatchResponse.decode(bytes.slice()));
    this.room--;
    return this.room > 0;
  }

  isTaken(id: bigint): boolean {
    return this.watches.has(id) || this.compactedIds.has(id);
  }

  #judge(response: WatchResponse): void {
    const { watchId, created, canceled, compactRevision, events, header } = response;
    const { revision } = this.#world.hub;
    assert.equal(header?.revision, compactRevision > 0 ? 0 : revision);
    if (created) return this.#judgeCreated(response);
    if (watchId === -1n) {
      for (const watch of this.watches.values()) this.#judgeProgress(watch, revision);
      return;
    }
    if (this.compactedIds.delete(watchId)) {
      assert.deepEqual([canceled, compactRevision, watchId], [true, 0, this.canceling]);
      return;
    }
    const watch = this.watches.get(watchId);
    assert.ok(watch !== undefined, 'a response is for a watch that was created and not canceled');
    if (compactRevision > 0) {
      assert.equal(compactRevision, this.#world.history.compactedRevision);
      this.watches.delete(watchId);
      this.compactedIds.add(watchId);
    } else if (canceled) {
      assert.equal(watchId, this.canceling);
      this.watches.delete(watchId);
    } else if (events.length === 0) {
      assert.equal(watch.request.progressNotify, true);
      this.#judgeProgress(watch, revision);
    } else {
      this.#judgeEvents(watch, response);
    }
  }

  #judgeCreated({ watchId, canceled }: WatchResponse): void {
    assert.ok(this.asked !== undefined, 'an answer to a request comes once');
    if (!canceled) {
      assert.ok(!this.isTaken(watchId), 'an id is of one watch');
      this.watches.set(watchId, new ExpectedWatch(this.asked, this.#world.hub.revision));
    }
    this.asked = undefined;
  }

  /** Bookmarkable: everything up to the revision has been delivered. */
  #judgeProgress(watch: ExpectedWatch, revision: number): void {
    assert.equal(watch.next(this.#world.history.changes, revision), undefined);
    assert.ok(watch.request.startRevision <= revision, 'no progress before the start of a watch');
    watch.progressRevision = revision;
  }

  #judgeEvents(watch: ExpectedWatch, { events, fragment }: WatchResponse): void {
    assert.ok(this.room > 0 || watch.isFragmented, 'a full stream gets no more events');
    for (const [i, event] of events.entries()) {
      const change = watch.next(this.#world.history.changes, this.#world.hub.revision);
      assert.ok(change !== undefined, 'there is an event to deliver');
      if (i === 0 && !watch.isFragmented) {
        assert.ok(change.revision > watch.lastRevision, 'a revision is in one response');
      }
      assert.ok(
        change.revision > watch.progressRevision,
        'no event at or below announced progress',
      );
      this.#judgeEvent(watch, change, event);
      watch.lastRevision = change.revision;
      watch.position++;
      this.eventCount++;
    }
    watch.isFragmented = fragment;
    assert.ok(!fragment || watch.request.fragment, 'fragments are for those who take them');
    if (fragment) return;
    // Atomic: the revision of the last event is complete.
    assert.equal(watch.next(this.#world.history.changes, watch.lastRevision), undefined);
  }

  #judgeEvent(watch: ExpectedWatch, change: WatchedChange, { type, kv, prevKv }: Event): void {
    assert.equal(type, change.kind === 'put' ? 0 : 1);
    assert.deepEqual(kv, KeyValue.decode(change.record));
    const previous = watch.request.prevKv && !change.isCreate ? change.previous() : undefined;
    assert.deepEqual(prevKv, previous === undefined ? undefined : KeyValue.decode(previous));
  }
}

interface Open {
  readonly client: JudgingClient;
  readonly stream: WatchStream;
}

class RandomRun {
  readonly world: WatchWorld;
  readonly #random: (below: number) => number;
  #open: Open[] = [];
  #nowMs = 0;
  eventCount = 0;

  constructor(seed: number) {
    const random = seededRandom(seed);
    this.#random = (below) => Math.floor(random() * below);
    this.world = new WatchWorld({ random, fragmentBytes: 120, progressIntervalMs: 1000 });
  }

  step(): void {
    const action = this.#random(20);
    if (action < 8) this.world.write(...this.#writes());
    else if (action < 12) this.#withStream((open) => this.#create(open));
    else if (action === 12) this.#withStream((open) => this.#cancel(open));
    else if (action === 13) this.#withStream(({ stream }) => void stream.requestProgress());
    else if (action === 14)
      this.#withStream(({ client }) => void (client.room = 1 + this.#random(3)));
    else if (action === 15) this.#withStream((open) => this.#drain(open, this.#random(10) + 1));
    else if (action === 16) this.world.hub.tick((this.#nowMs += this.#random(2000)));
    else if (action === 17) this.#rarely();
    else this.world.hub.catchUp(1 + this.#random(20));
  }

  finish(): void {
    for (const open of this.#open) this.#drain(open, Infinity);
    this.world.catchUp();
    for (const { client, stream } of this.#open) {
      for (const watch of client.watches.values()) {
        assert.equal(watch.next(this.world.history.changes, this.world.hub.revision), undefined);
      }
      this.eventCount += client.eventCount;
      stream.close();
    }
    assert.equal(this.world.hub.watcherCount, 0);
    assert.equal(this.world.hub.needsCatchUp, false);
  }

  #writes(): Write[] {
    const writes = new Map<string, string | null>();
    for (let count = 1 + this.#random(4); count > 0; count--) {
      const key = keys[this.#random(keys.length)] as string;
      const isDelete = this.#random(3) === 0 && this.world.history.has(key);
      writes.set(key, isDelete ? null : 'v'.repeat(this.#random(40)));
    }
    return [...writes];
  }

  #rarely(): void {
    const { history, hub } = this.world;
    const choice = this.#random(10);
    if (choice < 3 && history.revision > history.compactedRevision) {
      const revision = Math.max(1, history.revision - this.#random(30));
      if (revision > history.compactedRevision) this.world.compact(revision);
    } else if (choice === 3) {
      for (let count = this.#random(5); count > 0; count--) history.write(...this.#writes());
      hub.restored(history.revision, history.compactedRevision);
    } else if (choice === 4) {
      this.#withStream((open) => {
        open.stream.close();
        this.eventCount += open.client.eventCount;
        this.#open = this.#open.filter((each) => each !== open);
      });
    } else if (this.#open.length < 6) {
      const client = new JudgingClient(this.world);
      this.#open.push({ client, stream: hub.openStream(client) });
    }
  }

  #withStream(act: (open: Open) => void): void {
    const open = this.#open[this.#random(this.#open.length)];
    if (open === undefined) this.#rarely();
    else act(open);
  }

  #create({ client, stream }: Open): void {
    const { revision } = this.world.history;
    const filters = [[], [], [], [0], [1], [0, 1]][this.#random(6)] as number[];
    const request = createRequest({
      key: bounds[this.#random(bounds.length)] as string,
      rangeEnd: bounds[this.#random(bounds.length)] as string,
      startRevision: this.#random(2) === 0 ? 0 : Math.max(-1, revision - this.#random(40) + 5),
      filters,
      prevKv: this.#random(2) === 0,
      fragment: this.#random(2) === 0,
      progressNotify: this.#random(2) === 0,
      watchId: this.#random(3) === 0 ? BigInt(this.#random(8) - 2) : 0n,
    });
    // An id of -1 is the client's right, but its responses look like progress of all.
    if (request.watchId === -1n) request.watchId = 2000n;
    client.asked = request;
    stream.create(request);
    assert.equal(client.asked, undefined, 'a request is answered at once');
  }

  #cancel({ client, stream }: Open): void {
    const id = BigInt(this.#random(6) - 2);
    client.canceling = id;
    const isTaken = client.isTaken(id);
    assert.equal(stream.cancel(id), isTaken);
    assert.equal(client.isTaken(id), false);
    client.canceling = undefined;
  }

  #drain({ client, stream }: Open, room: number): void {
    client.room = room;
    stream.drained();
  }
}

test('whatever happens, every watch gets what it asked for, in order, once, whole', () => {
  let eventCount = 0;
  for (let seed = 1; seed <= 150; seed++) {
    const run = new RandomRun(seed);
    try {
      for (let step = 0; step < 600; step++) run.step();
      run.finish();
    } catch (error) {
      throw new Error(`seed ${seed} at revision ${run.world.hub.revision}`, { cause: error });
    }
    eventCount += run.eventCount;
  }
  assert.ok(eventCount > 10_000, `only ${eventCount} events were judged`);
});
