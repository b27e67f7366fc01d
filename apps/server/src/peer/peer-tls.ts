/** The certificates of the peer port. Unless told otherwise a member shows the same one as a server and as a client. */
import type { ConnectionOptions, SecureContextOptions, TlsOptions } from 'node:tls';

export interface PeerTls {
  readonly cert: Buffer;
  readonly key: Buffer;
  /** Signs the certificates that others may show, instead of the machine's own authorities. */
  readonly ca?: Buffer;
  /** Shown where this member dials, instead of `cert` and `key`. */
  readonly client?: { readonly cert: Buffer; readonly key: Buffer };
  /** Whom the certificates of the others name, instead of the host that is dialled. */
  readonly serverName?: string;
  /** Whether who dials must show a certificate too. */
  readonly requireClientCertificate: boolean;
}

/** As a server. */
export function servingTls(tls: PeerTls): TlsOptions {
  return {
    ...commonTls(tls),
    requestCert: tls.requireClientCertificate,
    rejectUnauthorized: tls.requireClientCertificate,
  };
}

/** As a client: always shows its certificate, and always checks the server's. */
export function dialingTls(tls: PeerTls): ConnectionOptions {
  const { client, serverName } = tls;
  return {
    ...commonTls(tls),
    ...client,
    ...(serverName !== undefined && { servername: serverName }),
  };
}

function commonTls({ cert, key, ca }: PeerTls): SecureContextOptions {
  return { cert, key, ...(ca !== undefined && { ca }), minVersion: 'TLSv1.2' };
}
