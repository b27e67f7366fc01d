/**
 * All watches of a client over one stream. It is opened for the first, moved to another member when it breaks, and
 * closed after the last. Every watch has a cursor, the revision to go on from, which moves with what it was told and with
 * nothing else: so a resumed watch neither misses nor repeats.
 */
import type { WatchCreateRequest } from '@concord/protocol';
import {
  KV,
  Watch as WatchService,
  type ResponseHeader,
  type WatchRequest,
  type WatchResponse,
} from '@concord/protocol';
import type { ConcordError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Telemetry } from '../telemetry.ts';
import type { Caller } from '../transport/caller.ts';
import { LastingStream } from '../transport/lasting-stream.ts';
import { Reopening } from '../transport/reopening.ts';
import type { RpcFailure } from '../transport/rpc-failure.ts';
import { refusalOf } from './refusal.ts';
import { HistoryMark } from './history-mark.ts';
import {
  Subscriber,
  type SubscriberOwner,
  type Subscription,
  type WatchEnd,
  type WatchListener,
} from './subscriber.ts';
import { canRequestProgress } from './progress-support.ts';

/** How long a stream without watches is kept: a lock that is waited for opens and ends one watch after the other. */
const LINGER_MS = 1_000;
/** How often the server is asked how far it is, so that quiet watches do not fall behind a compaction. */
const PROGRESS_MS = 10_000;

/** Tokens refused in a row before that is taken for the answer. */
const TOKENS_REFUSED_MAX = 3;

export class WatchStream implements SubscriberOwner {
  readonly #caller: Caller;
  readonly #logger: Logger;
  readonly #telemetry: Telemetry;
  readonly #reopening: Reopening;
  readonly #subscribers = new Set<Subscriber>();
  readonly #history = new HistoryMark();
  readonly #byId = new Map<bigint, Subscriber>();
  /** Creations that were sent, in order: answers come in the same order, those of refusals without the id. */
  #creating: Subscriber[] = [];
  readonly #stream: LastingStream<WatchRequest, WatchResponse>;
  #isOpening = false;
  #nextId = 1n;
  #linger: NodeJS.Timeout | undefined;
  #progress: NodeJS.Timeout | undefined;
  #tokensRefused = 0;
  #isClosed = false;

  constructor(caller: Caller, logger: Logger, telemetry: Telemetry) {
    this.#telemetry = telemetry;
    this.#caller = caller;
    this.#logger = logger;
    this.#reopening = new Reopening(caller, logger, 'watch', () => void this.#open());
    this.#stream = new LastingStream(caller, this.#reopening, WatchService.methods.watch, {
      message: (response) => this.#take(response),
      ended: (failure) => this.#ended(failure),
    });
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
    if (this.#stream.isOpen) this.#create(subscriber);
    else if (!this.#isOpening) this.#reopening.now();
    return subscriber;
  }

  /** Goes on with a watch that paused. */
  resume(subscriber: Subscriber): void {
    if (subscriber.state !== 'paused') return;
    subscriber.state = 'waiting';
    if (this.#stream.isOpen) this.#create(subscriber);
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
    return this.#stream.isOpen && canRequestProgress(this.#reopening.upstream?.version ?? '');
  }

  /** Asks how far the server is; watches hear of it by `progress`, or not at all if one is catching up. */
  requestProgress(): void {
    if (!this.hasProgress) return;
    this.#stream.send({ requestUnion: { case: 'progressRequest', value: {} } });
  }

  close(): void {
    this.#isClosed = true;
    this.#reopening.close();
    clearTimeout(this.#linger);
    clearInterval(this.#progress);
    this.#stream.drop();
    this.#endAll({ type: 'failed', error: this.#caller.closedError('watch') });
  }

  async #open(): Promise<void> {
    if (this.#isOpening || this.#isClosed || this.#stream.isOpen) return;
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
    this.#stream.open();
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
    const isReplaced = this.#history.isReplaced(header);
    if (isReplaced) this.#history.reset(header);
    const { revision } = header;
    for (const subscriber of begun) {
      if (isReplaced || revision < subscriber.cursor - 1) {
        this.#end(subscriber, { type: 'restored', revision });
      }
    }
  }

  #create(subscriber: Subscriber): void {
    const watchId = this.#nextId++;
    subscriber.becomeCreating(watchId);
    this.#creating.push(subscriber);
    const value = { ...subscriber.request, watchId, startRevision: subscriber.cursor };
    this.#stream.send({ requestUnion: { case: 'createRequest', value } });
  }

  #cancel(watchId: bigint): void {
    this.#byId.delete(watchId);
    this.#stream.send({ requestUnion: { case: 'cancelRequest', value: { watchId } } });
  }

  #take(response: WatchResponse): void {
    if (response.header !== undefined) this.#history.remember(response.header);
    if (response.created) this.#created(response);
    else if (response.canceled) this.#canceled(response);
    else if (response.watchId === -1n) {
      for (const subscriber of this.#byId.values()) subscriber.progress(revisionOf(response));
    } else {
      const subscriber = this.#byId.get(response.watchId);
      if (subscriber === undefined) return;
      if (response.events.length === 0) subscriber.progress(revisionOf(response));
      else this.#told(subscriber, response);
    }
  }

  #told(subscriber: Subscriber, response: WatchResponse): void {
    const newest = response.events.at(-1)?.kv?.modRevision ?? 0;
    this.#telemetry.watchLag(Math.max(0, revisionOf(response) - newest));
    if (subscriber.take(response)) return;
    this.#cancel(subscriber.watchId);
    subscriber.state = 'paused';
  }

  #created(response: WatchResponse): void {
    this.#reopening.works();
    const subscriber = this.#creating.shift();
    if (subscriber === undefined) return;
    if (response.canceled) {
      this.#refused(subscriber, response);
      return;
    }
    const revision = revisionOf(response);
    if (subscriber.state !== 'creating') {
      // Ended, or paused, while the request was on its way.
      this.#cancel(response.watchId);
      return;
    }
    this.#tokensRefused = 0;
    this.#byId.set(subscriber.watchId, subscriber);
    subscriber.becomeOpen(revision);
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
    if (!this.#stream.isOpen) return;
    this.#stream.drop();
    this.#break();
    this.#caller.refreshToken(this.#stream.generation).then(
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
    this.#telemetry.watchInterrupted();
    const error = this.#stream.reopen(failure, this.#subscribers.size > 0);
    if (error !== undefined) this.#endAll({ type: 'failed', error });
  }

  /** The stream is gone: everything that was on it waits for the next one. */
  #break(): void {
    this.#creating = [];
    this.#byId.clear();
    clearInterval(this.#progress);
    this.#progress = undefined;
    for (const subscriber of this.#subscribers) subscriber.becomeWaiting();
  }

  #lingerOn(): void {
    clearTimeout(this.#linger);
    this.#linger = setTimeout(() => {
      if (this.#subscribers.size > 0) return;
      this.#stream.drop();
      this.#break();
    }, LINGER_MS).unref();
  }
}

const revisionOf = ({ header }: WatchResponse): number => header?.revision ?? 0;
