/**
 * All watches of a command, on one stream. When the stream breaks they are created again, each where it was: nothing is
 * missed and nothing is told twice.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  etcdErrors,
  StatusCode,
  Watch,
  WatchCreateRequest,
  WatchProgressRequest,
  WatchRequest,
  type WatchResponse,
} from '@concord/protocol';
import type { EtcdClient } from '../connection/etcd-client.ts';
import type { RpcStream } from '../connection/member-connection.ts';
import type { RpcError } from '../connection/rpc-error.ts';
import { Subscription } from './subscription.ts';

const REOPEN_MS = 100;
/** Answers that wait for their reader: more stay at the server. */
const QUEUED_MAX = 256;
/** What answers to progress requests are for: all watches of the stream. */
const EVERY_WATCH = -1n;

export type WatchSelection = Pick<
  WatchCreateRequest,
  'key' | 'rangeEnd' | 'startRevision' | 'prevKv' | 'progressNotify'
>;

export class WatchStream {
  readonly #client: EtcdClient;
  readonly #subscriptions = new Set<Subscription>();
  /** Asked for, and not created yet: the server answers in this order. */
  #pending: Subscription[] = [];
  #byId = new Map<bigint, Subscription>();
  #stream: RpcStream<WatchRequest> | undefined;
  #isClosed = false;
  #toldReason = '';

  constructor(client: EtcdClient) {
    this.#client = client;
  }

  /** Watches keys from a revision on; 0 is from now on. */
  watch(selection: WatchSelection): Subscription {
    const subscription = new Subscription(selection, {
      drained: () => this.#stream?.resume(),
      queuedMax: QUEUED_MAX,
    });
    this.#subscriptions.add(subscription);
    if (this.#stream === undefined) this.#open();
    else this.#create(subscription);
    return subscription;
  }

  /** Asks how far the watches are; the answer goes to all of them. */
  requestProgress(): void {
    this.#stream?.send(
      WatchRequest.create({
        requestUnion: { case: 'progressRequest', value: WatchProgressRequest.create() },
      }),
    );
  }

  close(): void {
    this.#isClosed = true;
    this.#stream?.cancel();
    for (const subscription of this.#subscriptions) subscription.end();
    this.#subscriptions.clear();
  }

  #open(): void {
    this.#pending = [];
    this.#byId = new Map();
    this.#stream = this.#client.open(
      Watch.methods.watch,
      { message: (answer) => this.#answered(answer), end: (error) => this.#broke(error) },
      { hasleader: 'true' },
    );
    for (const subscription of this.#subscriptions) this.#create(subscription);
  }

  #create(subscription: Subscription): void {
    this.#pending.push(subscription);
    const value = WatchCreateRequest.create(subscription.selection);
    this.#stream?.send(WatchRequest.create({ requestUnion: { case: 'createRequest', value } }));
  }

  #answered(answer: WatchResponse): void {
    if (answer.created) {
      const subscription = this.#pending.shift();
      if (subscription === undefined) return;
      if (answer.canceled) return this.#end(subscription, answer);
      this.#byId.set(answer.watchId, subscription);
      subscription.created(answer);
      return;
    }
    if (answer.watchId === EVERY_WATCH) {
      for (const subscription of this.#subscriptions) this.#deliver(subscription, answer);
      return;
    }
    const subscription = this.#byId.get(answer.watchId);
    if (subscription === undefined) return;
    if (answer.canceled) this.#end(subscription, answer);
    else this.#deliver(subscription, answer);
  }

  #deliver(subscription: Subscription, answer: WatchResponse): void {
    if (subscription.deliver(answer) === 'full') this.#stream?.pause();
  }

  #end(subscription: Subscription, answer: WatchResponse): void {
    this.#subscriptions.delete(subscription);
    subscription.deliver(answer);
    subscription.end();
  }

  #broke(error: RpcError | undefined): void {
    this.#stream = undefined;
    if (this.#isClosed || this.#client.isClosed) return;
    if (error !== undefined && isFinal(error)) {
      for (const subscription of this.#subscriptions) subscription.end(error);
      this.#subscriptions.clear();
      return;
    }
    this.#tell(error);
    this.#client.rotate();
    void sleep(REOPEN_MS).then(() => {
      const isOver = this.#isClosed || this.#client.isClosed;
      if (!isOver && this.#stream === undefined) this.#open();
    });
  }

  /** Why nothing comes; once for each reason. */
  #tell(error: RpcError | undefined): void {
    if (error === undefined || error.message === this.#toldReason) return;
    this.#toldReason = error.message;
    const msg = 'the watch is opened again';
    this.#client.settings.tell(JSON.stringify({ level: 'warn', msg, error: error.message }));
  }
}

const isFinal = ({ code, details }: RpcError): boolean =>
  (code !== StatusCode.UNAVAILABLE && code !== StatusCode.INTERNAL) ||
  details === etcdErrors.ErrNoLeader.message;
