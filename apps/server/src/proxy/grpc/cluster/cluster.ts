/**
 * The cluster behind the proxy: calls go to the endpoints that are connected, in turn. While none is, calls wait, for a
 * bounded time and in a bounded number.
 */
import { randomInt } from 'node:crypto';
import { StatusCode } from '@concord/protocol';
import type { Log } from '../../../log.ts';
import { CallFailure } from './call-failure.ts';
import { ClusterCall, type CallListener } from './cluster-call.ts';
import { Endpoint, type CallHeaders, type EndpointOptions } from './endpoint.ts';

/** How long a call waits for a connection: as long as one attempt may take. */
const WAIT_MS_MAX = 5000;
/** Each is a request of at most some megabytes that nobody has answered. */
const WAITING_MAX = 2000;
/** How often those that wait are looked at. */
const LOOK_MS = 100;

export type { CallHeaders };

export interface ClusterOptions extends EndpointOptions {
  /** `http://host:port` or `https://host:port`. */
  readonly endpoints: readonly string[];
  /** Of one message of a member. */
  readonly messageBytesMax: number;
  readonly log: Log;
}

export interface OpenListener extends CallListener {
  /** The call has a connection. Called before everything else, but where it never gets one. */
  opened(call: ClusterCall): void;
}

/** A call that may still wait for a connection. */
export interface Cancellable {
  /** The listener hears nothing more. */
  cancel(): void;
}

interface Waiting {
  readonly untilMs: number;
  readonly go: () => boolean;
  readonly giveUp: () => void;
}

export class Cluster {
  readonly #options: ClusterOptions;
  #endpoints: readonly Endpoint[] = [];
  #turn = 0;
  /** In the order of their arrival. */
  readonly #waiting = new Set<Waiting>();
  #looking: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** Begins to connect to all endpoints. */
  constructor(options: ClusterOptions) {
    this.#options = options;
    this.use(options.endpoints);
    this.#turn = randomInt(Math.max(1, options.endpoints.length));
  }

  /** Of the endpoints in use. */
  get urls(): readonly string[] {
    return this.#endpoints.map(({ url }) => url);
  }

  /** Exchanges the endpoints; those that stay keep their connections. */
  use(urls: readonly string[]): void {
    const before = new Map(this.#endpoints.map((endpoint) => [endpoint.url, endpoint]));
    const { log } = this.#options;
    this.#endpoints = [...new Set(urls)].map(
      (url) =>
        before.get(url) ??
        new Endpoint(url, this.#options, {
          ready: () => this.#serveWaiting(),
          lost: (endpoint, error) =>
            log.warn({ endpoint: endpoint.url, error }, 'an endpoint cannot be reached'),
        }),
    );
    for (const endpoint of this.#endpoints) if (!before.delete(endpoint.url)) endpoint.connect();
    for (const endpoint of before.values()) endpoint.close();
  }

  /** Begins a call. It goes on until it ends, or is cancelled. */
  open(path: string, headers: CallHeaders, listener: OpenListener): Cancellable {
    let call: ClusterCall | undefined;
    const go = (): boolean => {
      call = this.#begin(path, headers, listener);
      if (call === undefined) return false;
      listener.opened(call);
      return true;
    };
    const waiting = go() ? undefined : this.#wait(go, listener);
    return {
      cancel: () => {
        if (waiting !== undefined) this.#waiting.delete(waiting);
        call?.cancel();
        this.#serveWaiting();
      },
    };
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#looking);
    for (const waiting of this.#waiting) waiting.giveUp();
    this.#waiting.clear();
    for (const endpoint of this.#endpoints) endpoint.close();
  }

  #begin(path: string, headers: CallHeaders, listener: CallListener): ClusterCall | undefined {
    const endpoints = this.#endpoints;
    for (let i = 0; i < endpoints.length; i++) {
      const endpoint = endpoints[this.#turn++ % endpoints.length];
      const open = endpoint?.opener(path, headers);
      if (open === undefined) continue;
      return new ClusterCall(open, this.#options.messageBytesMax, {
        message: (bytes) => listener.message(bytes),
        drain: () => listener.drain?.(),
        ended: (failure) => {
          listener.ended(failure);
          this.#serveWaiting();
        },
      });
    }
    return undefined;
  }

  #wait(go: () => boolean, listener: CallListener): Waiting | undefined {
    if (this.#isClosed || this.#waiting.size >= WAITING_MAX) {
      const reason = this.#isClosed
        ? new CallFailure(StatusCode.CANCELLED, 'the client connection is closing', 'unreachable')
        : this.#unreachable();
      // Not before `open` has returned.
      queueMicrotask(() => listener.ended(reason));
      return undefined;
    }
    const untilMs = performance.now() + WAIT_MS_MAX;
    const waiting = { untilMs, go, giveUp: () => listener.ended(this.#unreachable()) };
    this.#waiting.add(waiting);
    this.#looking ??= setInterval(() => this.#giveUpLate(), LOOK_MS);
    return waiting;
  }

  #serveWaiting(): void {
    for (const waiting of this.#waiting) {
      if (!waiting.go()) return;
      this.#waiting.delete(waiting);
    }
  }

  #giveUpLate(): void {
    const nowMs = performance.now();
    for (const waiting of this.#waiting) {
      if (waiting.untilMs > nowMs) break;
      this.#waiting.delete(waiting);
      waiting.giveUp();
    }
    if (this.#waiting.size > 0) return;
    clearInterval(this.#looking);
    this.#looking = undefined;
  }

  #unreachable(): CallFailure {
    const reasons = this.#endpoints.map(
      ({ url, isConnected, reason }) => `${url} (${isConnected ? 'busy' : reason})`,
    );
    const text = `no endpoint of the cluster answers: ${reasons.join(', ')}`;
    return new CallFailure(StatusCode.UNAVAILABLE, text, 'unreachable');
  }
}
