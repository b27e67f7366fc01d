/**
 * The way between members: every member dials every other one, sends on the connections that it dialled, and reads
 * on those that it accepted. See `channel.ts` for what a connection carries and `frame.ts` for how.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { MemberMessage, Transport } from '@concord/kv';
import { Writer } from '@concord/protocol';
import type { Address } from '../config/address.ts';
import { version } from '../http/version.ts';
import { formatId, type Identity } from '../identity.ts';
import type { Log } from '../log.ts';
import { CHANNEL_NAMES, type ChannelName } from './channel.ts';
import { judge } from './handshake.ts';
import { IncomingConnection } from './incoming-connection.ts';
import { Peer, type PeerStatus } from './peer.ts';
import { PeerServer, refuse } from './peer-server.ts';
import type { PeerTls } from './peer-tls.ts';

/** An election timeout of etcd's, for callers that do not say. */
const STALL_MS_DEFAULT = 1000;
/** Members that dial this one before it knows them: one at a time joins, and this member may be behind. */
const STRANGERS_MAX = 16;
/** A writer that one large frame has grown beyond this is let go. */
const WRITER_BYTES_KEPT = 4 * 1024 * 1024;

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
  /** Monotonic milliseconds. */
  now(): number;
  /** Uniform in [0, 1); spreads attempts to reconnect. Default `Math.random`. */
  random?(): number;
  /** All messages of one chunk, in the order in which they were sent. */
  receive(messages: readonly MemberMessage[]): void;
  /** A connection broke, or messages were dropped; never called from within `send`. */
  unreachable(id: bigint): void;
  /** JSON for `GET /members`. */
  members(): string;
  isRemoved(id: bigint): boolean;
  /** The others say that this member was removed; called at most once. */
  removed(): void;
  /** One measured round trip, for a histogram. */
  roundTrip?(id: bigint, milliseconds: number): void;
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
  #writer = new Writer();
  #server: PeerServer | undefined;
  #isRemoved = false;
  #isClosed = false;

  private constructor(options: PeerTransportOptions) {
    this.#options = options;
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
    for (const [id, peer] of this.#peers) {
      const isStranger = this.#strangers.has(id) && !this.#options.isRemoved(id);
      if (known.has(id) || isStranger) continue;
      peer.close();
      this.#peers.delete(id);
      this.#strangers.delete(id);
    }
    for (const [id, connections] of this.#incoming) {
      if (!this.#options.isRemoved(id)) continue;
      for (const connection of connections.values()) connection.close();
    }
  }

  /** Sends what one turn has to say: one write to each peer and channel. What cannot be sent is dropped. */
  send(messages: readonly MemberMessage[]): void {
    if (this.#isClosed) return;
    for (const [id, own] of Map.groupBy(messages, ({ to }) => to)) {
      this.#peers.get(id)?.send(own, this.#writer);
    }
    if (this.#writer.capacity > WRITER_BYTES_KEPT) this.#writer = new Writer();
  }

  isConnected(id: bigint): boolean {
    return this.status(id)?.connectedSinceMs !== undefined;
  }

  /** Undefined for a member that is no peer. */
  status(id: bigint): PeerStatus | undefined {
    return this.#peers.get(id)?.status(this.#receivedFrom(id));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const peer of this.#peers.values()) peer.close();
    for (const connections of this.#incoming.values()) {
      for (const connection of connections.values()) connection.close();
    }
    await this.#server?.close();
  }

  #createPeer(id: bigint, urls: readonly string[]): Peer {
    const { identity, advertisedUrls, tls, log, stallMs, now, random, unreachable, roundTrip } =
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
      removed: () => this.#learnRemoved(),
      roundTrip: (milliseconds) => roundTrip?.(id, milliseconds),
    });
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
    connections.get(channel)?.close();
    const { log, identity } = this.#options;
    const connection = new IncomingConnection(socket, head, {
      from,
      to: identity.memberId,
      receive: (messages) => this.#receive(messages),
      closed: (error) => {
        this.#receivedBytes.set(
          from,
          (this.#receivedBytes.get(from) ?? 0) + connection.receivedBytes,
        );
        if (connections.get(channel) === connection) connections.delete(channel);
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
    if (this.#peers.has(id) || urls.length === 0 || this.#strangers.size >= STRANGERS_MAX) return;
    this.#strangers.add(id);
    this.#peers.set(id, this.#createPeer(id, urls));
  }

  #receive(messages: readonly MemberMessage[]): void {
    if (this.#isClosed) return;
    this.#options.receive(messages);
  }

  #receivedFrom(id: bigint): number {
    let bytes = this.#receivedBytes.get(id) ?? 0;
    const connections = this.#incoming.get(id);
    for (const name of CHANNEL_NAMES) bytes += connections?.get(name)?.receivedBytes ?? 0;
    return bytes;
  }

  #learnRemoved(): void {
    if (this.#isRemoved || this.#isClosed) return;
    this.#isRemoved = true;
    this.#options.removed();
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    const { identity, members, http } = this.#options;
    const path = request.url ?? '';
    if (path === '/members' && request.method === 'GET') {
      response.setHeader('X-Etcd-Cluster-ID', formatId(identity.clusterId));
      return answerJson(response, members());
    }
    if (path === '/version' && request.method === 'GET') {
      const reply = Promise.resolve(version(new URLSearchParams()));
      return void reply.then(({ body }) => answerJson(response, body));
    }
    if (http !== undefined) return http(request, response);
    refuse(response, 404, '404 page not found');
  }
}

function answerJson(response: ServerResponse, body: string): void {
  response.setHeader('Content-Type', 'application/json');
  response.end(body);
}
