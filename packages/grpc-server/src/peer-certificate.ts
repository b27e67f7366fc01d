/** The certificate that a client has shown, by what its request came on. */
import { TLSSocket, type PeerCertificate } from 'node:tls';

/** Stands for a connection without being one: a stream of HTTP/2 that is served as HTTP/1. */
export interface CertificateBearer {
  readonly tlsPeerCertificate: PeerCertificate | undefined;
}

/** Undefined where the client has shown none, and on a plain connection. */
export function peerCertificateOf(socket: object): PeerCertificate | undefined {
  if ('tlsPeerCertificate' in socket) return (socket as CertificateBearer).tlsPeerCertificate;
  if (!(socket instanceof TLSSocket)) return undefined;
  // Node's types leave out that it is null once the socket is gone; it is empty without one.
  const certificate = socket.getPeerCertificate() as PeerCertificate | null;
  if (certificate === null || Object.keys(certificate).length === 0) return undefined;
  return certificate;
}
