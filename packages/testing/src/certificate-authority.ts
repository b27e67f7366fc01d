/**
 * A certificate authority for tests: it issues certificates for servers and clients, intermediate authorities and
 * revocation lists, in memory and within milliseconds. Not for production: its key is never stored.
 */
import { randomBytes, webcrypto } from 'node:crypto';
import 'reflect-metadata'; // the library below does not load without it
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
  X509CrlGenerator,
  type Extension,
  type X509Certificate,
} from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;
/** Clocks of machines differ a little. */
const BACKDATED_MS = 60_000;

/** What a certificate says; by default one for loopback that both a server and a client may show. */
export interface CertificateRequest {
  /** Default `test`. */
  readonly commonName?: string;
  /** Default `localhost`. */
  readonly dnsNames?: readonly string[];
  /** Default `127.0.0.1`. */
  readonly ipAddresses?: readonly string[];
  /** Default: both. Empty: the certificate does not say. */
  readonly usages?: readonly ('server' | 'client')[];
  /** Default: a minute ago. */
  readonly notBefore?: Date;
  /** Default: in a day. */
  readonly notAfter?: Date;
}

export interface IssuedCertificate {
  /** PEM, followed by the authorities between it and the root. */
  readonly cert: string;
  /** PEM, PKCS#8. */
  readonly key: string;
  /** Hexadecimal. */
  readonly serialNumber: string;
}

export class CertificateAuthority {
  /** PEM: what those trust who accept its certificates. */
  readonly certificate: string;
  readonly #certificate: X509Certificate;
  readonly #keys: webcrypto.CryptoKeyPair;
  /** Authorities that have to be shown between a certificate and the root. */
  readonly #chain: readonly string[];

  private constructor(
    certificate: X509Certificate,
    keys: webcrypto.CryptoKeyPair,
    chain: readonly string[] = [],
  ) {
    this.#certificate = certificate;
    this.#keys = keys;
    this.#chain = chain;
    this.certificate = `${certificate.toString('pem')}\n`;
  }

  /** A root of its own. */
  static async create(commonName = 'test authority'): Promise<CertificateAuthority> {
    const keys = await generateKeys();
    const certificate = await X509CertificateGenerator.createSelfSigned({
      serialNumber: randomSerialNumber(),
      name: [{ CN: [commonName] }],
      keys,
      signingAlgorithm: ALGORITHM,
      ...validity({}),
      extensions: authorityExtensions(),
    });
    return new CertificateAuthority(certificate, keys);
  }

  /** An authority below this one; its certificates come with its own. */
  async createIntermediate(commonName: string): Promise<CertificateAuthority> {
    const keys = await generateKeys();
    const certificate = await this.#sign(commonName, keys, {}, authorityExtensions());
    return new CertificateAuthority(certificate, keys, [
      certificate.toString('pem'),
      ...this.#chain,
    ]);
  }

  async issue(request: CertificateRequest = {}): Promise<IssuedCertificate> {
    const { commonName = 'test', dnsNames = ['localhost'], ipAddresses = ['127.0.0.1'] } = request;
    const keys = await generateKeys();
    const names = [
      ...dnsNames.map((value) => ({ type: 'dns' as const, value })),
      ...ipAddresses.map((value) => ({ type: 'ip' as const, value })),
    ];
    const usages = (request.usages ?? ['server', 'client']).map((usage) =>
      usage === 'server' ? ExtendedKeyUsage.serverAuth : ExtendedKeyUsage.clientAuth,
    );
    const certificate = await this.#sign(commonName, keys, request, [
      new BasicConstraintsExtension(false),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      ...(usages.length > 0 ? [new ExtendedKeyUsageExtension(usages)] : []),
      ...(names.length > 0 ? [new SubjectAlternativeNameExtension(names)] : []),
    ]);
    const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
    return {
      cert: `${[certificate.toString('pem'), ...this.#chain].join('\n')}\n`,
      key: pem('PRIVATE KEY', key),
      serialNumber: certificate.serialNumber,
    };
  }

  /** DER of a list that revokes these. `nextUpdate`: default in a day. */
  async revoke(
    revoked: readonly Pick<IssuedCertificate, 'serialNumber'>[],
    { nextUpdate = new Date(Date.now() + DAY_MS) }: { readonly nextUpdate?: Date } = {},
  ): Promise<Buffer> {
    const list = await X509CrlGenerator.create({
      issuer: this.#certificate.subject,
      signingKey: this.#keys.privateKey,
      signingAlgorithm: ALGORITHM,
      thisUpdate: new Date(Date.now() - BACKDATED_MS),
      nextUpdate,
      entries: revoked.map(({ serialNumber }) => ({ serialNumber })),
    });
    return Buffer.from(list.rawData);
  }

  #sign(
    commonName: string,
    keys: webcrypto.CryptoKeyPair,
    request: CertificateRequest,
    extensions: readonly Extension[],
  ): Promise<X509Certificate> {
    return X509CertificateGenerator.create({
      serialNumber: randomSerialNumber(),
      subject: commonName === '' ? [] : [{ CN: [commonName] }],
      issuer: this.#certificate.subject,
      publicKey: keys.publicKey,
      signingKey: this.#keys.privateKey,
      signingAlgorithm: ALGORITHM,
      ...validity(request),
      extensions: [...extensions],
    });
  }
}

/** DER as text; a file may hold several one after the other. */
export function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

function validity({ notBefore, notAfter }: CertificateRequest): {
  notBefore: Date;
  notAfter: Date;
} {
  return {
    notBefore: notBefore ?? new Date(Date.now() - BACKDATED_MS),
    notAfter: notAfter ?? new Date(Date.now() + DAY_MS),
  };
}

const authorityExtensions = (): Extension[] => [
  new BasicConstraintsExtension(true, undefined, true),
  new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
];

/** 127 bits, positive. */
function randomSerialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return bytes.toString('hex');
}

const generateKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
