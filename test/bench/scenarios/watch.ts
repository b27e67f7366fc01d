/**
 * Watch fan-out: 1,000 watchers on ten streams, and one writer. The operation is a delivered event; its
 * latency runs from the sending of the put, whose time rides in the value, to the event's arrival.
 *
 * The load is closed: at most `callers` puts are unacknowledged or not yet delivered to all their
 * watchers, so the figure is what the server delivers, not what piles up in front of it.
 */
import type { Call, CallListener, H2Client } from '../h2-client.ts';
import { RequestTemplate, keyAt, valueOf } from '../key-space.ts';
import { MessageAssembler } from '../message-assembler.ts';
import { FieldCursor, message } from '../protobuf.ts';
import type { Scenario, ScenarioContext } from '../scenario.ts';

const WATCHERS = 1_000;

/** Field numbers of `WatchResponse`, `Event` and `KeyValue`. */
const RESPONSE_CREATED = 3;
const RESPONSE_CANCELED = 4;
const RESPONSE_EVENTS = 11;
const EVENT_KV = 2;
const KV_VALUE = 5;

/** Receives what the watch streams deliver. */
interface DeliveryListener {
  onCreated(): void;
  onDelivered(sentAt: number): void;
  onFailed(text: string): void;
}

/** One watch stream with its share of the watchers. */
class WatchStream implements CallListener {
  readonly #client: H2Client;
  readonly #listener: DeliveryListener;
  readonly #response = new FieldCursor();
  readonly #event = new FieldCursor();
  readonly #keyValue = new FieldCursor();
  readonly #assembler = new MessageAssembler((bytes, start, end) =>
    this.#onResponse(bytes, start, end),
  );
  #call: Call | undefined;
  #over = false;

  constructor(client: H2Client, listener: DeliveryListener) {
    this.#client = client;
    this.#listener = listener;
  }

  /** Asks for a watcher on this key. */
  watch(key: Buffer): void {
    const create = message([1, message([1, key])]);
    if (this.#call !== undefined) this.#client.send(this.#call, create, false);
    else this.#call = this.#client.start('/etcdserverpb.Watch/Watch', create, this, false);
  }

  /** Stops listening; the stream ends with its connection. */
  close(): void {
    this.#over = true;
  }

  onData(bytes: Buffer, start: number, end: number): void {
    if (!this.#over) this.#assembler.push(bytes, start, end);
  }

  onEnd(status: number, text: string): void {
    if (!this.#over) this.#listener.onFailed(`Watch: status ${status}: ${text}`);
  }

  #onResponse(bytes: Buffer, start: number, end: number): void {
    const response = this.#response.reset(bytes, start, end);
    for (let field = response.next(); field !== 0; field = response.next()) {
      if (field === RESPONSE_EVENTS) this.#onEvent(bytes, response.start, response.end);
      else if (field === RESPONSE_CREATED && response.value === 1) this.#listener.onCreated();
      else if (field === RESPONSE_CANCELED && response.value === 1) {
        this.#listener.onFailed('Watch: a watcher was cancelled');
      }
    }
  }

  #onEvent(bytes: Buffer, start: number, end: number): void {
    const event = this.#event.reset(bytes, start, end);
    for (let field = event.next(); field !== 0; field = event.next()) {
      if (field !== EVENT_KV) continue;
      const keyValue = this.#keyValue.reset(bytes, event.start, event.end);
      for (let inner = keyValue.next(); inner !== 0; inner = keyValue.next()) {
        if (inner === KV_VALUE) this.#listener.onDelivered(bytes.readDoubleLE(keyValue.start));
      }
    }
  }
}

/** The writer: keeps `window` puts going and puts the time of sending into each value. */
class FanOutWriter implements CallListener, DeliveryListener {
  readonly #client: H2Client;
  readonly #context: ScenarioContext;
  readonly #template: RequestTemplate;
  readonly #valueAt: number;
  readonly #keys: number;
  readonly #eventsPerPut: number;
  readonly #onDone: () => void;
  /** The window is read off: puts may end before its timer has run. */
  #isMeasured = false;
  #created = 0;
  #sent = 0;
  #acknowledged = 0;
  #delivered = 0;

  constructor(client: H2Client, context: ScenarioContext, keys: number, onDone: () => void) {
    const { keySpace } = context;
    const value = valueOf(keySpace);
    const request = message([1, keyAt(keySpace, 0)], [2, value]);
    this.#client = client;
    this.#context = context;
    this.#template = new RequestTemplate(keySpace, request, [0]);
    this.#valueAt = request.indexOf(value);
    this.#keys = keys;
    this.#eventsPerPut = WATCHERS / keys;
    this.#onDone = onDone;
  }

  /** Sends as many puts as the limit on those under way allows. */
  fill(now: number): void {
    const { callers, window } = this.#context;
    const finished = Math.min(this.#acknowledged, Math.floor(this.#delivered / this.#eventsPerPut));
    if (!window.isOpen(now)) {
      if (this.#isMeasured && this.#acknowledged === this.#sent) this.#onDone();
      return;
    }
    while (this.#sent - finished < callers) {
      this.#template.aim(this.#sent % this.#keys);
      this.#template.message.writeDoubleLE(now, this.#valueAt);
      this.#sent++;
      this.#client.start('/etcdserverpb.KV/Put', this.#template.message, this, true);
    }
  }

  onCreated(): void {
    if (++this.#created < WATCHERS) return;
    void this.#context.window.measure().then(() => {
      this.#isMeasured = true;
      this.fill(performance.now());
    });
    this.fill(performance.now());
  }

  onDelivered(sentAt: number): void {
    const now = performance.now();
    this.#context.window.finished(sentAt, now);
    if (++this.#delivered % this.#eventsPerPut === 0) this.fill(now);
  }

  onFailed(text: string): void {
    this.#context.window.failed(text);
    this.#onDone();
  }

  onData(): void {
    // A put's answer holds nothing that a fan-out needs.
  }

  onEnd(status: number, text: string): void {
    this.#acknowledged++;
    if (status !== 0) this.#context.window.failed(`Put: status ${status}: ${text}`);
    this.fill(performance.now());
  }
}

function watchScenario(name: string, keys: number): Scenario {
  return {
    name,
    unit: 'events',
    run: async (context) => {
      const { clients, keySpace } = context;
      const streams: WatchStream[] = [];
      await new Promise<void>((resolve) => {
        const [writing, ...reading] = clients;
        const writer = new FanOutWriter(writing!, context, keys, resolve);
        for (const client of reading) streams.push(new WatchStream(client, writer));
        for (let watcher = 0; watcher < WATCHERS; watcher++) {
          streams[watcher % streams.length]!.watch(keyAt(keySpace, watcher % keys));
        }
      });
      for (const stream of streams) stream.close();
    },
  };
}

/** One key to 1,000 watchers; 1,000 keys, each to its own watcher. */
export const watchScenarios: readonly Scenario[] = [
  watchScenario('watch-one-key', 1),
  watchScenario('watch-own-keys', WATCHERS),
];
