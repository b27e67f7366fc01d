/**
 * All watches of a client over one stream. It is opened for the first, moved to another member when it breaks, and
 * closed after the last. Every watch has a cursor, the revision to go on from, which moves with what it was told and with
 * nothing else: so a resumed watch neither misses nor repeats.
 */
import type { WatchCreateRequest } from '@concord/protocol';
import {
  KV,
  Watch as WatchService,
  type Event,
  type ResponseHeader,
  type WatchRequest,
  type WatchResponse,
} from '@concord/protocol';
import type { ConcordError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Caller } from '../transport/caller.ts';
import type { RpcStream } from '../transport/connection.ts';
import { Reopening } from '../transport/reopening.ts';
import type { RpcFailure } from '../transport/rpc-failure.ts';
import { refusalOf } from './refusal.ts';
import { canRequestProgress } from './progress-support.ts';

/** How long a stream without watches is kept: a lock that is waited for opens and ends one watch after the other. */
const LINGER_MS = 1_000;
/** How often the server is asked how far it is, so that quiet watches do not fall behind a compaction. */
const PROGRESS_MS = 10_000;

/** Tokens refused in a row before that is taken for the answer. */
const TOKENS_REFUSED_MAX = 3;

/** Why a watch ended by itself. */
export type WatchEnd =
  | { readonly type: 'compacted'; readonly compactRevision: number }
  /** The cluster is at an older revision than the watch: it was restored from a backup. */
  | { readonly type: 'restored'; readonly revision: number }
  | { readonly type: 'failed'; readonly error: ConcordError };

/** Who watches. Called in the order of revisions. */
export interface WatchListener {
  /** It began, or began again after a break. */
  created(revision: number): void;
  /** All events of one revision. Returns false to pause: the events after it are fetched on `resume`. */
  changes(revision: number, events: readonly Event[]): boolean;
  /** There is nothing up to `revision` that was not told. */
  progress(revision: number): void;
  /** The stream broke; it will be created again. */
  interrupted(): void;
  ended(end: WatchEnd): void;
}

type State = 'waiting' | 'creating' | 'open' | 'paused' | 'ended';

/** One watch, for as long as its user wants it, whatever happens to streams. */
export interface Subscription {
  /** The revision to go on from; 0 from now. */
  readonly cursor: number;
  resume(): void;
  close(): void;
}

class Subscriber implements Subscription {
  readonly request: WatchCreateRequest;
  readonly listener: WatchListener;
  readonly #stream: WatchStream;
  cursor: number;
  state: State = 'waiting';
  watchId = 0n;
  fragments: Event[] = [];
  /** A stream broke since the server last knew of it: what it resumes may not be there any more. */
  wasInterrupted = false;

  constructor(stream: WatchStream, request: WatchCreateRequest, listener: WatchListener) {
    this.#stream = stream;
    this.request = request;
    this.listener = listener;
    this.cursor = request.startRevision;
  }

  resume(): void {
    this.#stream.resume(this);
  }

  close(): void {
    this.#stream.drop(this);
  }
}

export class WatchStream {
  readonly #caller: Caller;
  readonly #logger: Logger;
  readonly #reopening: Reopening;
  readonly #subscribers = new Set<Subscriber>();
  readonly #byId = new Map<bigint, Subscriber>();
  /** Creations that were sent, in order: answers come in the same order, those of refusals without the id. */
  #creating: Subscriber[] = [];
  #stream: RpcStream<WatchRequest> | undefined;
  #isOpening = false;
  #generation = 0;
  #nextId = 1n;
  #linger: NodeJS.Timeout | undefined;
  #progress: NodeJS.Timeout | undefined;
  #tokensRefused = 0;
  #raftTerm = 0;
  #clusterId = 0n;
  #isClosed = false;

  constructor(caller: Caller, logger: Logger) {
    this.#caller = caller;
    this.#logger = logger;
    this.#reopening = new Reopening(caller, logger, 'watch', () => void this.#open());
  }

  /** Begins a watch. */
  subscribe(request: WatchCreateRequest, listener: WatchListener): Subscription {
    const subscriber = new Subscriber(this, request, listener);
    if (this.#isClosed) {
      subscriber.state = 'ended';
      listener.ended({ type: 'failed', error: this.#caller.closedError('watch') });
      return subscriber;
    }
    this.#subscribers.add(subscriber);
    clearTimeout(this.#linger);
    this.#linger = undefined;
    if (this.#stream !== undefined) this.#create(subscriber);
    else if (!this.#isOpening) this.#reopening.now();
    return subscriber;
  }

  /** Goes on with a watch that paused. */
  resume(subscriber: Subscriber): void {
    if (subscriber.state !== 'paused') return;
    subscriber.state = 'waiting';
    if (this.#stream !== undefined) this.#create(subscriber);
  }

  /** Ends a watch. */
  drop(subscriber: Subscriber): void {
    if (!this.#subscribers.delete(subscriber)) return;
    if (subscriber.state === 'open') this.#cancel(subscriber.watchId);
    subscriber.state = 'ended';
    if (this.#subscribers.size === 0) this.#lingerOn();
  }

  /** Whether the member that serves the stream tells progress when asked, and in order. */
  get hasProgress(): boolean {
    return (
      this.#stream !== undefined && canRequestProgress(this.#reopening.upstream?.version ?? '')
    );
  }

  /** Asks how far the server is; watches hear of it by `progress`, or not at all if one is catching up. */
  requestProgress(): void {
    if (!this.hasProgress) return;
    this.#stream?.send({ requestUnion: { case: 'progressRequest', value: {} } });
  }

  close(): void {
    this.#isClosed = true;
    this.#reopening.close();
    clearTimeout(this.#linger);
    clearInterval(this.#progress);
    this.#stream?.cancel();
    this.#stream = undefined;
    this.#endAll({ type: 'failed', error: this.#caller.closedError('watch') });
  }

  async #open(): Promise<void> {
    if (this.#isOpening || this.#isClosed || this.#stream !== undefined) return;
    this.#isOpening = true;
    try {
      await this.#detectRestore();
    } finally {
      this.#isOpening = false;
    }
    if (this.#isWanted()) this.#connect();
  }

  #isWanted(): boolean {
    return this.#subscribers.size > 0 && !this.#isClosed;
  }

  #connect(): void {
    const opened = this.#caller.open<WatchRequest, WatchResponse>(
      WatchService.methods.watch,
      {
        message: (response) => {
          if (opened.stream === this.#stream) this.#take(response);
        },
        end: (failure) => {
          if (opened.stream === this.#stream) this.#ended(failure);
        },
      },
      this.#reopening.tried,
    );
    this.#stream = opened.stream;
    this.#generation = opened.generation;
    this.#reopening.opened(opened.upstream);
    for (const subscriber of this.#subscribers) {
      if (subscriber.state === 'waiting') this.#create(subscriber);
    }
    this.#progress ??= setInterval(() => this.requestProgress(), PROGRESS_MS).unref();
  }

  /**
   * A cluster that was restored from a backup goes on from an older revision, and a watch from a future one would
   * silently wait for it. So before watches are resumed, a linearizable read asks where the cluster is: it is never
   * behind what we have seen, unless history was replaced.
   */
  async #detectRestore(): Promise<void> {
    const begun = [...this.#subscribers].filter(
      ({ cursor, wasInterrupted }) => wasInterrupted && cursor > 0,
    );
    const first = begun[0];
    if (first === undefined) return;
    let header: ResponseHeader | undefined;
    try {
      const method = KV.methods.range;
      const request = method.request.create({ key: first.request.key, countOnly: true, limit: 1 });
      ({ header } = await this.#caller.call(method, request, {
        operation: 'watch',
        effect: 'read',
      }));
    } catch (error) {
      this.#logger.debug('the revision could not be asked for', { error });
      return;
    }
    if (header === undefined) return;
    const { clusterId, raftTerm, revision } = header;
    const isOther = this.#clusterId !== 0n && clusterId !== this.#clusterId;
    const isOlder = raftTerm < this.#raftTerm;
    if (isOther || isOlder) [this.#raftTerm, this.#clusterId] = [0, 0n];
    for (const subscriber of begun) {
      if (isOther || isOlder || revision < subscriber.cursor - 1) {
        this.#end(subscriber, { type: 'restored', revision });
      }
    }
  }

  #create(subscriber: Subscriber): void {
    const watchId = this.#nextId++;
    subscriber.state = 'creating';
    subscriber.watchId = watchId;
    subscriber.fragments = [];
    this.#creating.push(subscriber);
    const value = { ...subscriber.request, watchId, startRevision: subscriber.cursor };
    this.#stream?.send({ requestUnion: { case: 'createRequest', value } });
  }

  #cancel(watchId: bigint): void {
    this.#byId.delete(watchId);
    this.#stream?.send({ requestUnion: { case: 'cancelRequest', value: { watchId } } });
  }

  #take(response: WatchResponse): void {
    this.#remember(response.header);
    if (response.created) this.#created(response);
    else if (response.canceled) this.#canceled(response);
    else if (response.watchId === -1n) {
      for (const subscriber of this.#byId.values()) this.#progressed(subscriber, response);
    } else {
      const subscriber = this.#byId.get(response.watchId);
      if (subscriber === undefined) return;
      if (response.events.length === 0) this.#progressed(subscriber, response);
      else this.#changed(subscriber, response);
    }
  }

  #remember(header: ResponseHeader | undefined): void {
    if (header === undefined) return;
    if (header.raftTerm > this.#raftTerm) this.#raftTerm = header.raftTerm;
    if (header.clusterId !== 0n) this.#clusterId = header.clusterId;
  }

  #created(response: WatchResponse): void {
    this.#reopening.works();
    const subscriber = this.#creating.shift();
    if (subscriber === undefined) return;
    if (response.canceled) {
      this.#refused(subscriber, response);
      return;
    }
    const revision = response.header?.revision ?? 0;
    if (subscriber.state !== 'creating') {
      // Ended, or paused, while the request was on its way.
      this.#cancel(response.watchId);
      return;
    }
    subscriber.state = 'open';
    subscriber.wasInterrupted = false;
    this.#tokensRefused = 0;
    this.#byId.set(subscriber.watchId, subscriber);
    // From now: the server's "now" is the revision after the one that it tells here. Of a cursor that was given, this
    // answer says nothing.
    if (subscriber.cursor === 0) subscriber.cursor = revision + 1;
    subscriber.listener.created(revision);
  }

  #refused(subscriber: Subscriber, response: WatchResponse): void {
    if (subscriber.state === 'ended') return;
    const refusal = refusalOf(response);
    this.#endOrRestart(subscriber, refusal);
  }

  #endOrRestart(subscriber: Subscriber, refusal: ReturnType<typeof refusalOf>): void {
    if (refusal.type !== 'token') this.#end(subscriber, refusal);
    else if (this.#caller.canRefresh && this.#tokensRefused++ < TOKENS_REFUSED_MAX) {
      this.#restart(subscriber);
    } else this.#end(subscriber, { type: 'failed', error: refusal.error });
  }

  /** The token of the stream is no longer good: a new stream gets a new one. */
  #restart(subscriber: Subscriber): void {
    subscriber.state = 'waiting';
    const stream = this.#stream;
    if (stream === undefined) return;
    this.#break();
    stream.cancel();
    this.#caller.refreshToken(this.#generation).then(
      () => this.#reopening.now(),
      (error: unknown) => this.#endAll({ type: 'failed', error: error as ConcordError }),
    );
  }

  #canceled(response: WatchResponse): void {
    const subscriber = this.#byId.get(response.watchId);
    if (subscriber === undefined) return;
    const refusal = refusalOf(response);
    this.#byId.delete(response.watchId);
    this.#endOrRestart(subscriber, refusal);
  }

  #changed(subscriber: Subscriber, response: WatchResponse): void {
    let events: readonly Event[] = response.events;
    if (response.fragment || subscriber.fragments.length > 0) {
      subscriber.fragments.push(...events);
      if (response.fragment) return;
      events = subscriber.fragments;
      subscriber.fragments = [];
    }
    for (let start = 0; start < events.length;) {
      const revision = revisionOf(events[start]);
      let end = start + 1;
      while (end < events.length && revisionOf(events[end]) === revision) end += 1;
      const batch = start === 0 && end === events.length ? events : events.slice(start, end);
      start = end;
      if (revision < subscriber.cursor) continue;
      subscriber.cursor = revision + 1;
      const goesOn = subscriber.listener.changes(revision, batch);
      if (subscriber.state !== 'open') return;
      if (!goesOn) {
        this.#cancel(subscriber.watchId);
        subscriber.state = 'paused';
        return;
      }
    }
  }

  #progressed(subscriber: Subscriber, { header }: WatchResponse): void {
    const revision = header?.revision ?? 0;
    if (subscriber.state !== 'open' || revision < subscriber.cursor) {
      // Nothing newer than what was told; still a sign of life.
      if (revision === subscriber.cursor - 1) subscriber.listener.progress(revision);
      return;
    }
    subscriber.cursor = revision + 1;
    subscriber.listener.progress(revision);
  }

  #end(subscriber: Subscriber, end: WatchEnd): void {
    if (subscriber.state === 'ended') return;
    subscriber.state = 'ended';
    this.#subscribers.delete(subscriber);
    this.#byId.delete(subscriber.watchId);
    subscriber.listener.ended(end);
    if (this.#subscribers.size === 0) this.#lingerOn();
  }

  #endAll(end: WatchEnd): void {
    for (const subscriber of [...this.#subscribers]) this.#end(subscriber, end);
  }

  #ended(failure: RpcFailure): void {
    this.#break();
    if (this.#isClosed) return;
    const error = this.#reopening.broken(failure, this.#generation, this.#subscribers.size > 0);
    if (error !== undefined) this.#endAll({ type: 'failed', error });
  }

  /** The stream is gone: everything that was on it waits for the next one. */
  #break(): void {
    this.#stream = undefined;
    this.#creating = [];
    this.#byId.clear();
    clearInterval(this.#progress);
    this.#progress = undefined;
    for (const subscriber of this.#subscribers) {
      if (subscriber.state === 'paused') continue;
      subscriber.state = 'waiting';
      subscriber.wasInterrupted = true;
      subscriber.fragments = [];
      subscriber.listener.interrupted();
    }
  }

  #lingerOn(): void {
    clearTimeout(this.#linger);
    this.#linger = setTimeout(() => {
      if (this.#subscribers.size > 0) return;
      const stream = this.#stream;
      this.#break();
      stream?.cancel();
    }, LINGER_MS).unref();
  }
}

const revisionOf = (event: Event | undefined): number => event?.kv?.modRevision ?? 0;
