/**
 * What an application decides about TLS connections, apart from the options of `tls.createServer`: which certificate
 * serves the next handshake, who is let in after it, and what is told of those who are not.
 */
import type { PeerCertificate, SecureContextOptions, TLSSocket } from 'node:tls';

export interface TlsGate {
  /**
   * Asked before each handshake. Answers what has to serve it and those after it, where that has changed; sessions
   * from before are not resumed then, so whoever comes back is judged by the new rules.
   */
  refresh?(): SecureContextOptions | undefined;
  /** Asked after each handshake, resumed ones included; answers why the connection is closed, or undefined. */
  judge?(socket: TLSSocket): string | undefined | Promise<string | undefined>;
  /** Hears of each connection that came to nothing. */
  refused?(refusal: TlsRefusal): void;
}

export interface TlsRefusal {
  /** The client's `address:port`; empty for a local socket. */
  readonly remoteAddress: string;
  /** The name that the client asked for (SNI), or empty. */
  readonly serverName: string;
  /** In the words of Go's TLS, which etcd's operators know, where it has some. */
  readonly reason: string;
  /** What the client showed, where that is known. */
  readonly certificate: PeerCertificate | undefined;
  /** The client went away without a word, as port checks of load balancers do: nothing to worry about. */
  readonly isAbandoned: boolean;
}
