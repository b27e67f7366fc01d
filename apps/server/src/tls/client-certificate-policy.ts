/**
 * Who is let in of those whose certificate an authority vouches for: common names, host names, revocation lists, and
 * where the client connects from. The same names are asked of the members that this one dials, as etcd does.
 */
import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { isIssuedFor, namesOf } from './certificate-names.ts';
import type { RevocationList } from './revocation-list.ts';
import { checkSourceAddress, type NameService } from './source-address-check.ts';

export interface ClientCertificatePolicy {
  /** Empty: anybody. Not together with `allowedHostNames`. */
  readonly allowedCommonNames: readonly string[];
  /** Host names or IPs; a certificate has to be issued for one of them. Empty: any. */
  readonly allowedHostNames: readonly string[];
  /** Whether the client has to connect from where its certificate says. */
  readonly checksSourceAddress: boolean;
}

/** What is known of revocation. */
export interface Revocation {
  readonly revoked: RevocationList | undefined;
  /** Trusted authorities: they may be revoked too. */
  readonly authorities: readonly X509Certificate[];
}

/** Authorities in a row, at most: a chain of certificates that name each other must not be walked for ever. */
const CHAIN_LENGTH_MAX = 10;

/**
 * The reason to refuse, in etcd's words, or undefined. A client that shows no certificate is none of its business:
 * whether there has to be one is settled in the handshake.
 */
export function judgeClient(
  socket: TLSSocket,
  policy: ClientCertificatePolicy,
  revocation: Revocation,
  nameService?: NameService,
): string | undefined | Promise<string | undefined> {
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return undefined;
  const reason = judgeNames(certificate, policy) ?? judgeRevocation(certificate, revocation);
  if (reason !== undefined || !policy.checksSourceAddress) return reason;
  // On a local socket there is nothing to compare.
  if (socket.remoteAddress === undefined) return undefined;
  return checkSourceAddress(certificate, socket.remoteAddress, nameService);
}

export function judgeNames(
  certificate: X509Certificate,
  { allowedCommonNames, allowedHostNames }: ClientCertificatePolicy,
): string | undefined {
  const refused = 'client certificate authentication failed';
  const { commonName } = namesOf(certificate);
  if (allowedCommonNames.length > 0 && !allowedCommonNames.includes(commonName)) {
    return `${refused}: common name "${commonName}" is not one of ${allowedCommonNames.join(', ')}`;
  }
  if (allowedHostNames.length === 0) return undefined;
  if (allowedHostNames.some((host) => isIssuedFor(certificate, host))) return undefined;
  return `${refused}: the certificate is issued for none of ${allowedHostNames.join(', ')}`;
}

/**
 * Looks at the certificate and at the trusted authorities that it comes from. Node does not tell a server which others
 * a client has sent along, so an authority between them is looked at where it is among the trusted ones.
 */
export function judgeRevocation(
  certificate: X509Certificate,
  { revoked, authorities }: Revocation,
): string | undefined {
  if (revoked === undefined) return undefined;
  let link: X509Certificate | undefined = certificate;
  for (let i = 0; i < CHAIN_LENGTH_MAX && link !== undefined; i++) {
    const { serialNumber }: X509Certificate = link;
    if (revoked.has(serialNumber)) {
      return `transport: certificate serial ${serialNumber.toLowerCase()} revoked`;
    }
    link = issuerOf(link, authorities);
  }
  return undefined;
}

const issuerOf = (
  certificate: X509Certificate,
  authorities: readonly X509Certificate[],
): X509Certificate | undefined =>
  authorities.find((authority) => authority !== certificate && certificate.checkIssued(authority));
