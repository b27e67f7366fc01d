/** The flags of TLS: for clients, for the other members, and what both have in common. */
import { parseCipherSuites } from '../tls/cipher-suites.ts';
import { tlsVersion } from '../tls/protocol-versions.ts';
import { integer, text, toggle, type Flag } from './flag.ts';

const file = (help: string): Flag<string> => text('Security', '', 'FILE', help);

/** Names separated by commas. */
const names = (value: string, help: string): Flag<readonly string[]> => ({
  group: 'Security',
  help,
  initial: '',
  value,
  parse: (given) =>
    given === ''
      ? []
      : given
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== ''),
});

/** Longer than anything lives; years beyond 2049 are written in another way, which all readers know. */
const VALIDITY_YEARS_MAX = 100;

export const securityFlags = {
  'cert-file': file('TLS certificate for clients (https URLs).'),
  'key-file': file('TLS key for clients.'),
  'client-cert-file': file(
    'Certificate that this member shows as a client of itself; --cert-file when not given.',
  ),
  'client-key-file': file('Key of that certificate; --key-file when not given.'),
  'trusted-ca-file': file(
    'Certificate authorities of clients; with it every client has to show a certificate.',
  ),
  'client-cert-auth': toggle('Security', false, 'Ask clients for a certificate and check it.'),
  'client-crl-file': file('Revocation list: certificates of clients that are no longer accepted.'),
  'client-cert-allowed-cn': names(
    'NAME[,…]',
    'Common names of client certificates that are let in; any when not given.',
  ),
  'client-cert-allowed-hostname': names(
    'HOST[,…]',
    'Hosts of which a client certificate has to name one; any when not given.',
  ),
  'auto-tls': toggle(
    'Security',
    false,
    'Serve clients with a self-signed certificate, made and kept in the data directory.',
  ),

  'peer-cert-file': file('TLS certificate for the other members.'),
  'peer-key-file': file('TLS key for the other members.'),
  'peer-client-cert-file': file(
    'Certificate shown when connecting to another member; --peer-cert-file when not given.',
  ),
  'peer-client-key-file': file('Key of that certificate; --peer-key-file when not given.'),
  'peer-trusted-ca-file': file(
    'Certificate authorities of the members; with it every member has to show a certificate.',
  ),
  'peer-client-cert-auth': toggle(
    'Security',
    false,
    'Ask the other members for a certificate and check it.',
  ),
  'peer-crl-file': file('Revocation list: certificates of members that are no longer accepted.'),
  'peer-cert-allowed-cn': names(
    'NAME[,…]',
    'Common names of member certificates that are accepted; any when not given.',
  ),
  'peer-cert-allowed-hostname': names(
    'HOST[,…]',
    'Hosts of which a member certificate has to name one; any when not given.',
  ),
  'peer-skip-client-san-verification': toggle(
    'Security',
    false,
    'Accept members that connect from an address that their certificate does not name.',
  ),
  'peer-auto-tls': toggle(
    'Security',
    false,
    'Serve the other members with a self-signed certificate; those of the others are not checked.',
  ),

  'self-signed-cert-validity': integer(
    'Security',
    1,
    'YEARS',
    'How long self-signed certificates are valid.',
    { min: 1, max: VALIDITY_YEARS_MAX },
  ),
  'cipher-suites': {
    group: 'Security',
    help: 'TLS 1.2 cipher suites, by their names in Go; a sound choice when not given.',
    initial: '',
    value: 'SUITE[,…]',
    parse: parseCipherSuites,
  } satisfies Flag<readonly string[]>,
  'tls-min-version': tlsVersion('TLS1.2', 'Oldest version of TLS that is spoken.'),
  'tls-max-version': tlsVersion('', 'Newest version of TLS that is spoken; TLS1.3 when not given.'),
} as const;
