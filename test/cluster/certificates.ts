/** An authority, and what it signs for members: both ends of a connection between peers show it. Made by openssl. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface CertificateFiles {
  readonly authority: string;
  readonly cert: string;
  readonly key: string;
}

const EXTENSIONS = `basicConstraints=CA:FALSE
subjectAltName=DNS:localhost,IP:127.0.0.1
extendedKeyUsage=serverAuth,clientAuth
`;

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Writes an authority of that name, and one certificate of its own, below `directory`. */
export function makeCertificates(directory: string, authorityName: string): CertificateFiles {
  mkdirSync(directory, { recursive: true });
  const file = (name: string): string => join(directory, `${authorityName}-${name}`);
  const [authority, authorityKey] = [file('ca.pem'), file('ca-key.pem')];
  const [cert, key, request, extensions] = [
    file('cert.pem'),
    file('key.pem'),
    file('request.pem'),
    file('extensions'),
  ];
  writeFileSync(extensions, EXTENSIONS);
  const subject = (name: string): string[] => ['-subj', `/CN=${name}`];
  openssl([
    'req',
    '-x509',
    '-days',
    '2',
    ...NEW_KEY,
    '-keyout',
    authorityKey,
    '-out',
    authority,
    ...subject(authorityName),
  ]);
  openssl(['req', ...NEW_KEY, '-keyout', key, '-out', request, ...subject('member')]);
  openssl([
    ...[
      'x509',
      '-req',
      '-in',
      request,
      '-CA',
      authority,
      '-CAkey',
      authorityKey,
      '-CAcreateserial',
    ],
    ...['-days', '2', '-out', cert, '-extfile', extensions],
  ]);
  return { authority, cert, key };
}

function openssl(parameters: readonly string[]): void {
  execFileSync('openssl', parameters, { stdio: 'ignore' });
}
