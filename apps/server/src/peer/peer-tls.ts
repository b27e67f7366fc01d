/** The certificates of the peer port: a member shows the same one as a server and as a client. */
import type { SecureContextOptions, TlsOptions } from 'node:tls';

export interface PeerTls {
  readonly cert: Buffer;
  readonly key: Buffer;
  /** Signs the certificates that others may show, instead of the machine's own authorities. */
  readonly ca?: Buffer;
  /** Whether who dials must show a certificate too. */
  readonly requireClientCertificate: boolean;
}

/** As a server. */
export function servingTls(tls: PeerTls): TlsOptions {
  return {
    ...dialingTls(tls),
    requestCert: tls.requireClientCertificate,
    rejectUnauthorized: tls.requireClientCertificate,
  };
}

/** As a client: always shows its certificate, and always checks the server's. */
export function dialingTls({ cert, key, ca }: PeerTls): SecureContextOptions {
  return { cert, key, ...(ca !== undefined && { ca }), minVersion: 'TLSv1.2' };
}
