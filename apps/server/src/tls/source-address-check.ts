/**
 * Whether a client connects from where its certificate says that it lives, as etcd asks of members and of whoever reads
 * metrics: one of the IPs of the certificate is its address, or one of the DNS names leads to it.
 */
import { lookup, reverse } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { X509Certificate } from 'node:crypto';
import { describeMismatch, isIssuedFor, namesOf } from './certificate-names.ts';

/** DNS as the check needs it. */
export interface NameService {
  /** Host names of an IP. */
  names(address: string): Promise<readonly string[]>;
  /** IPs of a host name. */
  addresses(name: string): Promise<readonly string[]>;
}

export const systemNameService: NameService = {
  names: reverse,
  addresses: async (name) => (await lookup(name, { all: true })).map(({ address }) => address),
};

/** Shorter than the time that the other side gives the handshake. */
const NAME_SERVICE_MS_MAX = 5_000;

/** The reason why not, or undefined; a certificate without any name of a host is of every host, as in etcd. */
export async function checkSourceAddress(
  certificate: X509Certificate,
  remoteAddress: string,
  nameService: NameService = systemNameService,
): Promise<string | undefined> {
  // Where a port listens for IPv6 and IPv4 together, the latter look so.
  const address = remoteAddress.replace(/^::ffff:(?=[\d.]+$)/, '');
  const { dnsNames, ipAddresses } = namesOf(certificate);
  if (dnsNames.length === 0 && ipAddresses.length === 0) return undefined;
  if (isIP(address) !== 0 && isIssuedFor(certificate, address)) return undefined;
  if (dnsNames.length === 0) return describeMismatch(certificate, address);
  const answer = await leadsTo(address, dnsNames, nameService);
  if (answer === true) return undefined;
  const why = answer === false ? '' : ` (${answer})`;
  return `tls: "${address}" does not match any of DNSNames ["${dnsNames.join('" "')}"]${why}`;
}

/** True, false, or what went wrong with asking. */
async function leadsTo(
  address: string,
  dnsNames: readonly string[],
  nameService: NameService,
): Promise<boolean | string> {
  const late = new Promise<string>((resolve) => {
    const why = `the name service did not answer within ${NAME_SERVICE_MS_MAX} ms`;
    setTimeout(() => resolve(why), NAME_SERVICE_MS_MAX).unref();
  });
  return Promise.race([late, ask(address, dnsNames, nameService)]);
}

async function ask(
  address: string,
  dnsNames: readonly string[],
  nameService: NameService,
): Promise<boolean | string> {
  const failures: string[] = [];
  const noted = (error: unknown): readonly string[] => {
    failures.push(error instanceof Error ? error.message : String(error));
    return [];
  };
  const own = await nameService.names(address).catch(noted);
  const isNamed = own
    .map((name) => name.replace(/\.$/, ''))
    .some((name) => dnsNames.some((dnsName) => matches(name, dnsName)));
  if (isNamed) return true;
  for (const name of dnsNames.filter((dnsName) => !dnsName.startsWith('*.'))) {
    if ((await nameService.addresses(name).catch(noted)).includes(address)) return true;
  }
  return failures.at(-1) ?? false;
}

const matches = (name: string, dnsName: string): boolean =>
  dnsName.startsWith('*.') ? name.endsWith(dnsName.slice(1)) : name === dnsName;
