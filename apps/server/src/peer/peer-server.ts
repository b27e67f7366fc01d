/**
 * The peer port: an HTTP server on every `--listen-peer-urls`. What members ask of each other passes the handshake;
 * `/members` and `/version` answer whoever asks, as in etcd.
 */
import {
  createServer,
  STATUS_CODES,
  type IncomingMessage,
  type RequestListener,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Address } from '../config/address.ts';
import { ConfigurationError } from '../config/command-line.ts';
import { CHANNEL_PROTOCOL, channelOfPath, type ChannelName } from './channel.ts';
import type { Verdict } from './handshake.ts';
import { HttpPort } from '../http/http-port.ts';
import type { ServingTls } from '../tls/port-security.ts';
import type { PeerTls } from './peer-tls.ts';

/** For the head of a request. */
const HEAD_MS_MAX = 10_000;
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
  /** Every request that is no channel. */
  readonly handle: RequestListener;
}

export class PeerServer {
  /** `host:port`, or the path of a socket. */
  readonly endpoints: readonly string[];
  readonly #ports: readonly HttpPort[];

  private constructor(ports: readonly HttpPort[], endpoints: readonly string[]) {
    this.#ports = ports;
    this.endpoints = endpoints;
  }

  /** Listens when it resolves. Throws `ConfigurationError`. */
  static async start(options: PeerServerOptions): Promise<PeerServer> {
    const ports: HttpPort[] = [];
    const endpoints: string[] = [];
    try {
      for (const address of options.listen) {
        const port = createPort(options, address);
        endpoints.push(await port.listen(address, 'listen-peer-urls'));
        ports.push(port);
      }
    } catch (error) {
      await Promise.all(ports.map((port) => port.close()));
      throw error;
    }
    return new PeerServer(ports, endpoints);
  }

  /** Channels are the caller's to close, before. */
  async close(): Promise<void> {
    await Promise.all(this.#ports.map((port) => port.close()));
  }
}

function createPort(options: PeerServerOptions, { scheme, text }: Address): HttpPort {
  const limits: ServerOptions = {
    headersTimeout: HEAD_MS_MAX,
    requestTimeout: HEAD_MS_MAX,
    connectionsCheckingInterval: HEAD_MS_MAX / 10,
    maxHeaderSize: HEAD_BYTES_MAX,
  };
  const http = createServer(limits, options.handle);
  http.on('upgrade', (request, socket, head) => upgrade(options, request, socket, head));
  return new HttpPort({
    http,
    serving: scheme.endsWith('s') ? requireTls(options.tls, text) : undefined,
    connectionsMax: CONNECTIONS_MAX,
    foreign: (peer, protocol) => options.tls?.refusals.foreign(peer, protocol),
  });
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

function requireTls(tls: PeerTls | undefined, url: string): ServingTls {
  const serving = tls?.serve();
  if (serving !== undefined) return serving;
  throw new ConfigurationError(
    `TLS key/cert (--peer-cert-file, --peer-key-file) must be provided for peer url ${url} with HTTPS scheme`,
  );
}
