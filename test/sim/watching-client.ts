/**
 * A client with one watch stream: it creates and cancels watches, asks for progress, reads slowly, and when the
 * stream breaks takes every watch up again where it had been, on the same member or on another.
 */
import { Metadata, type Method, type StreamCall, type StreamHandler } from '@concord/grpc-server';
import {
  Watch,
  WatchCancelRequest,
  WatchCreateRequest,
  WatchProgressRequest,
  WatchRequest,
  WatchResponse,
  encode,
} from '@concord/protocol';
import type { Random } from '@concord/testing';
import type { History, WatchMessage, WatchRecord } from './history.ts';
import type { SimulatedCluster } from './cluster.ts';
import type { Incarnation } from './incarnation.ts';
import type { SimulatedMember } from './member.ts';
import type { RandomRequests } from './requests.ts';
import type { SimulatedWorld } from './world.ts';

const WATCHES_MAX = 6;
const RETRY_MS = 100;
const STALE_BYTE = 0xff;

export class WatchingClient {
  readonly #world: SimulatedWorld;
  readonly #random: Random;
  readonly #cluster: SimulatedCluster;
  readonly #history: History;
  readonly #requests: RandomRequests;
  readonly #isFaithful: boolean;
  #member: SimulatedMember;
  #connection: Connection | undefined;
  #isStopped = false;
  /** From the first attempt on there is a stream, or one is being tried for. */
  #streamCount = 0;

  constructor(
    world: SimulatedWorld,
    cluster: SimulatedCluster,
    history: History,
    requests: RandomRequests,
  ) {
    this.#world = world;
    this.#random = world.random.fork();
    this.#cluster = cluster;
    this.#isFaithful = this.#random.chance(0.3);
    this.#member = cluster.pick(this.#random);
    this.#history = history;
    this.#requests = requests;
  }

  start(): void {
    const delayMs = this.#random.between(RETRY_MS / 2, RETRY_MS * 5);
    this.#world.queue.schedule(delayMs, 'watching client', () => {
      if (this.#isStopped) return;
      if (this.#connection !== undefined) this.#act(this.#connection);
      else if (this.#streamCount === 0) this.#connect([]);
      this.start();
    });
  }

  /** Nothing more is asked for; what is under way is still read. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Everything that was written has been read. */
  get isIdle(): boolean {
    if (this.#streamCount === 0) return true;
    return this.#connection !== undefined && this.#connection.isIdle;
  }

  #connect(resumed: readonly WatchCreateRequest[]): void {
    this.#streamCount++;
    const isGone = this.#member.isRemoved || !this.#isFaithful;
    if (this.#streamCount > 1 && isGone) this.#member = this.#cluster.pick(this.#random);
    const life = this.#member.incarnation;
    if (!life.isServing) {
      this.#world.queue.schedule(RETRY_MS, 'watching client retries', () => this.#connect(resumed));
      return;
    }
    const broken = (isRefused: boolean): void => {
      if (this.#connection !== connection) return;
      this.#connection = undefined;
      if (isRefused) this.#member = this.#cluster.pick(this.#random);
      const open = connection.cut();
      this.#world.queue.schedule(RETRY_MS, 'watching client retries', () => this.#connect(open));
    };
    const number = this.#streamCount;
    const connection = new Connection(this.#world, life, number, this.#history, () => broken(true));
    this.#connection = connection;
    life.onDeath.add(() => broken(false));
    for (const request of resumed) connection.create(request);
  }

  #act(connection: Connection): void {
    const choice = this.#random.next();
    if (connection.watchCount === 0 || (choice < 0.4 && connection.watchCount < WATCHES_MAX)) {
      connection.create(this.#randomWatch());
    } else if (choice < 0.5) {
      connection.cancel(this.#random);
    } else if (choice < 0.8) {
      connection.requestProgress();
    }
  }

  #randomWatch(): WatchCreateRequest {
    const { revision } = this.#requests;
    return WatchCreateRequest.create({
      ...this.#requests.span(),
      startRevision: this.#random.chance(0.4)
        ? 0
        : Math.max(1, revision - this.#random.integer(-5, 60)),
      prevKv: this.#random.chance(0.5),
      progressNotify: this.#random.chance(0.4),
      fragment: this.#random.chance(0.3),
      filters: this.#random.pick([[], [], [], [0], [1]]),
    });
  }
}

/** One stream, as long as it lasts. */
class Connection {
  readonly #world: SimulatedWorld;
  readonly #random: Random;
  readonly #life: Incarnation;
  readonly #number: number;
  readonly #history: History;
  readonly #handler: StreamHandler;
  /** Watches whose `created` has not been read yet, in the order of their requests. */
  readonly #announced: WatchRecord[] = [];
  readonly #watches = new Map<bigint, WatchRecord>();
  /** Ids of watches that a compaction ended: taken until a cancel is acknowledged. */
  readonly #compacted = new Set<bigint>();
  #inbox: { readonly bytes: Uint8Array; readonly index: number }[] = [];
  #isFull = false;
  #isCut = false;

  /** @param broken the member has ended the stream, for whatever reason it had */
  constructor(
    world: SimulatedWorld,
    life: Incarnation,
    number: number,
    history: History,
    broken: () => void,
  ) {
    this.#world = world;
    this.#random = world.random.fork();
    this.#life = life;
    this.#number = number;
    this.#history = history;
    const method = life.methods.get(Watch.methods.watch.path) as Extract<
      Method,
      { kind: 'stream' }
    >;
    this.#handler = method.open(this.#call(broken));
  }

  get watchCount(): number {
    return this.#watches.size + this.#announced.length;
  }

  /** Every request was answered, every event and every end read. Of progress there is no end. */
  get isIdle(): boolean {
    if (this.#isFull || this.#announced.length > 0) return false;
    if (this.#life.replica.machine.watches.needsCatchUp) return false;
    const waiting = this.#inbox.map(({ bytes }) => WatchResponse.decode(bytes));
    return waiting.every(({ events, canceled }) => events.length === 0 && !canceled);
  }

  create(request: WatchCreateRequest): void {
    const record: WatchRecord = { stream: this.#number, request, messages: [], end: 'open' };
    this.#history.watches.push(record);
    this.#announced.push(record);
    this.#ask({ case: 'createRequest', value: request });
  }

  cancel(random: Random): void {
    const ids = [...this.#watches.keys()];
    if (ids.length === 0) return;
    const value = WatchCancelRequest.create({ watchId: random.pick(ids) });
    this.#ask({ case: 'cancelRequest', value });
  }

  requestProgress(): void {
    this.#ask({ case: 'progressRequest', value: WatchProgressRequest.create() });
  }

  /** The stream is broken: what was not read is lost. Answers what to ask for on the next one. */
  cut(): WatchCreateRequest[] {
    this.#isCut = true;
    this.#inbox = [];
    const open = [...this.#watches.values(), ...this.#announced];
    for (const record of open) record.end = 'cut';
    return open.map((record) => ({ ...record.request, startRevision: resumptionOf(record) }));
  }

  #call(broken: () => void): StreamCall {
    return {
      path: Watch.methods.watch.path,
      metadata: new Metadata([]),
      peer: 'simulated',
      tlsPeerCertificate: undefined,
      deadline: undefined,
      cancelled: false,
      pendingBytes: 0,
      write: (bytes) => this.#receive(bytes),
      end: () => undefined,
      fail: () => void this.#world.queue.schedule(0, `stream ${this.#number} ends`, broken),
      sendHeaders: () => undefined,
      pause: () => undefined,
      resume: () => undefined,
    };
  }

  #ask(requestUnion: NonNullable<WatchRequest['requestUnion']>): void {
    const delayMs = this.#random.between(...this.#world.temper.linkMs);
    const bytes = encode(WatchRequest, { requestUnion });
    // The queue keeps the order of a stream's messages only if none overtakes another.
    this.#askedUntilMs = Math.max(this.#askedUntilMs, this.#world.nowMs + delayMs);
    const waitMs = this.#askedUntilMs - this.#world.nowMs;
    this.#world.queue.schedule(waitMs, `watch request on ${this.#number}`, () => {
      if (this.#isCut || this.#life.isDead) return;
      this.#handler.message(bytes);
      bytes.fill(STALE_BYTE);
    });
  }
  #askedUntilMs = 0;

  #receive(bytes: Uint8Array): boolean {
    if (this.#isCut || this.#life.isDead) return true;
    this.#inbox.push({ bytes: bytes.slice(), index: this.#life.appliedIndex });
    if (this.#inbox.length === 1) this.#readLater();
    if (this.#inbox.length >= this.#world.temper.watchInboxMax) this.#isFull = true;
    return !this.#isFull;
  }

  #readLater(): void {
    const readMs = this.#random.between(...this.#world.temper.watchReadMs);
    this.#world.queue.schedule(readMs, `read of stream ${this.#number}`, () => {
      const next = this.#inbox.shift();
      if (next === undefined) return;
      this.#world.trace.bytes(next.bytes);
      this.#take({ response: WatchResponse.decode(next.bytes), writtenIndex: next.index });
      if (this.#inbox.length > 0) this.#readLater();
      if (this.#isFull && this.#inbox.length <= this.#world.temper.watchInboxMax / 2) {
        this.#isFull = false;
        if (!this.#life.isDead) this.#handler.drain?.();
      }
    });
  }

  #take(message: WatchMessage): void {
    const { created, canceled, watchId, compactRevision } = message.response;
    if (created) {
      const record = this.#announced.shift();
      if (record === undefined) throw new Error('a watch was created that nobody asked for');
      record.messages.push(message);
      if (canceled) record.end = 'rejected';
      else this.#watches.set(watchId, record);
      return;
    }
    // Progress on request is told of all watches at once.
    if (watchId === -1n) {
      for (const record of this.#watches.values()) record.messages.push(message);
      return;
    }
    const record = this.#watches.get(watchId);
    if (record === undefined) {
      // A cancel that crossed the end by compaction on the way is acknowledged, and frees the id.
      if (canceled && this.#compacted.delete(watchId)) return;
      throw new Error(`a message came for watch ${watchId}, which is not`);
    }
    record.messages.push(message);
    if (!canceled) return;
    record.end = compactRevision > 0 ? 'compacted' : 'canceled';
    if (compactRevision > 0) this.#compacted.add(watchId);
    this.#watches.delete(watchId);
  }
}

/** Where a client takes up a watch: after what it was told last, by an event or by progress. */
function resumptionOf({ request, messages }: WatchRecord): number {
  let next = request.startRevision;
  for (const { response } of messages) {
    const { created, fragment, events } = response;
    const revision = response.header?.revision ?? 0;
    if (created && next === 0) next = revision + 1;
    else if (!created && events.length === 0) next = Math.max(next, revision + 1);
    const last = events.at(-1)?.kv?.modRevision;
    // The rest of a revision that came in part is asked for again, from its beginning.
    if (last !== undefined) next = fragment ? last : last + 1;
  }
  return next;
}
