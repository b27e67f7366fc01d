/**
 * The options of a {@link GrpcServer}.
 */
import type { Server as HttpServer } from 'node:http';
import type { TlsOptions } from 'node:tls';

import type { Clock } from './clock.ts';
import type { KeepaliveOptions } from './keepalive.ts';
import type { Limits } from './limits.ts';
import type { ForeignProtocol } from './protocol-sniffer.ts';
import type { TlsGate } from './tls-gate.ts';

/** Everything is optional; a plain server for h2c needs none. */
export interface GrpcServerOptions {
  /**
   * Passed to `tls.createServer` with ALPN set to h2 and http/1.1; without it the port is plain text.
   * Client certificates (`requestCert`, `rejectUnauthorized`), SNI and revocation are its options too.
   */
  readonly tls?: TlsOptions;
  /** With `tls`: who speaks plain text is served on the same port, too. Default false. */
  readonly isPlainToo?: boolean;
  /** Certificates that change, and who is let in after a handshake; see {@link TlsGate}. */
  readonly tlsGate?: TlsGate;
  /**
   * Hears of a connection that was cut because of its first bytes: `tls` where the port is plain text, `unknown` for
   * what is neither HTTP/2 nor HTTP/1.
   */
  readonly onForeignProtocol?: (peer: string, protocol: ForeignProtocol) => void;
  /**
   * Serves what is not gRPC: HTTP/1.1 connections on the same port, and HTTP/2 requests with another
   * content type. Made with `http.createServer`, never listening itself and not
   * shared between servers; upgrades are its events.
   * Without it HTTP/1.1 connections are cut and such requests get 415.
   */
  readonly http?: HttpServer;
  /** Bounds on what a peer may do; see {@link Limits} for each and its default. */
  readonly limits?: Partial<Limits>;
  /** Keep-alive policy; see {@link KeepaliveOptions}. */
  readonly keepalive?: Partial<KeepaliveOptions>;
  /** Time source. Default: the machine's monotonic clock. */
  readonly clock?: Clock;
  /**
   * Hears what a handler threw, whose call fails with status 13, and bugs of this package (empty path),
   * whose connection fails. Default: throws it again
   * outside of the connection, so that the process ends: both are broken invariants.
   */
  readonly onHandlerError?: (error: unknown, path: string) => void;
}
