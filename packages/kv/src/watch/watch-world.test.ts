/**
 * What the tests of watches run in: a dumb store that keeps everything in a list, and clients that decode what
 * they are sent. The store is the model that hub and streams are compared with.
 */
import { test } from 'node:test';
import assert from 'node:assert/strict';
import {
  Event_EventType,
  KeyValue,
  ResponseHeader,
  WatchCreateRequest,
  WatchResponse,
  encode,
  fromByteString,
} from '@concord/protocol';
import type { ByteString } from '@concord/protocol';
import type { WatchHistory, WatchedChange } from './watch-history.ts';
import { WatchHub } from './watch-hub.ts';
import type { WatchHubOptions } from './watch-hub.ts';
import type { WatchSink } from './watch-sink.ts';
import type { CreateOutcome, WatchStream, WatchStreamOptions } from './watch-stream.ts';

/** Mulberry32: a small generator whose seed is printed by the tests that use it. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A write: a value, or `null` to delete. */
export type Write = readonly [key: ByteString, value: string | null];

export class HistoryModel implements WatchHistory {
  readonly changes: WatchedChange[] = [];
  readonly #live = new Map<ByteString, KeyValue>();
  revision = 1;
  compactedRevision = -1;

  /** Applies writes as one revision and answers its changes. */
  write(...writes: readonly Write[]): WatchedChange[] {
    this.revision++;
    const before = new Map(this.#live);
    const changes = writes.map((write) => this.#change(write, before));
    this.changes.push(...changes);
    return changes;
  }

  has(key: ByteString): boolean {
    return this.#live.has(key);
  }

  history(
    from: number,
    to: number,
    changesMax: number,
    visit: (change: WatchedChange) => void,
  ): number {
    assert.ok(from >= this.compactedRevision, 'history below the compacted revision is gone');
    let count = 0;
    let last = from;
    for (const change of this.changes) {
      if (change.revision < from || change.revision > to) continue;
      if (change.revision !== last && count >= changesMax) return change.revision;
      last = change.revision;
      count++;
      visit(change);
    }
    return to + 1;
  }

  #change([key, value]: Write, before: ReadonlyMap<ByteString, KeyValue>): WatchedChange {
    const { revision } = this;
    const old = this.#live.get(key);
    const kv = KeyValue.create({ key: fromByteString(key), modRevision: revision });
    if (value === null) {
      this.#live.delete(key);
    } else {
      kv.createRevision = old?.createRevision ?? revision;
      kv.version = (old?.version ?? 0) + 1;
      kv.value = fromByteString(value);
      this.#live.set(key, kv);
    }
    const previous = before.get(key);
    return {
      kind: value === null ? 'delete' : 'put',
      key,
      revision,
      record: encode(KeyValue, kv),
      isCreate: value !== null && old === undefined,
      previous: () => {
        if (previous === undefined || revision - 1 < this.compactedRevision) return undefined;
        return encode(KeyValue, previous);
      },
    };
  }
}

/** A client's end of a stream: decodes every response, and can be slow. */
export class TestClient implements WatchSink {
  readonly responses: WatchResponse[] = [];
  /** Responses until the sink is full; it is full for good until `drain`. */
  room = Infinity;

  write(response: Uint8Array): boolean {
    // The bytes are the hub's: a copy is what a sink has to take.
    const bytes = response.slice();
    const decoded = WatchResponse.decode(bytes);
    assert.deepEqual(
      encode(WatchResponse, decoded),
      bytes,
      'fields are in order, defaults left out',
    );
    this.responses.push(decoded);
    this.room--;
    return this.room > 0;
  }

  /** The responses since the last call. */
  take(): WatchResponse[] {
    return this.responses.splice(0);
  }

  /** The same as sentences. */
  read(): string[] {
    return this.take().map(sentenceOf);
  }
}

const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/** A response in one line: what it is, its watch, its header's revision, its events. */
export function sentenceOf(response: WatchResponse): string {
  const { created, canceled, cancelReason, compactRevision, fragment, watchId } = response;
  const words = [`#${watchId}`, `@${response.header?.revision}`];
  if (created) words.push('created');
  if (canceled) words.push('canceled');
  if (cancelReason !== '') words.push(`(${cancelReason})`);
  if (compactRevision !== 0) words.push(`compacted ${compactRevision}`);
  if (fragment) words.push('fragment');
  for (const { type, kv, prevKv } of response.events) {
    assert.ok(kv !== undefined, 'an event has a kv');
    const before = prevKv === undefined ? '' : `<${latin1(prevKv.value)}`;
    const key = `${latin1(kv.key)}@${kv.modRevision}`;
    words.push(
      type === Event_EventType.DELETE ? `-${key}${before}` : `${key}=${latin1(kv.value)}${before}`,
    );
  }
  return words.join(' ');
}

export type CreateFields = Partial<Omit<WatchCreateRequest, 'key' | 'rangeEnd'>> & {
  readonly key?: ByteString;
  readonly rangeEnd?: ByteString;
};

export const createRequest = ({
  key = 'k',
  rangeEnd = '',
  ...fields
}: CreateFields = {}): WatchCreateRequest =>
  WatchCreateRequest.create({
    ...fields,
    key: fromByteString(key),
    rangeEnd: fromByteString(rangeEnd),
  });

export class WatchWorld {
  readonly history = new HistoryModel();
  readonly hub: WatchHub;

  constructor(options: Partial<WatchHubOptions> = {}) {
    this.hub = new WatchHub({
      history: this.history,
      header: (revision) =>
        encode(
          ResponseHeader,
          ResponseHeader.create({ clusterId: 1n, memberId: 2n, revision, raftTerm: 3 }),
        ),
      random: () => 0,
      revision: 1,
      compactedRevision: -1,
      ...options,
    });
  }

  open(options: WatchStreamOptions = {}): { client: TestClient; stream: WatchStream } {
    const client = new TestClient();
    return { client, stream: this.hub.openStream(client, options) };
  }

  /** A stream with one watch, its `created` read. */
  watch(fields: CreateFields = {}): {
    client: TestClient;
    stream: WatchStream;
    outcome: CreateOutcome;
  } {
    const { client, stream } = this.open();
    const outcome = stream.create(createRequest(fields));
    client.take();
    return { client, stream, outcome };
  }

  write(...writes: readonly Write[]): void {
    const changes = this.history.write(...writes);
    this.hub.applied(this.history.revision, changes);
  }

  compact(revision: number): void {
    this.history.compactedRevision = revision;
    this.hub.compacted(revision);
  }

  catchUp(): void {
    let slices = 0;
    while (this.hub.catchUp()) assert.ok(slices++ < 10_000, 'catching up comes to an end');
  }
}

test('the model stores revisions, versions and previous records as etcd does', () => {
  const history = new HistoryModel();
  history.write(['a', '1']);
  history.write(['a', '2'], ['b', '1']);
  const [deletion] = history.write(['a', null]);
  assert.ok(deletion !== undefined);
  const previous = KeyValue.decode(deletion.previous() ?? new Uint8Array(0));
  assert.deepEqual(
    {
      createRevision: previous.createRevision,
      modRevision: previous.modRevision,
      version: previous.version,
    },
    { createRevision: 2, modRevision: 3, version: 2 },
  );
  assert.deepEqual(
    KeyValue.decode(deletion.record),
    KeyValue.create({ key: fromByteString('a'), modRevision: 4 }),
  );
});
