/** An authority, and members' certificates signed by it, made by openssl in a temporary directory. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** PEM texts. */
export interface Certificates {
  readonly ca: Buffer;
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** A certificate for loopback, for a server and a client, from an authority of its own. */
export function createCertificates(): Certificates {
  const directory = mkdtempSync(join(tmpdir(), 'peer-tls-'));
  const file = (name: string): string => join(directory, name);
  const openssl = (...args: readonly string[]): void =>
    void execFileSync('openssl', args, { stdio: 'ignore' });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  try {
    writeFileSync(file('names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
    openssl(
      ...['req', '-x509', '-days', '2', ...newKey, '-subj', '/CN=peer authority'],
      ...['-keyout', file('ca.key'), '-out', file('ca.pem')],
    );
    openssl(
      ...['req', ...newKey, '-subj', '/CN=peer', '-keyout', file('key'), '-out', file('request')],
    );
    openssl(
      ...['x509', '-req', '-days', '2', '-in', file('request'), '-extfile', file('names')],
      ...['-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-CAcreateserial', '-out', file('cert')],
    );
    return {
      ca: readFileSync(file('ca.pem')),
      cert: readFileSync(file('cert')),
      key: readFileSync(file('key')),
    };
  } finally {
    rmSync(directory, { recursive: true });
  }
}
