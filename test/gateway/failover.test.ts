/**
 * Goal: a gateway that dies costs its subscribers nothing. Method: two gateways, fifty subscribers at one, a writer that goes
 * on all the while; the one is killed as a crash would do it, and all of them come back at the other with the place that they
 * have come to. The events of both are then one history: in order, each once, and folded they are what the list says.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventStream, stateAfter, type StreamEvent } from './harness/event-stream.ts';
import { onEachBackend, type GatewayProcess } from './harness/gateway-process.ts';

const SUBSCRIBERS = 50;
const INSTANCES = 12;
/** Enough on each side of the crash that subscribers are cut off between any two. */
const WRITES_BEFORE = 40;
const WRITES_AFTER = 40;

interface Written {
  readonly revision: number;
}

onEachBackend('a gateway that dies', (target) => {
  test('its subscribers go on at another, and nothing is lost or told twice', async () => {
    const service = target.name('orders');
    const doomed = await target.another();
    const other = target.gateway;
    const writer = new Writer(other, service);
    for (let left = INSTANCES; left > 0; left--) await writer.put();
    const watchAt = (gateway: GatewayProcess, place?: string): Promise<EventStream> =>
      EventStream.open(`${gateway.url}/v1/services/${service}/watch`, place);
    const before = await Promise.all(Array.from({ length: SUBSCRIBERS }, () => watchAt(doomed)));
    const writing = writer.writeUntilStopped();
    await Promise.all(
      before.map((stream) => stream.until((events) => events.length > WRITES_BEFORE)),
    );
    await doomed.kill();
    await Promise.all(before.map((stream) => stream.ended()));
    const after = await Promise.all(before.map(({ lastEventId }) => watchAt(other, lastEventId)));
    await writer.wrote(WRITES_AFTER);
    await writing.stop();
    const last = await writer.put();
    await Promise.all(after.map((stream) => stream.until((events) => lastOf(events) >= last)));

    const path = `/v1/services/${service}/instances`;
    const { body } = await other.json<{ items: { id: string }[] }>('GET', path);
    const list = new Map(body.items.map((item) => [item.id, item]));
    for (const [number, stream] of before.entries()) {
      const resumed = after[number];
      assert.ok(resumed !== undefined);
      assert.ok(
        resumed.events.every(({ name }) => name === 'change'),
        'who knew something already is told what it missed',
      );
      const events = [...stream.events, ...resumed.events];
      assertEachOnce(events);
      const state = stateAfter(events);
      assert.deepEqual(new Map([...state].sort()), new Map([...list].sort()));
      resumed[Symbol.dispose]();
    }
  });
});

const lastOf = (events: readonly StreamEvent[]): number => events.at(-1)?.id ?? 0;

/** Revisions rise from event to event, and no version of an instance comes again. */
function assertEachOnce(events: readonly StreamEvent[]): void {
  const newest = new Map<unknown, number>();
  for (const [at, { id, data }] of events.entries()) {
    assert.ok(
      at === 0 || id > (events[at - 1]?.id ?? 0),
      `${id} comes after ${events[at - 1]?.id}`,
    );
    for (const item of data.items ?? data.put ?? []) {
      const revision = Number(item['revision']);
      assert.ok(revision > (newest.get(item['id']) ?? 0), `${String(item['id'])} is told once`);
      newest.set(item['id'], revision);
    }
  }
}

/** Changes one instance after the other; every seventh write takes one out. */
class Writer {
  readonly #gateway: GatewayProcess;
  readonly #path: string;
  #writes = 0;
  readonly #waiting = new Set<() => void>();

  constructor(gateway: GatewayProcess, service: string) {
    this.#gateway = gateway;
    this.#path = `/v1/services/${service}/instances`;
  }

  writeUntilStopped(): { stop(): Promise<void> } {
    const stopping = new AbortController();
    const ended = (async () => {
      while (!stopping.signal.aborted) await (this.#writes % 7 === 6 ? this.#remove() : this.put());
    })();
    return {
      stop: async () => {
        stopping.abort();
        await ended;
      },
    };
  }

  /** Resolves when `count` more have been written. */
  async wrote(count: number): Promise<void> {
    const wanted = this.#writes + count;
    while (this.#writes < wanted) {
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** Answers the revision of what it wrote. */
  async put(): Promise<number> {
    const weight = this.#writes;
    const body = { address: '10.0.0.1', port: 3000, ttl: '10m', weight };
    const written = await this.#gateway.json<Written>('PUT', this.#next(), { body });
    assert.ok(written.status < 300);
    this.#wake();
    return written.body.revision;
  }

  async #remove(): Promise<void> {
    const path = this.#next();
    const { status } = await this.#gateway.json('DELETE', path);
    assert.equal(status, 200, path);
    this.#wake();
  }

  #next(): string {
    return `${this.#path}/i${this.#writes++ % INSTANCES}`;
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of waiting) resolve();
  }
}
