/**
 * An HTTP/1.1 server on an address of its own, in plain text or with TLS: the peer port, and the metrics.
 *
 * Invariant: after `close` no connection is left. Those that were upgraded are their owner's to close before.
 */
import type { Server } from 'node:http';
import { Socket, type Server as NetServer } from 'node:net';
import { createTlsListener } from '@concord/grpc-server';
import type { Address } from '../config/address.ts';
import { listenOn } from '../listener.ts';
import type { ServingTls } from '../tls/port-security.ts';

/** For a TLS handshake. */
const HANDSHAKE_MS_MAX = 10_000;
/** The first byte of a TLS handshake (RFC 8446 section 5.1). */
const TLS_HANDSHAKE_BYTE = 0x16;

export interface HttpPortOptions {
  /** Not listening, and nobody else's. */
  readonly http: Server;
  /** undefined for plain text. */
  readonly serving: ServingTls | undefined;
  readonly connectionsMax: number;
  /** A connection was cut because its first bytes are no HTTP. */
  foreign?(remoteAddress: string, protocol: 'tls' | 'unknown'): void;
}

export class HttpPort {
  readonly #http: Server;
  /** The HTTP server itself where there is no TLS. */
  readonly #listener: NetServer;
  readonly #isSecure: boolean;
  /** Raw ones, below TLS. */
  readonly #sockets = new Set<Socket>();

  constructor({ http, serving, connectionsMax, foreign }: HttpPortOptions) {
    this.#http = http;
    this.#isSecure = serving !== undefined;
    this.#listener = serving === undefined ? http : this.#secure(serving, connectionsMax);
    this.#listener.maxConnections = connectionsMax;
    http.on('clientError', (error, socket) => {
      const { rawPacket } = error as { rawPacket?: Buffer };
      // Its address is gone with the connection.
      const from = socket instanceof Socket ? addressOf(socket) : '';
      socket.destroy();
      if (rawPacket?.[0] === TLS_HANDSHAKE_BYTE) foreign?.(from, 'tls');
    });
  }

  /** Answers where it listens. Throws `ConfigurationError`. @param flag the one that the address is of */
  async listen(address: Address, flag: string): Promise<string> {
    const endpoint = await listenOn(this.#listener, address, flag);
    // A server that does not listen itself looks at its time-outs from this event on.
    if (this.#isSecure) this.#http.emit('listening');
    return endpoint;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#listener.close(resolve));
    if (this.#isSecure) this.#http.close();
    this.#http.closeAllConnections();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #secure({ tls, gate }: ServingTls, connectionsMax: number): NetServer {
    const listener = createTlsListener({
      tls: { ...tls, ALPNProtocols: ['http/1.1'] },
      gate,
      handshakeTimeoutMs: HANDSHAKE_MS_MAX,
      // So that slow ones leave room for those who mean it.
      handshakesMax: connectionsMax / 2,
      accepted: (socket) => {
        socket.setNoDelay(true);
        this.#http.emit('connection', socket);
      },
    });
    listener.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    return listener;
  }
}

const addressOf = ({ remoteAddress, remotePort }: Socket): string =>
  remoteAddress === undefined ? '' : `${remoteAddress}:${remotePort}`;
