/** The certificates between members: how a member serves the others, and how it dials them. */
import type { ConnectionOptions } from 'node:tls';
import type { ServingTls } from '../tls/port-security.ts';

export interface PeerTls {
  /** For one address to listen on; undefined without a certificate, and then `https` cannot be served. */
  serve(): ServingTls | undefined;
  /** For one connection, with the certificates as they are now. */
  dial(): ConnectionOptions;
  readonly refusals: {
    /** A connection was cut because its first bytes are no HTTP. */
    foreign(remoteAddress: string, protocol: 'tls' | 'unknown'): void;
  };
}
