/**
 * The files of one port's TLS: certificates, keys, authorities and a revocation list, read again for the next
 * connection when one of them has changed on disk. A file is compared by its times, size and inode, so a rename and a
 * changed symbolic link count too.
 *
 * Invariant: what is in use was read as a whole and fits together. Files that do not are told of once, and what was in
 * use stays in use until they do.
 */
import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { ConfigurationError } from '../config/command-line.ts';
import type { Log } from '../log.ts';
import { RevocationList } from './revocation-list.ts';

/** What a file is for. `clientCert` is shown to others instead of `cert`. */
export type TlsFileRole = 'cert' | 'key' | 'clientCert' | 'clientKey' | 'ca' | 'crl';

export interface TlsFileName {
  /** Without the dashes. */
  readonly flag: string;
  readonly path: string;
}

/** Those that were given. */
export type TlsFileNames = Readonly<Partial<Record<TlsFileRole, TlsFileName>>>;

export interface TlsMaterial {
  readonly cert?: Buffer;
  readonly key?: Buffer;
  readonly clientCert?: Buffer;
  readonly clientKey?: Buffer;
  readonly ca?: Buffer;
  readonly revoked: RevocationList | undefined;
  /** In the file of the authorities. */
  readonly authorities: readonly X509Certificate[];
  /** Everything in the files that ends one day. */
  readonly terms: readonly Term[];
}

/** From when to when a file's content is good. */
export interface Term {
  readonly file: TlsFileName;
  readonly what: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
/** Whose key it is may read it, and nobody else. */
const KEY_MODE_MAX = 0o600;
/** A list of some hundred thousand certificates; it is read within one turn of the event loop. */
const FILE_BYTES_MAX = 8 * 1024 * 1024;

export class TlsFiles {
  readonly names: TlsFileNames;
  readonly #log: Log;
  #material: TlsMaterial;
  /** What the files looked like when they were read last, whatever came of it. */
  #seen: string;
  #generation = 1;

  /** Throws `ConfigurationError`, naming the flag, the file and what is wrong with it. */
  constructor(names: TlsFileNames, log: Log) {
    this.names = names;
    this.#log = log;
    this.#seen = fingerprint(names);
    this.#material = this.#read();
  }

  /** Grows with every change that was taken over. */
  get generation(): number {
    return this.#generation;
  }

  /** What is in use, after a look at the files. */
  current(): TlsMaterial {
    const seen = fingerprint(this.names);
    if (seen === this.#seen) return this.#material;
    this.#seen = seen;
    const before = this.#material;
    try {
      this.#material = this.#read();
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      this.#log.error(
        { error: error.message, remedy: 'put the right file in its place; no restart is needed' },
        'changed TLS files are not usable: the ones from before stay in use',
      );
      return before;
    }
    this.#generation++;
    this.#log.info(describe(this.#material), 'changed TLS files are in use from now on');
    return this.#material;
  }

  #read(): TlsMaterial {
    const { names } = this;
    // Each file is read once: what is checked is what is used.
    const contents: Partial<Record<TlsFileRole, Buffer>> = {};
    for (const [role, name] of Object.entries(names) as [TlsFileRole, TlsFileName][]) {
      contents[role] = readBytes(name);
    }
    const { crl, ...used } = contents;
    const authorities =
      names.ca === undefined || used.ca === undefined ? [] : certificatesIn(names.ca, used.ca);
    const revoked = crl === undefined ? undefined : this.#parseRevocationList(crl);
    return {
      ...used,
      revoked,
      authorities,
      terms: [
        ...this.#checkPair('cert', 'key', contents),
        ...this.#checkPair('clientCert', 'clientKey', contents),
        ...(names.ca === undefined ? [] : termsOf(names.ca, authorities)),
        ...revocationTerms(names.crl, revoked),
      ],
    };
  }

  #checkPair(
    certRole: 'cert' | 'clientCert',
    keyRole: 'key' | 'clientKey',
    contents: Readonly<Partial<Record<TlsFileRole, Buffer>>>,
  ): readonly Term[] {
    const { [certRole]: certName, [keyRole]: keyName } = this.names;
    const { [certRole]: cert, [keyRole]: key, ca } = contents;
    if (certName === undefined || keyName === undefined) return [];
    if (cert === undefined || key === undefined) return [];
    const certificates = certificatesIn(certName, cert);
    const privateKey = parseKey(keyName, key);
    this.#checkMode(keyName);
    if (certificates[0]?.checkPrivateKey(privateKey) !== true) {
      throw new ConfigurationError(
        `--${keyName.flag} ${keyName.path} is not the key of the certificate --${certName.flag} ` +
          `${certName.path}; give the two that were made together`,
      );
    }
    try {
      createSecureContext({ cert, key, ...(ca !== undefined && { ca }) });
    } catch (error) {
      throw unusable(certName, 'cannot be served', error);
    }
    return termsOf(certName, certificates);
  }

  #checkMode({ flag, path }: TlsFileName): void {
    if (process.platform === 'win32') return;
    const mode = statSync(path).mode & 0o777;
    if ((mode & ~KEY_MODE_MAX) === 0) return;
    const octal = `0${mode.toString(8)}`;
    this.#log.warn(
      { file: path, mode: octal, remedy: `chmod 0600 ${path}` },
      `the private key of --${flag} can be used by others than its owner`,
    );
  }

  #parseRevocationList(bytes: Buffer): RevocationList | undefined {
    const { crl } = this.names;
    if (crl === undefined) return undefined;
    try {
      return RevocationList.parse(bytes);
    } catch (error) {
      throw unusable(crl, 'is no certificate revocation list', error);
    }
  }
}

function revocationTerms(
  file: TlsFileName | undefined,
  list: RevocationList | undefined,
): readonly Term[] {
  if (file === undefined || list?.term === undefined) return [];
  const { thisUpdate: notBefore, nextUpdate: notAfter } = list.term;
  return [{ file, what: `list of ${list.size} revoked`, notBefore, notAfter }];
}

function describe({ terms }: TlsMaterial): Record<string, string> {
  return Object.fromEntries(
    terms.map(({ file, what, notAfter }) => [
      file.flag,
      `${what}, until ${notAfter.toISOString()}`,
    ]),
  );
}

/** What tells that a file has changed; that it is not there, or out of reach, is a state like others. */
const fingerprint = (names: TlsFileNames): string =>
  Object.values(names)
    .map(({ path }) => stateOf(path))
    .join();

function stateOf(path: string): string {
  try {
    const { ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
    return `${ino}/${size}/${mtimeNs}/${ctimeNs}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function readBytes(name: TlsFileName): Buffer {
  try {
    const { size } = statSync(name.path);
    if (size > FILE_BYTES_MAX) throw new Error(`it has ${size} bytes, more than ${FILE_BYTES_MAX}`);
    return readFileSync(name.path);
  } catch (error) {
    throw unusable(name, 'cannot be read', error);
  }
}

function parseKey(name: TlsFileName, bytes: Buffer): KeyObject {
  if (/ENCRYPTED/.test(bytes.toString('latin1'))) {
    throw new ConfigurationError(
      `--${name.flag} ${name.path} is a private key with a passphrase; decrypt it, with mode 0600`,
    );
  }
  try {
    return createPrivateKey(bytes);
  } catch (error) {
    throw unusable(name, 'is no private key in PEM', error);
  }
}

function certificatesIn(name: TlsFileName, bytes: Buffer): readonly X509Certificate[] {
  const blocks = bytes.toString('latin1').match(CERTIFICATE) ?? [];
  if (blocks.length === 0) {
    throw new ConfigurationError(
      `--${name.flag} ${name.path} holds no certificate; expected PEM, with BEGIN CERTIFICATE`,
    );
  }
  try {
    return blocks.map((block) => new X509Certificate(block));
  } catch (error) {
    throw unusable(name, 'holds a broken certificate', error);
  }
}

function termsOf(file: TlsFileName, certificates: readonly X509Certificate[]): readonly Term[] {
  return certificates.map(({ subject, validFromDate, validToDate }) => ({
    file,
    what: `certificate of ${((subject as string | undefined) ?? 'nobody').replaceAll('\n', ', ')}`,
    notBefore: validFromDate,
    notAfter: validToDate,
  }));
}

function unusable({ flag, path }: TlsFileName, what: string, error: unknown): ConfigurationError {
  const reason = error instanceof Error ? error.message : String(error);
  return new ConfigurationError(`--${flag} ${path} ${what}: ${reason}`);
}
