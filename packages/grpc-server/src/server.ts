/**
 * A gRPC server on a TCP port or a local socket: accepts connections, sorts them by protocol, keeps
 * their number in bounds and ends them in order.
 *
 * Invariant: after `close` has resolved there is no connection, no timer and no handler left.
 */
import type { Server as HttpServer } from 'node:http';
import { createServer as createNetServer } from 'node:net';
import type { AddressInfo, Server as NetServer, Socket } from 'node:net';
import type { SecureContextOptions, Server as TlsServer } from 'node:tls';

import type { Method } from './call.ts';
import { systemClock } from './clock.ts';
import type { CancelTimer, Clock } from './clock.ts';
import { Connection } from './connection.ts';
import type { ConnectionHost } from './connection-host.ts';
import { DeadlineWheel } from './deadline-wheel.ts';
import { DEFAULT_WINDOW_BYTES } from './frame.ts';
import { FlushQueue } from './flush-queue.ts';
import { DEFAULT_KEEPALIVE } from './keepalive.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import type { Limits } from './limits.ts';
import type { GrpcServerOptions } from './options.ts';
import { OutputPool } from './output.ts';
import { createSharedPort } from './shared-port.ts';
import { sniffSocket } from './protocol-sniffer.ts';
import type { ForeignProtocol } from './protocol-sniffer.ts';
import { createTlsListener } from './tls-listener.ts';

/** Where to listen. */
export type ListenAddress =
  { readonly host: string; readonly port: number } | { readonly path: string };

/** How often connections look at their timeouts; the resolution of all of them but deadlines. */
const HOUSEKEEPING_MS = 1_000;

/** A connection that has not yet shown its protocol, and since when. */
interface Newcomer {
  readonly since: number;
  readonly undecided: () => boolean;
}

/** See the file comment. */
export class GrpcServer {
  readonly #limits: Limits;
  readonly #clock: Clock;
  readonly #http: HttpServer | undefined;
  readonly #onForeignProtocol: ((peer: string, protocol: ForeignProtocol) => void) | undefined;
  readonly #listener: NetServer | TlsServer;
  #tls: TlsServer | undefined;
  readonly #host: ConnectionHost;
  readonly #deadlines: DeadlineWheel;
  readonly #connections = new Set<Connection>();
  readonly #newcomers = new Map<Socket, Newcomer>();
  readonly #httpSockets = new Set<Socket>();
  /** All accepted TCP sockets, also those below TLS and in the middle of a handshake. */
  readonly #sockets = new Set<Socket>();
  readonly #socketsByAddress = new Map<string, number>();
  #cancelTick: CancelTimer | undefined;
  /** Set once the server stops: resolves its promise when the last socket is gone. */
  #onEmpty: (() => void) | undefined;
  #stopped: Promise<void> | undefined;

  /**
   * @param methods by path, `/package.Service/Method`.
   * @param options see {@link GrpcServerOptions}.
   */
  constructor(methods: ReadonlyMap<string, Method>, options: GrpcServerOptions = {}) {
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    // Clients may use the protocol's default windows before they have seen ours.
    this.#limits = {
      ...limits,
      streamWindowBytes: Math.max(limits.streamWindowBytes, DEFAULT_WINDOW_BYTES),
      connectionWindowBytes: Math.max(limits.connectionWindowBytes, DEFAULT_WINDOW_BYTES),
    };
    this.#clock = options.clock ?? systemClock;
    this.#http = options.http;
    this.#onForeignProtocol = options.onForeignProtocol;
    this.#deadlines = new DeadlineWheel(this.#clock);
    const flushQueue = new FlushQueue();
    this.#host = {
      clock: this.#clock,
      limits: this.#limits,
      keepalive: { ...DEFAULT_KEEPALIVE, ...options.keepalive },
      methods,
      deadlines: this.#deadlines,
      outputPool: new OutputPool(),
      http: options.http,
      flushLater: (connection) => {
        flushQueue.add(connection);
      },
      onHandlerError: options.onHandlerError ?? throwLater,
      onClosed: (connection) => {
        this.#connections.delete(connection);
        this.#checkEmpty();
      },
    };
    this.#listener = this.#createListener(options);
  }

  /** What is open right now; for metrics, and for tests that look for leaks. */
  get counts(): ServerCounts {
    let streams = 0;
    for (const connection of this.#connections) streams += connection.streams.size;
    return {
      sockets: this.#sockets.size,
      connections: this.#connections.size,
      streams,
      deadlines: this.#deadlines.size,
    };
  }

  /** Replaces certificate and key for new handshakes; for a reload without restart. */
  setSecureContext(context: SecureContextOptions): void {
    this.#tls?.setSecureContext(context);
  }

  /**
   * Starts to accept connections.
   * @returns the address, with the port that port 0 became.
   * @throws what `listen` of node:net fails with, such as EADDRINUSE.
   */
  async listen(address: ListenAddress): Promise<AddressInfo | string> {
    const listener = this.#listener;
    await new Promise<void>((resolve, reject) => {
      listener.once('error', reject);
      listener.listen(address, () => {
        listener.off('error', reject);
        resolve();
      });
    });
    listener.on('error', () => undefined); // a failed accept concerns its client alone
    // An http.Server checks its header and request time-outs from this event on.
    this.#http?.emit('listening');
    this.#startTick();
    return listener.address() ?? '';
  }

  /**
   * Stops: no new connections, GOAWAY to all, and when their calls are done, or after `graceMs`, the
   * rest is cut. Resolves when nothing is open any more. Called again, it can only shorten the time.
   */
  async close(graceMs: number): Promise<void> {
    this.#stopped ??= this.#stop();
    const cancelCut =
      graceMs > 0
        ? this.#clock.after(graceMs, () => {
            this.#cut();
          })
        : undefined;
    if (cancelCut === undefined) this.#cut();
    await this.#stopped;
    cancelCut?.();
  }

  /** Refuses what is new and lets the rest come to its end; the first `close` does it. */
  async #stop(): Promise<void> {
    const stopped = new Promise<void>((resolve) => {
      // It fails when the server never listened; then it is stopped just as well.
      this.#listener.close(() => {
        resolve();
      });
    });
    const empty = new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
    for (const { socket } of this.#undecided()) socket.destroy();
    for (const connection of this.#connections) connection.drain();
    this.#http?.close();
    this.#http?.closeIdleConnections();
    this.#checkEmpty();
    await empty;
    this.#cancelTick?.();
    this.#cancelTick = undefined;
    await stopped;
  }

  #createListener(options: GrpcServerOptions): NetServer | TlsServer {
    if (options.tls === undefined) {
      // Whether the end of what a client says is the end of all is for the protocol to decide.
      const options = { noDelay: true, allowHalfOpen: true };
      const server = createNetServer(options, (socket) => {
        if (this.#admit(socket)) this.#sniff(socket);
      });
      return server;
    }
    const server = createTlsListener({
      tls: { ...options.tls, ALPNProtocols: ['h2', 'http/1.1'] },
      ...(options.tlsGate !== undefined && { gate: options.tlsGate }),
      handshakeTimeoutMs: this.#limits.prefaceTimeoutMs,
      handshakesMax: this.#limits.handshakesMax,
      accepted: (socket) => {
        this.#sniff(socket);
      },
    });
    this.#tls = server;
    if (options.isPlainToo === true) return this.#shared(server);
    server.on('connection', (socket: Socket) => {
      socket.setNoDelay(true);
      this.#admit(socket);
    });
    return server;
  }

  #shared(tls: TlsServer): NetServer {
    return createSharedPort({
      tls,
      admit: (socket) => this.#admit(socket),
      plain: (socket) => {
        this.#sniff(socket);
      },
      waiting: (socket, undecided) => {
        this.#newcomers.set(socket, { since: this.#clock.now(), undecided });
        socket.once('close', () => this.#newcomers.delete(socket));
      },
    });
  }

  /** Counts a raw socket until it closes; refuses those above the limits. */
  #admit(socket: Socket): boolean {
    socket.on('error', () => undefined);
    const address = socket.remoteAddress;
    const fromAddress = address === undefined ? 0 : (this.#socketsByAddress.get(address) ?? 0);
    const { connectionsMax, connectionsPerAddressMax } = this.#limits;
    if (this.#sockets.size >= connectionsMax || fromAddress >= connectionsPerAddressMax) {
      socket.destroy();
      return false;
    }
    this.#sockets.add(socket);
    if (address !== undefined) this.#socketsByAddress.set(address, fromAddress + 1);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      if (address !== undefined) this.#forgetAddress(address);
      this.#checkEmpty();
    });
    return true;
  }

  #forgetAddress(address: string): void {
    const left = (this.#socketsByAddress.get(address) ?? 1) - 1;
    if (left === 0) this.#socketsByAddress.delete(address);
    else this.#socketsByAddress.set(address, left);
  }

  #sniff(socket: Socket): void {
    const forget = (): void => {
      this.#newcomers.delete(socket);
    };
    socket.once('close', forget);
    const undecided = sniffSocket(socket, {
      http2: (_socket, rest) => {
        forget();
        this.#startHttp2(socket, rest);
      },
      http1: (_socket, first) => {
        forget();
        this.#startHttp1(socket, first);
      },
      foreign: (protocol) => {
        this.#onForeignProtocol?.(peerOf(socket), protocol);
      },
    });
    this.#newcomers.set(socket, { since: this.#clock.now(), undecided });
  }

  #startHttp2(socket: Socket, rest: Buffer): void {
    const connection = new Connection(socket, peerOf(socket), this.#host);
    this.#connections.add(connection);
    if (this.#onEmpty !== undefined) connection.drain();
    connection.onChunk(rest);
  }

  #startHttp1(socket: Socket, first: Buffer): void {
    const http = this.#http;
    if (http === undefined || this.#onEmpty !== undefined) {
      socket.destroy();
      return;
    }
    this.#httpSockets.add(socket);
    socket.once('close', () => {
      this.#httpSockets.delete(socket);
    });
    socket.pause();
    socket.unshift(first);
    http.emit('connection', socket);
    socket.resume();
  }

  #startTick(): void {
    this.#cancelTick = this.#clock.after(HOUSEKEEPING_MS, () => {
      const now = this.#clock.now();
      for (const connection of [...this.#connections]) connection.tick(now);
      for (const { socket, since } of this.#undecided()) {
        if (now - since >= this.#limits.prefaceTimeoutMs) socket.destroy();
      }
      this.#startTick();
    });
  }

  #undecided(): { socket: Socket; since: number }[] {
    const undecided: { socket: Socket; since: number }[] = [];
    for (const [socket, newcomer] of this.#newcomers) {
      if (newcomer.undecided()) undecided.push({ socket, since: newcomer.since });
    }
    return undecided;
  }

  #cut(): void {
    for (const connection of [...this.#connections]) connection.destroy();
    for (const socket of [...this.#httpSockets]) socket.destroy();
    for (const socket of [...this.#newcomers.keys()]) socket.destroy();
    for (const socket of [...this.#sockets]) socket.destroy();
  }

  #checkEmpty(): void {
    if (this.#sockets.size === 0 && this.#connections.size === 0) this.#onEmpty?.();
  }
}

/** What is open in a server. */
export interface ServerCounts {
  /** Accepted sockets of any protocol. */
  readonly sockets: number;
  /** HTTP/2 connections. */
  readonly connections: number;
  /** Streams, over all connections. */
  readonly streams: number;
  /** Calls with a deadline. */
  readonly deadlines: number;
}

function peerOf(socket: Socket): string {
  const { remoteAddress, remotePort, remoteFamily } = socket;
  if (remoteAddress === undefined) return '@';
  const host = remoteFamily === 'IPv6' ? `[${remoteAddress}]` : remoteAddress;
  return `${host}:${String(remotePort)}`;
}

function throwLater(error: unknown): void {
  setImmediate(() => {
    throw error;
  });
}
