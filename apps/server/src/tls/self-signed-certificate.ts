/**
 * `--auto-tls` and `--peer-auto-tls`: a certificate that nobody vouches for, so connections are secret, and whoever is
 * at the other end is not known. Kept where etcd keeps its own, `fixtures/client` and `fixtures/peer` in the data
 * directory, and used again until it expires.
 */
import { randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import type { Log } from '../log.ts';

export interface SelfSignedRequest {
  /** `fixtures/client` or `fixtures/peer`; made where it is missing. */
  readonly directory: string;
  /** Host names and IPs that it is for. */
  readonly hosts: readonly string[];
  readonly validityYears: number;
  readonly log: Log;
}

export interface SelfSignedFiles {
  readonly cert: string;
  readonly key: string;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
/** As Go counts them. */
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/** The pair in `directory`, after making a new one where there is none that is good now. */
export async function ensureSelfSigned(request: SelfSignedRequest): Promise<SelfSignedFiles> {
  const { directory, log } = request;
  const files = { cert: join(directory, 'cert.pem'), key: join(directory, 'key.pem') };
  const flaw = flawOf(files);
  if (flaw === undefined) return files;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const { cert, key, notAfter } = await create(request);
  // The key first: a certificate without its key is found and replaced at the next start.
  writeOwn(files.key, key);
  writeOwn(files.cert, cert);
  log.warn(
    { file: files.cert, reason: flaw, 'certificate-validity-bound-not-after': notAfter },
    'automatically generate certificates: nobody vouches for a self-signed one, so clients cannot tell this member ' +
      'from an impostor',
  );
  return files;
}

/** Why the pair cannot be used any more. */
function flawOf({ cert, key }: SelfSignedFiles): string | undefined {
  let certificate: X509Certificate;
  try {
    readFileSync(key);
    certificate = new X509Certificate(readFileSync(cert));
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isMissing ? 'there is none yet' : 'the one there is cannot be read';
  }
  return certificate.validToDate.getTime() > Date.now()
    ? undefined
    : 'the one there is has expired';
}

async function create({
  hosts,
  validityYears,
}: SelfSignedRequest): Promise<{ cert: string; key: string; notAfter: string }> {
  // Large, and wanted here alone. It does not load without the first.
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const notBefore = new Date();
  const notAfter = new Date(notBefore.getTime() + validityYears * YEAR_MS);
  const names = [...new Set(hosts)]
    .filter((host) => host !== '')
    .map((value) => ({ type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const), value }));
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ O: ['concord'] }],
    keys,
    signingAlgorithm: ALGORITHM,
    notBefore,
    notAfter,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyCertSign,
        true,
      ),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      ...(names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names)] : []),
    ],
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  const lines = pkcs8.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    cert: `${certificate.toString('pem')}\n`,
    key: `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`,
    notAfter: notAfter.toISOString(),
  };
}

/** 126 random bits, in a positive number of always the same length. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0]! & 0x3f) | 0x40;
  return bytes.toString('hex');
}

/** As a whole or not at all, and for its owner alone. */
function writeOwn(path: string, content: string): void {
  const unfinished = `${path}.tmp`;
  writeFileSync(unfinished, content, { mode: 0o600 });
  chmodSync(unfinished, 0o600);
  renameSync(unfinished, path);
}
