/** The flags that name TLS files: for clients, and for the other members. */
import { text, toggle } from './flag.ts';

export const securityFlags = {
  'cert-file': text('Security', '', 'FILE', 'TLS certificate for clients (https URLs).'),
  'key-file': text('Security', '', 'FILE', 'TLS key for clients.'),
  'trusted-ca-file': text(
    'Security',
    '',
    'FILE',
    'Certificate authority that client certificates are checked against.',
  ),
  'client-cert-auth': toggle('Security', false, 'Ask clients for a certificate and check it.'),

  'peer-cert-file': text('Security', '', 'FILE', 'TLS certificate for the other members.'),
  'peer-key-file': text('Security', '', 'FILE', 'TLS key for the other members.'),
  'peer-trusted-ca-file': text(
    'Security',
    '',
    'FILE',
    "Certificate authority that the members' certificates are checked against.",
  ),
  'peer-client-cert-auth': toggle(
    'Security',
    false,
    'Ask the other members for a certificate and check it.',
  ),
  'peer-client-cert-file': text(
    'Security',
    '',
    'FILE',
    'Certificate shown when connecting to another member; --peer-cert-file when not given.',
  ),
  'peer-client-key-file': text(
    'Security',
    '',
    'FILE',
    'Key of that certificate; --peer-key-file when not given.',
  ),
} as const;
