/**
 * One client address of the cluster: connections to it, one more whenever all are full, and a new one when the last is
 * lost, at growing distances.
 */
import type { Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { ClientConnection, encodeRequestHead } from '@concord/grpc-server';
import { dial } from '../../../http2-session.ts';
import type { OpenStream } from './cluster-call.ts';

/** etcd's. */
const DIAL_MS_MAX = 5000;
/** gRPC's first distance is a second; a member that restarts is back sooner. */
const BACK_OFF_MS_MIN = 100;
const BACK_OFF_MS_MAX = 5000;
/** A member takes 1,000 calls on each; together 16,000 calls at a time, or as many as etcd takes on one. */
const CONNECTIONS_MAX = 16;
/** gRPC servers hang up on clients that ping more often: etcd's own client raises what is shorter to this. */
const KEEPALIVE_MS_MIN = 10_000;

export interface EndpointOptions {
  /** Read for each connection. */
  readonly tls: () => ConnectionOptions;
  /** 0 is never. */
  readonly keepaliveMs: number;
  readonly keepaliveTimeoutMs: number;
  readonly pingsWithoutCalls: boolean;
}

/** What goes with a call beside its path, by name; the same object for the same asker. */
export type CallHeaders = Readonly<Record<string, string>>;

export interface EndpointListener {
  /** A call may find room now. */
  ready(endpoint: Endpoint): void;
  /** There is no connection; told once until there is one again. */
  lost(endpoint: Endpoint, reason: string): void;
}

export class Endpoint {
  readonly url: string;
  /** Why there is no connection. */
  reason = 'connecting';
  readonly #options: EndpointOptions;
  readonly #listener: EndpointListener;
  /** Those that may take calls. */
  readonly #connections: ClientConnection[] = [];
  /** Those that take no more included, as long as they have some. */
  readonly #all = new Set<ClientConnection>();
  /** Request heads by the headers of their asker, then by path. */
  readonly #heads = new WeakMap<CallHeaders, Map<string, Uint8Array>>();
  #isConnecting = false;
  #isClosed = false;
  #hasToldLoss = false;
  #backOffMs = BACK_OFF_MS_MIN;
  #retry: NodeJS.Timeout | undefined;

  /** @param url `http://host:port` or `https://host:port` */
  constructor(url: string, options: EndpointOptions, listener: EndpointListener) {
    this.url = url;
    this.#options = options;
    this.#listener = listener;
  }

  get isConnected(): boolean {
    return this.#connections.length > 0;
  }

  /** How a call begins; undefined when there is no room for one now, in which case `ready` follows. */
  opener(path: string, headers: CallHeaders): OpenStream | undefined {
    for (const connection of this.#connections) {
      if (!connection.hasRoom) continue;
      return (listener) => connection.open(this.#head(path, headers), listener);
    }
    this.connect();
    return undefined;
  }

  /** Opens a connection, unless one is being opened or there are enough. */
  connect(): void {
    if (this.#isClosed || this.#isConnecting || this.#retry !== undefined) return;
    if (this.#all.size >= CONNECTIONS_MAX) return;
    this.#isConnecting = true;
    const socket = dial(this.url, this.#options.tls());
    const giveUp = (reason: string): void => {
      clearTimeout(timer);
      socket.destroy();
      if (this.#isConnecting) this.#failed(reason);
    };
    const timer = setTimeout(() => giveUp(`no connection within ${DIAL_MS_MAX} ms`), DIAL_MS_MAX);
    const onError = ({ message }: Error): void => giveUp(message || 'connection refused');
    socket.once('error', onError);
    socket.once(this.url.startsWith('https:') ? 'secureConnect' : 'connect', () => {
      socket.off('error', onError);
      this.#greet(socket, timer);
    });
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    this.#connections.length = 0;
    for (const connection of this.#all) connection.destroy();
  }

  /** The other side has to show that it speaks HTTP/2. */
  #greet(socket: Socket, timer: NodeJS.Timeout): void {
    const connection = new ClientConnection(socket, {
      ready: () => {
        clearTimeout(timer);
        this.#connected(connection);
      },
      draining: () => this.#gone(connection, 'the connection was lost'),
      closed: (reason) => {
        clearTimeout(timer);
        this.#all.delete(connection);
        if (this.#isConnecting && !this.isConnected) this.#failed(reason);
      },
    });
    this.#all.add(connection);
    if (this.#isClosed) connection.destroy();
  }

  #connected(connection: ClientConnection): void {
    this.#isConnecting = false;
    this.#connections.push(connection);
    this.#keepAlive(connection);
    this.#backOffMs = BACK_OFF_MS_MIN;
    this.#hasToldLoss = false;
    this.#listener.ready(this);
  }

  /** Pings, so that a member that is gone is noticed although nothing is sent, as while a watch is waited on. */
  #keepAlive(connection: ClientConnection): void {
    const { keepaliveMs, keepaliveTimeoutMs, pingsWithoutCalls } = this.#options;
    if (keepaliveMs <= 0) return;
    const interval = setInterval(
      () => {
        if (!this.#all.has(connection)) clearInterval(interval);
        else if (pingsWithoutCalls || connection.streamCount > 0) {
          const late = setTimeout(
            () => connection.destroy('the endpoint does not answer'),
            keepaliveTimeoutMs,
          );
          connection.ping(() => clearTimeout(late));
        }
      },
      Math.max(keepaliveMs, KEEPALIVE_MS_MIN),
    );
    interval.unref();
  }

  #head(path: string, headers: CallHeaders): Uint8Array {
    let heads = this.#heads.get(headers);
    if (heads === undefined) {
      heads = new Map();
      this.#heads.set(headers, heads);
    }
    let head = heads.get(path);
    if (head === undefined) {
      const { protocol, host } = new URL(this.url);
      head = encodeRequestHead([
        ...[':method', 'POST', ':scheme', protocol.slice(0, -1), ':path', path],
        ...[':authority', host, 'content-type', 'application/grpc', 'te', 'trailers'],
        ...Object.entries(headers).flat(),
      ]);
      heads.set(path, head);
    }
    return head;
  }

  #gone(connection: ClientConnection, reason: string): void {
    const at = this.#connections.indexOf(connection);
    if (at < 0) return;
    this.#connections.splice(at, 1);
    if (!this.isConnected) this.#failed(reason);
  }

  #failed(reason: string): void {
    this.#isConnecting = false;
    if (this.#isClosed || this.isConnected) return;
    this.reason = reason;
    // So that proxies do not come back all at once.
    const delayMs = this.#backOffMs * (0.5 + Math.random() / 2);
    this.#backOffMs = Math.min(this.#backOffMs * 2, BACK_OFF_MS_MAX);
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.connect();
    }, delayMs);
    if (this.#hasToldLoss) return;
    this.#hasToldLoss = true;
    this.#listener.lost(this, reason);
  }
}
