/** What a certificate says whose it is, and whether that is a given host: by Go's rules, where a common name is no host. */
import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { PeerCertificate } from 'node:tls';

export interface CertificateNames {
  /** Empty without one; the last of several. */
  readonly commonName: string;
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
}

/** One of Node's list; in quotes is what holds a character that separates names, and no host is called so. */
const ALTERNATIVE_NAME = /(?:^|, )([A-Za-z ]+):("(?:[^"\\]|\\.)*"|[^,"]*)/g;

/** Empty without one; the last of several. */
export function commonNameOf(certificate: Pick<PeerCertificate, 'subject'>): string {
  // Node's types leave out that a subject may be empty, or hold a name twice.
  const { subject } = certificate as { subject?: { CN?: string | readonly string[] } };
  const commonName = subject?.CN ?? '';
  return typeof commonName === 'string' ? commonName : (commonName.at(-1) ?? '');
}

export function namesOf(certificate: X509Certificate): CertificateNames {
  const alternatives = [...(certificate.subjectAltName ?? '').matchAll(ALTERNATIVE_NAME)];
  const ofKind = (wanted: string): string[] =>
    alternatives.filter(([, kind]) => kind === wanted).map(([, , value = '']) => value);
  return {
    commonName: commonNameOf(certificate.toLegacyObject()),
    dnsNames: ofKind('DNS'),
    ipAddresses: ofKind('IP Address'),
  };
}

/** Whether it is issued for this host name or IP. */
export function isIssuedFor(certificate: X509Certificate, host: string): boolean {
  if (isIP(host) !== 0) return certificate.checkIP(host) !== undefined;
  return certificate.checkHost(host, { subject: 'never', partialWildcards: false }) !== undefined;
}

/** In Go's words. */
export function describeMismatch(certificate: X509Certificate, host: string): string {
  const { dnsNames, ipAddresses } = namesOf(certificate);
  const valid = isIP(host) === 0 ? dnsNames : ipAddresses;
  if (valid.length > 0) return `x509: certificate is valid for ${valid.join(', ')}, not ${host}`;
  return isIP(host) === 0
    ? `x509: certificate is not valid for any names, but wanted to match ${host}`
    : `x509: cannot validate certificate for ${host} because it doesn't contain any IP SANs`;
}
