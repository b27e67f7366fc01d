/**
 * The HTTP server of a client address. Two things are not as Node has them:
 *
 * - Node ends a request whose body takes longer than five minutes; that bounds slow clients, but a stream's body stays
 *   open for as long as the stream does, so those are spared.
 * - A client that ends its side behind the request (`printf … | nc`) is answered, where the answer comes by itself. Of one
 *   that waits for an event the same end means that it has gone away: nothing else may ever tell.
 */
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { Duplex } from 'node:stream';

const spared = new WeakSet<Duplex>();

/** The body of this request may stay open. */
export function spareFromTimeout({ socket }: IncomingMessage): void {
  spared.add(socket);
}

const answered = new WeakSet<Duplex>();

/** This request is answered even if the client has ended its side meanwhile. */
export function answerLate({ socket }: IncomingMessage): void {
  answered.add(socket);
}

/** Node's own, which its types leave out: whether an answer still goes out to a client that has ended its side. */
interface HalfOpenServer extends Server {
  httpAllowHalfOpen: boolean;
}

const ANSWERS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Takes over the connections of requests that ask for another protocol. */
export interface Upgrade {
  /** Otherwise the request is answered as if it had not asked. */
  readonly takes: (request: IncomingMessage) => boolean;
  /** `head` is the first bytes of the other protocol. */
  readonly take: (request: IncomingMessage, connection: Duplex, head: Buffer) => void;
}

export interface HttpServerOptions {
  readonly requestTimeout?: number;
  readonly connectionsCheckingInterval?: number;
  /** Default none: a request for another protocol is answered in this one. */
  readonly upgrade?: Upgrade;
}

export function createHttpServer(
  listener: RequestListener,
  { upgrade, ...times }: HttpServerOptions = {},
): Server {
  const shouldUpgradeCallback = (request: IncomingMessage): boolean =>
    upgrade?.takes(request) === true;
  const server = createServer({ ...times, shouldUpgradeCallback }, (request, response) => {
    answered.delete(request.socket);
    listener(request, response);
  });
  (server as HalfOpenServer).httpAllowHalfOpen = true;
  server.on('connection', (socket: Duplex) => {
    socket.on('end', () => answered.has(socket) || socket.end());
  });
  if (upgrade !== undefined) {
    server.on('upgrade', (request: IncomingMessage, connection: Duplex, head: Buffer) => {
      // Before Node 24.9 nobody asks which ones are wanted.
      if (upgrade.takes(request)) upgrade.take(request, connection, head);
      else connection.end('HTTP/1.1 501 Not Implemented\r\nConnection: close\r\n\r\n');
    });
  }
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // It is told once for a request, and never again.
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && spared.has(socket)) return;
    const answer = ANSWERS[error.code ?? ''] ?? '400 Bad Request';
    if (socket.writable && error.code !== 'ECONNRESET') {
      socket.write(`HTTP/1.1 ${answer}\r\nConnection: close\r\n\r\n`);
    }
    socket.destroy();
  });
  return server;
}
