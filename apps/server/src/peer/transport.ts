/**
 * The way between members: every member dials every other one, sends on the connections that it dialled, and reads
 * on those that it accepted. See `channel.ts` for what a connection carries and `frame.ts` for how.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { MemberMessage, Transport } from '@concord/kv';
import type { SnapshotSink, SnapshotSource } from '@concord/storage';
import type { Address } from '../config/address.ts';
import { versionJson } from '../http/version.ts';
import { formatId, type Identity } from '../identity.ts';
import type { Log } from '../log.ts';
import { CLUSTER_VERSION } from '../version.ts';
import { ByteRate } from './byte-rate.ts';
import { CHANNEL_NAMES, type ChannelName } from './channel.ts';
import { FrameEncoder } from './frame-encoder.ts';
import { handshakeHeaders, judge } from './handshake.ts';
import { IncomingConnection } from './incoming-connection.ts';
import { IntruderLog } from './intruder-log.ts';
import { Peer, type PeerStatus } from './peer.ts';
import { PeerServer, refuse } from './peer-server.ts';
import type { PeerTls } from './peer-tls.ts';
import { SnapshotFetch } from './snapshot-fetch.ts';
import { parseSnapshotPath, type SnapshotRequestPath } from './snapshot-path.ts';
import { SnapshotServing } from './snapshot-serving.ts';
import type { TransportObserver } from './transport-observer.ts';

/** An election timeout of etcd's, for callers that do not say. */
const STALL_MS_DEFAULT = 1000;
/** Members that dial this one before it knows them: one at a time joins, and this member may be behind. */
const STRANGERS_MAX = 16;
/** A fast disk, and a fifth of a ten-gigabit line: the rest is for the entries that come meanwhile. */
const SNAPSHOT_BYTES_PER_SECOND_DEFAULT = 256 * 1024 * 1024;
/** Longer than any disk takes for a chunk, shorter than an operator takes to look. */
const SNAPSHOT_PROGRESS_MS_DEFAULT = 60_000;

export interface PeerTransportOptions {
  readonly identity: Identity;
  /** `--listen-peer-urls`. */
  readonly listen: readonly Address[];
  /** `--initial-advertise-peer-urls`: by them a member that does not know this one yet can answer it. */
  readonly advertisedUrls?: readonly string[];
  readonly tls?: PeerTls;
  readonly log: Log;
  /** How long a connection may make no progress; the election timeout. Default 1000. */
  readonly stallMs?: number;
  readonly snapshots: {
    readonly source: SnapshotSource;
    readonly sink: SnapshotSink;
    /** For all that are sent together. Default 256 MiB. */
    readonly bytesPerSecond?: number;
    /** How long a snapshot that was sent may go without progress. Default 60,000. */
    readonly progressMs?: number;
  };
  /** Monotonic milliseconds. */
  now(): number;
  /** Uniform in [0, 1); spreads attempts to reconnect. Default `Math.random`. */
  random?(): number;
  /**
   * All messages of one chunk, in the order in which they were sent. Peers may dial before `start` has resolved, so
   * whatever this calls is there before.
   */
  receive(messages: readonly MemberMessage[]): void;
  /** A connection broke, or messages were dropped; never called from within `send`. */
  unreachable(id: bigint): void;
  /** Called once for every snapshot message that was sent; never called from within `send`. */
  snapshotSent(id: bigint, arrived: boolean): void;
  /** JSON for `GET /members`. */
  members(): string;
  /** For `GET /version`. Default that of this program. */
  clusterVersion?(): string;
  isRemoved(id: bigint): boolean;
  /** Another member says that this one was removed; called once for each that does. */
  removed(by: bigint): void;
  /** Whoever measures; nobody when not given. */
  readonly observer?: Partial<TransportObserver>;
  /** Answers what else is asked on the peer port; without it, 404. */
  readonly http?: RequestListener;
}

export interface PeerAddress {
  readonly id: bigint;
  /** Tried in turn. */
  readonly urls: readonly string[];
}

export class PeerTransport implements Transport {
  readonly #options: PeerTransportOptions;
  readonly #peers = new Map<bigint, Peer>();
  /** Peers that dialled this member and are in no membership that it knows yet. */
  readonly #strangers = new Set<bigint>();
  readonly #incoming = new Map<bigint, Map<ChannelName, IncomingConnection>>();
  /** Bytes received on connections that are closed. */
  readonly #receivedBytes = new Map<bigint, number>();
  readonly #serving: SnapshotServing;
  readonly #fetch: SnapshotFetch;
  readonly #encoder = new FrameEncoder();
  readonly #intruders: IntruderLog;
  #server: PeerServer | undefined;
  /** Who has said that this member was removed. */
  readonly #refusers = new Set<bigint>();
  #isClosed = false;

  private constructor(options: PeerTransportOptions) {
    this.#options = options;
    const { snapshots, log, now, random = Math.random, tls } = options;
    this.#intruders = new IntruderLog(log, now);
    this.#serving = new SnapshotServing({
      source: snapshots.source,
      rate: new ByteRate(snapshots.bytesPerSecond ?? SNAPSHOT_BYTES_PER_SECOND_DEFAULT),
      log,
      progressMs: snapshots.progressMs ?? SNAPSHOT_PROGRESS_MS_DEFAULT,
      now,
      sent: (to, arrived) => {
        options.observer?.snapshotSent?.(to, arrived);
        if (!this.#isClosed) options.snapshotSent(to, arrived);
      },
    });
    this.#fetch = new SnapshotFetch({
      memberId: options.identity.memberId,
      sink: snapshots.sink,
      log,
      urlsOf: (id) => this.#peers.get(id)?.urls ?? [],
      requestTo: (id) => ({
        headers: handshakeHeaders(options.identity, id, options.advertisedUrls ?? []),
        tls,
      }),
      random,
      ...(options.observer !== undefined && { observer: options.observer }),
      fetched: (message) => {
        if (!this.#isClosed) options.receive([message]);
      },
    });
  }

  /** Listens when it resolves. Throws `ConfigurationError`. */
  static async start(options: PeerTransportOptions): Promise<PeerTransport> {
    const transport = new PeerTransport(options);
    transport.#server = await PeerServer.start({
      listen: options.listen,
      tls: options.tls,
      judge: ({ headers }) => judge(headers, options.identity, options.isRemoved),
      accept: (...given) => transport.#accept(...given),
      handle: (request, response) => transport.#handle(request, response),
    });
    return transport;
  }

  /** `host:port`, or the path of a socket. */
  get endpoints(): readonly string[] {
    return this.#server?.endpoints ?? [];
  }

  /** Who belongs to the cluster now, with or without this member. Cuts the connections of the removed. */
  setPeers(members: readonly PeerAddress[]): void {
    if (this.#isClosed) return;
    const others = members.filter(({ id }) => id !== this.#options.identity.memberId);
    for (const { id, urls } of others) {
      this.#strangers.delete(id);
      const peer = this.#peers.get(id);
      if (peer === undefined) this.#peers.set(id, this.#createPeer(id, urls));
      else peer.setUrls(urls);
    }
    const known = new Set(others.map(({ id }) => id));
    for (const id of this.#peers.keys()) {
      const isStranger = this.#strangers.has(id) && !this.#options.isRemoved(id);
      if (known.has(id) || isStranger) continue;
      this.#drop(id);
    }
    for (const [id, connections] of this.#incoming) {
      if (!this.#options.isRemoved(id)) continue;
      for (const connection of connections.values()) connection.close();
    }
    this.#fetch.resume();
  }

  /** Sends what one turn has to say: one write to each peer and channel. What cannot be sent is dropped. */
  send(messages: readonly MemberMessage[]): void {
    if (this.#isClosed) return;
    for (const message of messages) {
      if (message.kind !== 'snapshot') continue;
      this.#options.observer?.snapshotOffered?.(message.to);
      this.#serving.offer(message.to, message.snapshot.data);
    }
    for (const [id, own] of Map.groupBy(messages, ({ to }) => to)) {
      const dropped = this.#peers.get(id)?.send(own, this.#encoder) ?? own;
      for (const message of dropped) {
        if (message.kind === 'snapshot') this.#serving.lose(id, message.snapshot.data);
      }
    }
    this.#encoder.endTurn();
  }

  /** Since when, on the clock handed in, this member has spoken to another without a break; undefined while it does not. */
  connectedSinceMs(id: bigint): number | undefined {
    return this.status(id)?.connectedSinceMs;
  }

  /** Undefined for a member that is no peer. */
  status(id: bigint): PeerStatus | undefined {
    return this.#peers.get(id)?.status(this.#receivedFrom(id));
  }

  /** All members that this one talks to. */
  statuses(): readonly (readonly [id: bigint, status: PeerStatus])[] {
    return [...this.#peers].map(([id, peer]) => [id, peer.status(this.#receivedFrom(id))] as const);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#serving.close();
    for (const peer of this.#peers.values()) peer.close();
    for (const connections of this.#incoming.values()) {
      for (const connection of connections.values()) connection.close();
    }
    await Promise.all([this.#server?.close(), this.#fetch.close()]);
  }

  #createPeer(id: bigint, urls: readonly string[]): Peer {
    const { identity, advertisedUrls, tls, log, stallMs, now, random, unreachable, observer } =
      this.#options;
    return new Peer({
      id,
      urls,
      identity,
      advertisedUrls: advertisedUrls ?? [],
      tls,
      log,
      stallMs: stallMs ?? STALL_MS_DEFAULT,
      now,
      random: random ?? Math.random,
      unreachable: () => unreachable(id),
      disconnected: () => this.#serving.disconnected(id),
      removed: () => this.#learnRemoved(id),
      roundTrip: (milliseconds) => observer?.roundTrip?.(id, milliseconds),
    });
  }

  #drop(id: bigint): void {
    this.#peers.get(id)?.close();
    this.#peers.delete(id);
    this.#strangers.delete(id);
    this.#receivedBytes.delete(id);
    this.#serving.forget(id);
  }

  /** A peer has one connection a channel: a newer one takes the place of one that it has given up. */
  #accept(
    from: bigint,
    channel: ChannelName,
    socket: Socket,
    head: Uint8Array,
    urls: readonly string[],
  ): void {
    if (this.#isClosed) return void socket.destroy();
    this.#meet(from, urls);
    const connections = this.#incoming.get(from) ?? new Map<ChannelName, IncomingConnection>();
    this.#incoming.set(from, connections);
    if (connections.has(channel)) this.#intruders.replaced(from, socket.remoteAddress ?? '');
    connections.get(channel)?.close();
    const { log, identity } = this.#options;
    const connection = new IncomingConnection(socket, head, {
      from,
      to: identity.memberId,
      receive: (messages) => this.#receive(messages),
      closed: (error) => {
        if (this.#peers.has(from)) {
          const before = this.#receivedBytes.get(from) ?? 0;
          this.#receivedBytes.set(from, before + connection.receivedBytes);
        }
        if (connections.get(channel) === connection) connections.delete(channel);
        if (connections.size === 0 && this.#incoming.get(from) === connections) {
          this.#incoming.delete(from);
        }
        if (error === undefined) return;
        log.error(
          { 'remote-peer-id': formatId(from), channel, error: error.message },
          'closed a connection: what came is nothing that a peer would send',
        );
      },
    });
    connections.set(channel, connection);
  }

  /** A peer that is not known yet is dialled where it says it is: without answers it could not bring us up to date. */
  #meet(id: bigint, urls: readonly string[]): void {
    if (this.#peers.has(id) || urls.length === 0) return;
    const [oldest] = this.#strangers;
    if (oldest !== undefined && this.#strangers.size >= STRANGERS_MAX) this.#drop(oldest);
    this.#strangers.add(id);
    this.#peers.set(id, this.#createPeer(id, urls));
  }

  /** Everything but snapshots, whose content has to be here first. */
  #receive(messages: readonly MemberMessage[]): void {
    if (this.#isClosed) return;
    const snapshots = messages.filter((message) => message.kind === 'snapshot');
    const others =
      snapshots.length === 0 ? messages : messages.filter(({ kind }) => kind !== 'snapshot');
    if (others.length > 0) this.#options.receive(others);
    for (const message of snapshots) this.#fetch.take(message);
  }

  #receivedFrom(id: bigint): number {
    let bytes = this.#receivedBytes.get(id) ?? 0;
    const connections = this.#incoming.get(id);
    for (const name of CHANNEL_NAMES) bytes += connections?.get(name)?.receivedBytes ?? 0;
    return bytes;
  }

  #learnRemoved(by: bigint): void {
    if (this.#isClosed || this.#refusers.has(by)) return;
    this.#refusers.add(by);
    this.#options.removed(by);
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    const { identity, members, http, clusterVersion } = this.#options;
    const path = request.url ?? '';
    if (path === '/members' && request.method === 'GET') {
      response.setHeader('X-Etcd-Cluster-ID', formatId(identity.clusterId));
      return answerJson(response, members());
    }
    if (path === '/version' && request.method === 'GET') {
      return answerJson(response, versionJson(clusterVersion?.() ?? CLUSTER_VERSION));
    }
    const snapshot = parseSnapshotPath(path);
    if (snapshot !== undefined) return this.#handleSnapshot(snapshot, request, response);
    if (http !== undefined) return http(request, response);
    refuse(response, 404, '404 page not found');
  }

  #handleSnapshot(
    path: SnapshotRequestPath,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    const verdict = judge(request.headers, this.#options.identity, this.#options.isRemoved);
    if (verdict.kind === 'refused') return refuse(response, verdict.status, verdict.reason);
    this.#serving.handle(verdict.from, path, request, response);
  }
}

function answerJson(response: ServerResponse, body: string): void {
  response.setHeader('Content-Type', 'application/json');
  response.end(body);
}
