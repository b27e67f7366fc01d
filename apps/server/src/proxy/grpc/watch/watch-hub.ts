/**
 * The watches of all clients that the cluster cannot tell apart, over one stream to it. Each new watch is one at the
 * cluster first: so the member decides whether it is allowed, where it begins and whether that is compacted. Once it is as
 * far as another one of the same keys, the two become one.
 *
 * Askers of different credentials never share a hub: what one may see, another may not.
 */
import {
  encode,
  etcdErrors,
  Watch,
  WatchCreateRequest,
  WatchRequest,
  WatchResponse,
  type ResponseHeader,
} from '@concord/protocol';
import type { Asker } from '../asker.ts';
import type { CallFailure } from '../cluster/call-failure.ts';
import type { ClusterCall } from '../cluster/cluster-call.ts';
import type { Cancellable, Cluster } from '../cluster/cluster.ts';
import { isPassing } from '../cluster/passing-failure.ts';
import type { Namespace } from '../namespace.ts';
import { Broadcast } from './broadcast.ts';
import type { Receiver } from './receiver.ts';

/** Between two attempts to open the stream; the cluster waits for a connection by itself. */
const REOPEN_MS = 100;
/** How often the members are asked how far they are, so that quiet watches do not fall behind a compaction. */
const PROGRESS_MS = 10_000;

export interface WatchCounts {
  /** Watches of clients that need none of their own at the cluster. */
  coalesced: number;
  /** Events that were told to one more client without being sent once more by a member. */
  eventsCoalesced: number;
}

/** Hears what concerns a client's whole stream. */
export interface HubClient {
  failed(failure: CallFailure): void;
  /** As far as this the client was told of everything. */
  progressed(header: ResponseHeader | undefined): void;
}

export interface WatchHubOptions {
  readonly cluster: Cluster;
  readonly asker: Asker;
  readonly namespace: Namespace | undefined;
  readonly counts: WatchCounts;
  /** Whether the members can be asked for progress, and tell the truth. */
  canAskProgress(): boolean;
}

export class WatchHub {
  readonly #options: WatchHubOptions;
  readonly #clients = new Set<HubClient>();
  /** In the order of their beginning, in which clients expect to hear of it. */
  readonly #broadcasts = new Set<Broadcast>();
  /** By keys; in each the broadcasts of them. */
  readonly #groups = new Map<string, Set<Broadcast>>();
  /** Asked for, in this order; answers come in the same. */
  #creating: Broadcast[] = [];
  readonly #open = new Map<bigint, Broadcast>();
  /** Clients that asked how far they are. */
  readonly #asking = new Set<HubClient>();
  #call: ClusterCall | undefined;
  #opening: Cancellable | undefined;
  #reopen: NodeJS.Timeout | undefined;
  #progress: NodeJS.Timeout | undefined;

  constructor(options: WatchHubOptions) {
    this.#options = options;
  }

  get isUnused(): boolean {
    return this.#clients.size === 0;
  }

  join(client: HubClient): void {
    this.#clients.add(client);
  }

  leave(client: HubClient): void {
    this.#clients.delete(client);
    this.#asking.delete(client);
    if (this.isUnused) this.#close();
  }

  /** Feeds a watch of a client from its `nextRevision` on, until `remove`. */
  add(receiver: Receiver): void {
    const broadcast = new Broadcast(receiver);
    const group = this.#groupOf(receiver);
    group.add(broadcast);
    this.#broadcasts.add(broadcast);
    this.#count(1, 1);
    if (this.#call !== undefined) this.#create(broadcast);
    else this.#connect();
  }

  remove(receiver: Receiver): void {
    for (const broadcast of this.#groups.get(groupKey(receiver)) ?? []) {
      if (!broadcast.receivers.delete(receiver)) continue;
      this.#count(-1, 0);
      this.#endUnused(broadcast);
      return;
    }
  }

  /** Answered by `progressed`, or not at all, as by a member while one of the watches is behind. */
  askProgress(client: HubClient): void {
    if (!this.#options.canAskProgress()) return;
    this.#asking.add(client);
    this.#requestProgress();
  }

  #groupOf(receiver: Receiver): Set<Broadcast> {
    const key = groupKey(receiver);
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    const group = new Set<Broadcast>();
    this.#groups.set(key, group);
    return group;
  }

  #connect(): void {
    if (this.#opening !== undefined || this.#reopen !== undefined) return;
    const { cluster, asker } = this.#options;
    this.#opening = cluster.open(Watch.methods.watch.path, asker.headers, {
      opened: (call) => {
        this.#call = call;
        for (const broadcast of this.#broadcasts) this.#create(broadcast);
        this.#progress = setInterval(() => this.#requestProgress(), PROGRESS_MS);
      },
      message: (bytes) => this.#take(WatchResponse.decode(bytes)),
      ended: (failure) => this.#lost(failure),
    });
  }

  #create(broadcast: Broadcast): void {
    const { key, rangeEnd, prevKv } = broadcast.request;
    const startRevision = broadcast.nextRevision;
    const fields = { key, rangeEnd, prevKv, startRevision, progressNotify: true };
    const value = WatchCreateRequest.create(fields);
    broadcast.state = { kind: 'creating' };
    this.#creating.push(broadcast);
    this.#send({ requestUnion: { case: 'createRequest', value } });
  }

  #send(request: WatchRequest): void {
    this.#call?.write(encode(WatchRequest, request));
  }

  #requestProgress(): void {
    if (this.#call === undefined || !this.#options.canAskProgress()) return;
    this.#send({ requestUnion: { case: 'progressRequest', value: {} } });
  }

  #take(response: WatchResponse): void {
    if (response.created) this.#created(response);
    else if (response.canceled) this.#canceled(response);
    else if (response.watchId === -1n) this.#progressed(response);
    else this.#told(response);
  }

  #created(response: WatchResponse): void {
    const broadcast = this.#creating.shift();
    if (broadcast === undefined) return;
    if (response.canceled) {
      this.#drop(broadcast);
      broadcast.canceled(response);
      return;
    }
    this.#open.set(response.watchId, broadcast);
    broadcast.created(response);
    // Nobody wants it any more, or its receivers were waiting for it alone.
    if (!this.#endUnused(broadcast)) this.#coalesce(broadcast);
  }

  #canceled(response: WatchResponse): void {
    const broadcast = this.#open.get(response.watchId);
    if (broadcast === undefined) return;
    this.#drop(broadcast);
    broadcast.canceled(response);
  }

  /** Everything that the member had to tell on this stream was told. */
  #progressed({ header }: WatchResponse): void {
    for (const broadcast of this.#open.values()) broadcast.progressed(header?.revision ?? 0);
    for (const client of this.#asking) client.progressed(header);
    this.#asking.clear();
    for (const broadcast of [...this.#open.values()]) this.#coalesce(broadcast);
  }

  #told(response: WatchResponse): void {
    const broadcast = this.#open.get(response.watchId);
    if (broadcast === undefined) return;
    const { counts, namespace } = this.#options;
    if (namespace !== undefined) for (const event of response.events) namespace.event(event);
    if (response.events.length > 0) counts.eventsCoalesced += broadcast.receivers.size - 1;
    const behind = broadcast.told(response);
    this.#count(-behind.length, 0);
    if (!this.#endUnused(broadcast)) this.#coalesce(broadcast);
  }

  /** Moves its receivers to another broadcast of the same keys that will tell them all that they still want. */
  #coalesce(broadcast: Broadcast): void {
    for (const other of this.#groups.get(keyOf(broadcast.request)) ?? []) {
      if (other === broadcast || other.state.kind !== 'open') continue;
      if (other.nextRevision > broadcast.nextRevision) continue;
      other.absorb(broadcast);
      this.#endUnused(broadcast);
      return;
    }
  }

  /** Answers whether it was ended. One that is being created ends when it is there: it has no id before. */
  #endUnused(broadcast: Broadcast): boolean {
    const { state } = broadcast;
    if (broadcast.receivers.size > 0 || state.kind === 'creating') return false;
    this.#drop(broadcast);
    if (state.kind === 'open') {
      const value = { watchId: state.watchId };
      this.#send({ requestUnion: { case: 'cancelRequest', value } });
    }
    return true;
  }

  #drop(broadcast: Broadcast): void {
    const key = keyOf(broadcast.request);
    const group = this.#groups.get(key);
    if (group?.delete(broadcast) !== true) return;
    this.#broadcasts.delete(broadcast);
    if (group.size === 0) this.#groups.delete(key);
    if (broadcast.state.kind === 'open') this.#open.delete(broadcast.state.watchId);
    this.#count(-broadcast.receivers.size, -1);
  }

  #count(receivers: number, broadcasts: number): void {
    this.#options.counts.coalesced += receivers - broadcasts;
  }

  /** The stream is gone: watches go on at another member, from where they were, unless it was the cluster's will. */
  #lost(failure: CallFailure | undefined): void {
    this.#forgetStream();
    const { headers } = this.#options.asker;
    if (failure !== undefined && isFinal(failure, 'hasleader' in headers)) {
      for (const client of [...this.#clients]) client.failed(failure);
      return;
    }
    if (this.isUnused) return;
    this.#reopen = setTimeout(() => {
      this.#reopen = undefined;
      if (this.#groups.size > 0) this.#connect();
    }, REOPEN_MS);
  }

  #forgetStream(): void {
    clearInterval(this.#progress);
    this.#call = undefined;
    this.#opening = undefined;
    this.#creating = [];
    this.#open.clear();
    for (const broadcast of this.#broadcasts) {
      broadcast.state = { kind: 'waiting' };
      this.#endUnused(broadcast);
    }
  }

  #close(): void {
    clearTimeout(this.#reopen);
    this.#reopen = undefined;
    this.#opening?.cancel();
    this.#forgetStream();
  }
}

/** Who cannot do without a leader is told that there is none, or that the cluster is out of reach. */
const isFinal = (failure: CallFailure, needsLeader: boolean): boolean =>
  !isPassing(failure) ||
  (needsLeader && (failure.is(etcdErrors.ErrNoLeader) || failure.reach === 'unreachable'));

const groupKey = ({ request }: Receiver): string => keyOf(request);

/** Watches that want former values are apart from those that do not: a member looks each up. */
const keyOf = ({ key, rangeEnd, prevKv }: WatchCreateRequest): string =>
  `${Buffer.from(key).toString('base64')} ${Buffer.from(rangeEnd).toString('base64')} ${prevKv}`;
