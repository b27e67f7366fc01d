/**
 * One client address of the cluster: connections to it, one more whenever all are full, and a new one when the last is
 * lost, at growing distances.
 */
import type { ClientHttp2Session, ClientHttp2Stream, OutgoingHttpHeaders } from 'node:http2';
import type { ConnectionOptions } from 'node:tls';
import { connectSession, keepAlive } from '../../../http2-session.ts';

/** etcd's. */
const DIAL_MS_MAX = 5000;
/** gRPC's first distance is a second; a member that restarts is back sooner. */
const BACK_OFF_MS_MIN = 100;
const BACK_OFF_MS_MAX = 5000;
/** A member takes 1,000 calls on each; together 16,000 calls at a time, or as many as etcd takes on one. */
const SESSIONS_MAX = 16;
/** What may be on its way on one call, and on one connection: a large answer is not held up by round trips. */
const STREAM_WINDOW_BYTES = 1024 * 1024;
const SESSION_WINDOW_BYTES = 16 * 1024 * 1024;
/** Megabytes. What calls hold is bounded by the windows; Node's own bound of 10 would end calls before. */
const SESSION_MEMORY = 1024;
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

export interface EndpointListener {
  /** A call may find room now. */
  ready(endpoint: Endpoint): void;
  /** There is no connection; told once until there is one again. */
  lost(endpoint: Endpoint, reason: string): void;
}

interface Pooled {
  readonly session: ClientHttp2Session;
  calls: number;
}

export class Endpoint {
  readonly url: string;
  /** Why there is no connection. */
  reason = 'connecting';
  readonly #options: EndpointOptions;
  readonly #listener: EndpointListener;
  readonly #sessions: Pooled[] = [];
  /** Those that take no more calls included, as long as they have some. */
  readonly #all = new Set<ClientHttp2Session>();
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
    return this.#sessions.length > 0;
  }

  /** Begins a call; undefined when there is no room for one now, in which case `ready` follows. */
  request(headers: OutgoingHttpHeaders): ClientHttp2Stream | undefined {
    for (const pooled of this.#sessions) {
      const { session } = pooled;
      if (session.closed || session.destroyed) continue;
      if (pooled.calls >= (session.remoteSettings.maxConcurrentStreams ?? Infinity)) continue;
      const stream = session.request(headers);
      pooled.calls++;
      stream.once('close', () => {
        pooled.calls--;
        this.#listener.ready(this);
      });
      return stream;
    }
    this.connect();
    return undefined;
  }

  /** Opens a connection, unless one is being opened or there are enough. */
  connect(): void {
    if (this.#isClosed || this.#isConnecting || this.#retry !== undefined) return;
    if (this.#sessions.length >= SESSIONS_MAX) return;
    this.#isConnecting = true;
    connectSession(this.url, {
      tls: this.#options.tls(),
      dialTimeoutMs: DIAL_MS_MAX,
      http2: {
        maxSessionMemory: SESSION_MEMORY,
        settings: { initialWindowSize: STREAM_WINDOW_BYTES, enablePush: false },
      },
    }).then(
      (session) => this.#connected(session),
      (error: unknown) => this.#failed((error as Error).message || 'connection refused'),
    );
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    this.#sessions.length = 0;
    for (const session of this.#all) session.destroy();
  }

  #connected(session: ClientHttp2Session): void {
    this.#isConnecting = false;
    if (this.#isClosed || session.destroyed) {
      session.destroy();
      this.#failed('the connection was closed');
      return;
    }
    session.setLocalWindowSize(SESSION_WINDOW_BYTES);
    const pooled = { session, calls: 0 };
    this.#sessions.push(pooled);
    this.#all.add(session);
    session.once('close', () => this.#all.delete(session));
    const gone = (): void => this.#gone(pooled);
    session.once('goaway', gone);
    session.once('close', gone);
    const { keepaliveMs, keepaliveTimeoutMs: timeoutMs, pingsWithoutCalls } = this.#options;
    if (keepaliveMs > 0) {
      const intervalMs = Math.max(keepaliveMs, KEEPALIVE_MS_MIN);
      keepAlive(session, { intervalMs, timeoutMs }, () => pingsWithoutCalls || pooled.calls > 0);
    }
    this.#backOffMs = BACK_OFF_MS_MIN;
    this.#hasToldLoss = false;
    this.#listener.ready(this);
  }

  #gone(pooled: Pooled): void {
    const at = this.#sessions.indexOf(pooled);
    if (at < 0) return;
    this.#sessions.splice(at, 1);
    if (!this.isConnected) this.#failed('the connection was lost');
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
