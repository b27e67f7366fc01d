/**
 * The peer port: an HTTP server on every `--listen-peer-urls`. What members ask of each other passes the handshake;
 * `/members` and `/version` answer whoever asks, as in etcd.
 */
import {
  createServer,
  STATUS_CODES,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import type { Address } from '../config/address.ts';
import { ConfigurationError } from '../config/command-line.ts';
import { CHANNEL_PROTOCOL, channelOfPath, type ChannelName } from './channel.ts';
import type { Verdict } from './handshake.ts';
import { servingTls, type PeerTls } from './peer-tls.ts';

/** For a TLS handshake, and for the head of a request. */
const HANDSHAKE_MS_MAX = 10_000;
/** A member has two connections to each of nine others, seldom a third; the rest is for probes and reconnecting. */
const CONNECTIONS_MAX = 512;
/** Our own heads take less than 3 KiB. */
const HEAD_BYTES_MAX = 8 * 1024;

export interface PeerServerOptions {
  readonly listen: readonly Address[];
  readonly tls: PeerTls | undefined;
  judge(request: IncomingMessage): Verdict;
  /** A peer opened a channel. `urls` are those that it says it can be reached at. */
  accept(
    from: bigint,
    channel: ChannelName,
    socket: Socket,
    head: Uint8Array,
    urls: readonly string[],
  ): void;
  /** A TLS handshake failed, most likely over a certificate. */
  insecure(address: string, reason: string): void;
  /** Every request that is no channel. */
  readonly handle: RequestListener;
}

export class PeerServer {
  /** `host:port`, or the path of a socket. */
  readonly endpoints: readonly string[];
  readonly #servers: readonly Server[];

  private constructor(servers: readonly Server[], endpoints: readonly string[]) {
    this.#servers = servers;
    this.endpoints = endpoints;
  }

  /** Listens when it resolves. Throws `ConfigurationError`. */
  static async start(options: PeerServerOptions): Promise<PeerServer> {
    const servers: Server[] = [];
    const endpoints: string[] = [];
    try {
      for (const address of options.listen) {
        const server = createPeerServer(options, address);
        servers.push(server);
        endpoints.push(await listen(server, address));
      }
    } catch (error) {
      for (const server of servers) server.close();
      throw error;
    }
    return new PeerServer(servers, endpoints);
  }

  /** Channels are the caller's to close. */
  async close(): Promise<void> {
    await Promise.all(
      this.#servers.map(async (server) => {
        const closed = new Promise((resolve) => server.close(resolve));
        server.closeAllConnections();
        await closed;
      }),
    );
  }
}

function createPeerServer(options: PeerServerOptions, { scheme, text }: Address): Server {
  const limits: ServerOptions = {
    headersTimeout: HANDSHAKE_MS_MAX,
    requestTimeout: HANDSHAKE_MS_MAX,
    connectionsCheckingInterval: HANDSHAKE_MS_MAX / 10,
    maxHeaderSize: HEAD_BYTES_MAX,
  };
  const server = scheme.endsWith('s')
    ? createTlsServer(
        {
          ...limits,
          ...servingTls(requireTls(options.tls, text)),
          handshakeTimeout: HANDSHAKE_MS_MAX,
        },
        options.handle,
      )
    : createServer(limits, options.handle);
  server.maxConnections = CONNECTIONS_MAX;
  server.on('upgrade', (request, socket, head) => upgrade(options, request, socket, head));
  server.on('tlsClientError', (error: Error, socket: TLSSocket) => {
    // Node closes a connection whose certificate it does not accept without a word, but notes a code.
    const code: unknown = socket.authorizationError;
    options.insecure(socket.remoteAddress ?? '', typeof code === 'string' ? code : error.message);
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  return server;
}

function upgrade(
  { judge, accept }: PeerServerOptions,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  // Without a proxy in between, an upgraded connection is a socket.
  if (!(socket instanceof Socket)) return void socket.destroy();
  socket.on('error', () => socket.destroy());
  const channel = channelOfPath(request.url ?? '');
  if (channel === undefined) return refuseUpgrade(socket, 404, 'no such channel');
  if (request.headers.upgrade !== CHANNEL_PROTOCOL) {
    return refuseUpgrade(socket, 426, `this member speaks ${CHANNEL_PROTOCOL}`);
  }
  const verdict = judge(request);
  if (verdict.kind === 'refused') return refuseUpgrade(socket, verdict.status, verdict.reason);
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${CHANNEL_PROTOCOL}\r\n\r\n`,
  );
  accept(verdict.from, channel, socket, head, verdict.urls);
}

function refuseUpgrade(socket: Duplex, status: number, reason: string): void {
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n` +
      `Content-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(reason) + 1}\r\n` +
      `Connection: close\r\n\r\n${reason}\n`,
    () => socket.destroy(),
  );
}

/** Answers with one line of text. */
export function refuse(response: ServerResponse, status: number, reason: string): void {
  const body = `${reason}\n`;
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'X-Content-Type-Options': 'nosniff',
    Connection: 'close',
  });
  response.end(body);
}

function requireTls(tls: PeerTls | undefined, url: string): PeerTls {
  if (tls !== undefined) return tls;
  throw new ConfigurationError(
    `TLS key/cert (--peer-cert-file, --peer-key-file) must be provided for peer url ${url} with HTTPS scheme`,
  );
}

async function listen(server: Server, { scheme, host, port, text }: Address): Promise<string> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(scheme.startsWith('unix') ? { path: host } : { host, port }, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    const hint =
      error.code === 'EADDRINUSE'
        ? 'another process listens there: stop it, or choose another port with --listen-peer-urls'
        : 'check --listen-peer-urls';
    throw new ConfigurationError(`cannot listen on ${text}: ${error.message}; ${hint}`);
  }
  const bound = server.address();
  return bound === null || typeof bound === 'string' ? host : `${host}:${bound.port}`;
}
