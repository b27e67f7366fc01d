/**
 * A feed over a WebSocket, at the very path that streams it as SSE: the upgrade goes through the ordinary routes, so that
 * guards and checks are the same.
 */
import { ServerResponse, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { WebSocket, WebSocketServer } from 'ws';
import { Problem } from '../http/problem.ts';
import type { Feed, Outlet, SubscribeOptions, Subscription } from './feed.ts';
import type { Packet } from './live-event.ts';
import { placeOf } from './sse.ts';

/** What is on its way to a subscriber before it counts as slow. */
const BUFFERED_BYTES_MAX = 64 * 1024;
/** Subscribers say nothing. */
const MESSAGE_BYTES_MAX = 1024;
/** RFC 6455: the other side goes, and may be found elsewhere. */
const GOING_AWAY = 1001;
const INTERNAL_ERROR = 1011;

const upgrades = new WeakMap<IncomingMessage, { readonly socket: Duplex; readonly head: Buffer }>();
const sockets = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_BYTES_MAX });

/** Sends upgrades through the routes; a handler that does not take one answers as it would without. */
export function routeUpgrades(server: Server, fastify: FastifyInstance): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    if (request.method !== 'GET' || request.headers.upgrade?.toLowerCase() !== 'websocket') {
      socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    upgrades.set(request, { socket, head });
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket as never);
    response.on('finish', () => socket.end());
    fastify.routing(request, response);
  });
}

export const isUpgrade = (request: FastifyRequest): boolean => upgrades.has(request.raw);

class WebSocketOutlet implements Outlet {
  readonly #socket: WebSocket;
  readonly #onDrain: () => void;
  #isFull = false;

  constructor(socket: WebSocket, onDrain: () => void) {
    this.#socket = socket;
    this.#onDrain = onDrain;
  }

  send(packet: Packet): boolean {
    for (const event of packet.events) this.#write(event.webSocket);
    return this.#isFree();
  }

  keepAlive(revision: number): boolean {
    this.#write(Buffer.from(`{"id":${revision},"event":"alive"}`));
    return this.#isFree();
  }

  end(): void {
    this.#socket.close(GOING_AWAY, 'this gateway stops: connect again');
  }

  destroy(): void {
    this.#socket.terminate();
  }

  #write(bytes: Buffer): void {
    this.#socket.send(bytes, { binary: false }, () => {
      if (!this.#isFull || this.#socket.bufferedAmount > BUFFERED_BYTES_MAX / 2) return;
      this.#isFull = false;
      this.#onDrain();
    });
  }

  #isFree(): boolean {
    this.#isFull ||= this.#socket.bufferedAmount > BUFFERED_BYTES_MAX;
    return !this.#isFull;
  }
}

/**
 * Takes an upgrade, and sends the feed as JSON texts: `{ id, event, data }`.
 *
 * @throws Problem `forbidden` for a page of another origin: a browser sends cookies with those, too
 */
export function streamMessages(
  feed: Feed,
  request: FastifyRequest,
  reply: FastifyReply,
  options: SubscribeOptions = {},
): void {
  const upgrade = upgrades.get(request.raw);
  if (upgrade === undefined) throw new Error('the request is no upgrade');
  assertSameOrigin(request);
  const from = options.from ?? placeOf(request);
  reply.hijack();
  reply.raw.detachSocket(upgrade.socket as never);
  sockets.handleUpgrade(request.raw, upgrade.socket, upgrade.head, (socket) => {
    let subscription: Subscription | undefined;
    socket.on('error', () => socket.terminate());
    socket.on('close', () => subscription?.[Symbol.dispose]());
    const outlet = new WebSocketOutlet(socket, () => subscription?.drained());
    feed.subscribe(outlet, { ...options, from }).then(
      (made) => {
        subscription = made;
        if (socket.readyState !== WebSocket.OPEN) made[Symbol.dispose]();
      },
      () => socket.close(INTERNAL_ERROR, 'the cluster does not answer: connect again'),
    );
  });
}

function assertSameOrigin({ headers: { origin, host } }: FastifyRequest): void {
  if (origin === undefined || URL.parse(origin)?.host === host) return;
  throw new Problem('forbidden', {
    detail: `a page of ${origin} may not open a WebSocket here: only pages of ${host ?? 'this host'}`,
  });
}
