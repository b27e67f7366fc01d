/**
 * Accepts TLS connections and hands on those that are let in: one place for what every TLS port needs, whoever speaks
 * on it. Handshakes are bounded in time and in number, a client cannot ask for another one later (a cheap way to keep
 * a server busy), and new certificates serve without a restart.
 */
import { constants } from 'node:crypto';
import { Socket } from 'node:net';
import { createServer } from 'node:tls';
import type { SecureContextOptions, Server as TlsServer, TlsOptions, TLSSocket } from 'node:tls';

import type { TlsGate } from './tls-gate.ts';
import { isAbandonment, refusalReason } from './tls-refusal.ts';

/** How long a client that is not let in may take to read that the connection is closed. */
const FAREWELL_MS = 1_000;

export interface TlsListenerOptions {
  /** For `tls.createServer`. */
  readonly tls: TlsOptions;
  readonly gate?: TlsGate;
  readonly handshakeTimeoutMs: number;
  /** Handshakes under way; the oldest makes room for the next. */
  readonly handshakesMax: number;
  /** A connection that is let in, with nothing read from it. */
  accepted(socket: TLSSocket): void;
}

/** Not listening yet. Its raw connections are its event `connection`, as with any `tls.Server`. */
export function createTlsListener(options: TlsListenerOptions): TlsServer {
  const { gate = {}, accepted } = options;
  const server = createServer({
    handshakeTimeout: options.handshakeTimeoutMs,
    ...options.tls,
    ...withoutRenegotiation(options.tls),
  });
  const handshakes = new Handshakes(options.handshakesMax);
  // Before the listener of Node's own, which takes the context that is set then.
  server.prependListener('connection', (socket: Socket) => {
    const context = gate.refresh?.();
    if (context !== undefined) {
      server.setSecureContext({ ...context, ...withoutRenegotiation(context) });
    }
    handshakes.begin(socket);
  });
  server.on('secureConnection', (socket) => {
    handshakes.end(socket);
    socket.on('error', () => undefined); // 'close' follows
    letIn(socket, gate, accepted);
  });
  server.on('tlsClientError', (error, socket) => {
    handshakes.end(socket);
    const { code, message } = causeOf(error, socket);
    socket.destroy();
    gate.refused?.({
      ...aboutClient(socket),
      reason: refusalReason(code, message),
      certificate: undefined,
      isAbandoned: isAbandonment(code),
    });
  });
  return server;
}

const withoutRenegotiation = ({
  secureOptions = 0,
}: SecureContextOptions): SecureContextOptions => ({
  secureOptions: secureOptions | constants.SSL_OP_NO_RENEGOTIATION,
});

/** Asks the gate, and does not wait where it has the answer. */
function letIn(socket: TLSSocket, gate: TlsGate, accepted: (socket: TLSSocket) => void): void {
  const conclude = (reason: string | undefined): void => {
    if (socket.destroyed) return;
    if (reason === undefined) accepted(socket);
    else refuse(socket, gate, reason);
  };
  const fail = (error: unknown): void =>
    conclude(error instanceof Error ? error.message : String(error));
  let verdict: ReturnType<NonNullable<TlsGate['judge']>>;
  try {
    verdict = gate.judge?.(socket);
  } catch (error) {
    // Whatever a certificate holds: it does not let in, and does not stop the process.
    return fail(error);
  }
  if (typeof verdict === 'object') verdict.then(conclude, fail);
  else conclude(verdict);
}

/** Ends the connection in order, so that the client reads of its end and not of a reset. */
function refuse(socket: TLSSocket, gate: TlsGate, reason: string): void {
  gate.refused?.({
    ...aboutClient(socket),
    reason,
    certificate: socket.getPeerCertificate(),
    isAbandoned: false,
  });
  socket.resume();
  socket.end();
  const farewell = setTimeout(() => socket.destroy(), FAREWELL_MS);
  socket.once('close', () => clearTimeout(farewell));
}

/** Node closes a connection whose certificate it does not accept without a word, but notes a code. */
function causeOf(error: Error, socket: TLSSocket): { code: string; message: string } {
  const noted: unknown = socket.authorizationError;
  if (typeof noted === 'string') return { code: noted, message: noted };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return { code, message: error.message };
}

function aboutClient(socket: TLSSocket): { remoteAddress: string; serverName: string } {
  // Node's types leave out that it may be false, which stands for none.
  const serverName: unknown = socket.servername;
  return {
    remoteAddress: keyOf(socket) ?? keyOf(below(socket)) ?? '',
    serverName: typeof serverName === 'string' ? serverName : '',
  };
}

/** The raw connection still knows its address when TLS has ended. Node's types leave it out, so it may go one day. */
function below(socket: TLSSocket): Partial<Socket> {
  const raw: unknown = Reflect.get(socket, '_parent');
  return raw instanceof Socket ? raw : {};
}

/** Handshakes under way, the oldest first. Honest ones take milliseconds, so who waits long makes room for others. */
class Handshakes {
  readonly #max: number;
  readonly #sockets = new Map<string, Socket>();

  constructor(max: number) {
    this.#max = max;
  }

  begin(socket: Socket): void {
    const key = keyOf(socket);
    // Who reaches a local socket is bounded by its file's mode.
    if (key === undefined) return;
    this.#sockets.set(key, socket);
    socket.once('close', () => {
      if (this.#sockets.get(key) === socket) this.#sockets.delete(key);
    });
    if (this.#sockets.size <= this.#max) return;
    for (const oldest of this.#sockets.values()) {
      oldest.destroy();
      break;
    }
  }

  end(socket: Socket): void {
    const key = keyOf(socket);
    if (key !== undefined) this.#sockets.delete(key);
  }
}

/** The same for a connection and for the TLS above it, which are two objects. */
function keyOf({ remoteAddress, remotePort }: Partial<Socket>): string | undefined {
  if (remoteAddress === undefined) return undefined;
  const host = remoteAddress.includes(':') ? `[${remoteAddress}]` : remoteAddress;
  return `${host}:${String(remotePort)}`;
}
