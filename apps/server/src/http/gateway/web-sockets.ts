/**
 * RPCs over WebSocket, as etcd's gateway has them: on the paths of the JSON gateway, for clients that cannot read an
 * answer while they still send, as browsers cannot. A token comes as a subprotocol, since pages cannot set headers:
 * `new WebSocket(url, ['Bearer', token])`.
 *
 * Invariant: a connection that does not answer for two rounds of pings is cut, unless it is the member that waits.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { StatusCode } from '@concord/protocol';
import { WebSocketServer, type WebSocket } from 'ws';
import type { LocalCalls } from '../../rpc/local-call.ts';
import { callerOf } from '../caller.ts';
import type { Upgrade } from '../http-server.ts';
import { methodAt, pathOf, isClean } from './gateway-path.ts';
import type { GatewayLimits } from './request-message.ts';
import { errorBody } from './status-json.ts';
import { exchangeOverWebSocket, NORMAL_CLOSURE } from './web-socket-exchange.ts';

/** Often enough for the idle time-outs of proxies, which begin at a minute. */
const PING_MS = 30_000;
/** The member stops (RFC 6455 section 7.4.1). */
const GOING_AWAY = 1001;
const BEARER = 'Bearer';

export interface WebSocketsOptions {
  readonly calls: LocalCalls;
  readonly limits: GatewayLimits;
  /** Milliseconds between pings. Default 30 s. */
  readonly pingMs?: number;
}

export class WebSockets {
  readonly #calls: LocalCalls;
  readonly #limits: GatewayLimits;
  readonly #server: WebSocketServer;
  /** Those that are open, and whether they have answered the last ping. */
  readonly #open = new Map<WebSocket, { hasAnswered: boolean }>();
  readonly #pinging: NodeJS.Timeout;

  constructor({ calls, limits, pingMs = PING_MS }: WebSocketsOptions) {
    this.#calls = calls;
    this.#limits = limits;
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: limits.bodyBytesMax,
      handleProtocols: (offered) => (offered.has(BEARER) ? BEARER : false),
    });
    this.#pinging = setInterval(() => this.#ping(), pingMs).unref();
  }

  /** What the mount at `prefix` does with a request for another protocol. */
  at(prefix: string): Upgrade {
    return {
      takes: (request) => isWebSocket(request) && isClean(pathOf(request)),
      take: (request, connection, head) => this.#accept(prefix, request, connection, head),
    };
  }

  /** Says goodbye to all. */
  stop(): void {
    clearInterval(this.#pinging);
    for (const socket of this.#open.keys()) socket.close(GOING_AWAY, 'the member stops');
  }

  #accept(prefix: string, request: IncomingMessage, connection: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, connection, head, (socket) => {
      this.#keep(socket);
      const method = methodAt(prefix, pathOf(request));
      if (method === undefined) {
        socket.send(errorBody({ code: StatusCode.NOT_FOUND, message: 'Not Found' }), {
          binary: false,
        });
        socket.close(NORMAL_CLOSURE);
        return;
      }
      const caller = callerOf(request, tokenOf(request));
      exchangeOverWebSocket({ socket, method, calls: this.#calls, caller, limits: this.#limits });
    });
  }

  #keep(socket: WebSocket): void {
    const state = { hasAnswered: true };
    this.#open.set(socket, state);
    socket.on('pong', () => (state.hasAnswered = true));
    socket.on('close', () => this.#open.delete(socket));
    // What is wrong with a frame is told to the client by the code with which the connection closes.
    socket.on('error', () => undefined);
  }

  #ping(): void {
    for (const [socket, state] of this.#open) {
      // A client that has sent more than the member takes is not heard, and no less alive for it.
      if (socket.isPaused) continue;
      if (!state.hasAnswered) {
        socket.terminate();
        continue;
      }
      state.hasAnswered = false;
      socket.ping();
    }
  }
}

const isWebSocket = ({ headers }: IncomingMessage): boolean =>
  headers.upgrade?.toLowerCase() === 'websocket';

/** What follows `Bearer` among the subprotocols. */
function tokenOf({ headers }: IncomingMessage): string | undefined {
  const [, token] = /^Bearer,\s*(\S.*)$/.exec(headers['sec-websocket-protocol'] ?? '') ?? [];
  return token === undefined ? undefined : `${BEARER} ${token.trim()}`;
}
