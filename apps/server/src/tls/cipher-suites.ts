/**
 * `--cipher-suites`: the names of IANA, as Go and so etcd take them, and OpenSSL's for the same suites. They are those
 * of TLS 1.2; the three of TLS 1.3 are always on, as in Go. Their order counts for nothing there, and for preference here.
 */
import { getCiphers } from 'node:tls';
import { FlagError } from '../config/flag-error.ts';

/** By IANA's name. Those that Go knows and that no OpenSSL of today has (RC4, 3DES) are in the list below. */
const openSslNames: Readonly<Record<string, string>> = {
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256: 'ECDHE-ECDSA-AES128-GCM-SHA256',
  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256: 'ECDHE-RSA-AES128-GCM-SHA256',
  TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384: 'ECDHE-ECDSA-AES256-GCM-SHA384',
  TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384: 'ECDHE-RSA-AES256-GCM-SHA384',
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256: 'ECDHE-ECDSA-CHACHA20-POLY1305',
  TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256: 'ECDHE-RSA-CHACHA20-POLY1305',
  // Go's names from before the suites were standardised; etcd takes them too.
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305: 'ECDHE-ECDSA-CHACHA20-POLY1305',
  TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305: 'ECDHE-RSA-CHACHA20-POLY1305',
  TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA: 'ECDHE-ECDSA-AES128-SHA',
  TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA: 'ECDHE-RSA-AES128-SHA',
  TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA: 'ECDHE-ECDSA-AES256-SHA',
  TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA: 'ECDHE-RSA-AES256-SHA',
  TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256: 'ECDHE-ECDSA-AES128-SHA256',
  TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256: 'ECDHE-RSA-AES128-SHA256',
  TLS_RSA_WITH_AES_128_GCM_SHA256: 'AES128-GCM-SHA256',
  TLS_RSA_WITH_AES_256_GCM_SHA384: 'AES256-GCM-SHA384',
  TLS_RSA_WITH_AES_128_CBC_SHA: 'AES128-SHA',
  TLS_RSA_WITH_AES_256_CBC_SHA: 'AES256-SHA',
  TLS_RSA_WITH_AES_128_CBC_SHA256: 'AES128-SHA256',
};

/** Always on. Node takes them in the same list, and without them it would leave TLS 1.3 out. */
const TLS13_SUITES = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
] as const;

const BROKEN = /^TLS_(?:RSA|ECDHE_RSA|ECDHE_ECDSA)_WITH_(?:RC4_128_SHA|3DES_EDE_CBC_SHA)$/;

const isOfTls13 = (name: string): boolean => (TLS13_SUITES as readonly string[]).includes(name);

/** Names separated by commas. Throws a `FlagError` that names the unknown one and lists the known. */
export function parseCipherSuites(text: string): readonly string[] {
  if (text === '') return [];
  const names = text.split(',').map((name) => name.trim());
  for (const name of names) {
    if (BROKEN.test(name)) {
      throw new FlagError(
        `TLS cipher suite "${name}" is broken, and not available here; leave it out`,
      );
    }
    if (isKnown(name)) continue;
    throw new FlagError(
      `unexpected TLS cipher suite "${name}"; known are ${knownSuites().join(', ')}`,
    );
  }
  return names;
}

/** For the option `ciphers` of Node; undefined leaves the choice to Node. */
export function ciphersOption(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const chosen = names.map((name) => openSslNames[name]).filter((name) => name !== undefined);
  return [...TLS13_SUITES, ...new Set(chosen)].join(':');
}

function isKnown(name: string): boolean {
  if (isOfTls13(name)) return true;
  return Object.hasOwn(openSslNames, name) && isAvailable(openSslNames[name] ?? '');
}

const isAvailable = (openSslName: string): boolean =>
  getCiphers().includes(openSslName.toLowerCase());

const knownSuites = (): string[] => [...Object.keys(openSslNames).filter(isKnown), ...TLS13_SUITES];
