/**
 * TLS of a whole member: the client port's and the peer port's, made from the flags when it starts, and whatever goes
 * on with them while it runs.
 */
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import type { Address } from '../config/address.ts';
import { ConfigurationError } from '../config/command-line.ts';
import type { FlagName, FlagValues } from '../config/flags.ts';
import type { Log } from '../log.ts';
import { CertificateExpiry } from './certificate-expiry.ts';
import { ciphersOption } from './cipher-suites.ts';
import { PortSecurity, type PortSecurityOptions } from './port-security.ts';
import { versionRange } from './protocol-versions.ts';
import { RefusalLog, type Endpoint } from './refusal-log.ts';
import { ensureSelfSigned, type SelfSignedRequest } from './self-signed-certificate.ts';
import { TlsFiles, type TlsFileName, type TlsFileNames, type TlsFileRole } from './tls-files.ts';

export interface TransportSecurityOptions {
  readonly values: FlagValues;
  /** Where self-signed certificates are kept. */
  readonly dataDirectory: string;
  readonly log: Log;
}

export class TransportSecurity {
  readonly client: PortSecurity;
  readonly peer: PortSecurity;
  readonly #expiry: CertificateExpiry;

  private constructor(client: PortSecurity, peer: PortSecurity, expiry: CertificateExpiry) {
    this.client = client;
    this.peer = peer;
    this.#expiry = expiry;
  }

  /** Throws `ConfigurationError`, naming the flag, the file and what is wrong. */
  static async open(options: TransportSecurityOptions): Promise<TransportSecurity> {
    const client = await openPort('client', options);
    const peer = await openPort('peer', options);
    const ports = [client, peer];
    const expiry = new CertificateExpiry({
      log: options.log,
      materials: () => ports.map(({ security }) => security.files.current()),
      renew: async () => {
        for (const { selfSigned } of ports) {
          if (selfSigned !== undefined) await ensureSelfSigned(selfSigned);
        }
      },
    });
    return new TransportSecurity(client.security, peer.security, expiry);
  }

  close(): void {
    this.#expiry.close();
  }
}

interface OpenedPort {
  readonly security: PortSecurity;
  /** How its certificate is made, where it is this member's own. */
  readonly selfSigned: SelfSignedRequest | undefined;
}

type FileFlag = Extract<FlagName, `${string}-file`>;
type FileFlags = Readonly<Record<TlsFileRole, FileFlag>>;

interface PortFlags {
  readonly auto: FlagName;
  readonly authentication: FlagName;
  readonly commonNames: FlagName;
  readonly hostNames: FlagName;
  readonly files: FileFlags;
}

/** The flags of both ports, by what they mean. */
const portFlags = {
  client: {
    auto: 'auto-tls',
    authentication: 'client-cert-auth',
    commonNames: 'client-cert-allowed-cn',
    hostNames: 'client-cert-allowed-hostname',
    files: {
      cert: 'cert-file',
      key: 'key-file',
      clientCert: 'client-cert-file',
      clientKey: 'client-key-file',
      ca: 'trusted-ca-file',
      crl: 'client-crl-file',
    },
  },
  peer: {
    auto: 'peer-auto-tls',
    authentication: 'peer-client-cert-auth',
    commonNames: 'peer-cert-allowed-cn',
    hostNames: 'peer-cert-allowed-hostname',
    files: {
      cert: 'peer-cert-file',
      key: 'peer-key-file',
      clientCert: 'peer-client-cert-file',
      clientKey: 'peer-client-key-file',
      ca: 'peer-trusted-ca-file',
      crl: 'peer-crl-file',
    },
  },
} as const satisfies Record<Endpoint, PortFlags>;

async function openPort(
  endpoint: Endpoint,
  { values, dataDirectory, log }: TransportSecurityOptions,
): Promise<OpenedPort> {
  const flags = portFlags[endpoint];
  const given = givenFiles(values, flags.files);
  const secure = secureUrls(endpoint, values);
  const hasOwn = given.cert !== undefined || given.key !== undefined;
  const selfSigned =
    values[flags.auto] && !hasOwn && secure.length > 0
      ? selfSignedRequest(endpoint, values, dataDirectory, log)
      : undefined;
  const names =
    selfSigned === undefined ? given : await withSelfSigned(endpoint, given, selfSigned);
  assertPairs(endpoint, names);
  const isPublic = endpoint === 'peer' && given.ca === undefined && values['discovery-srv'] !== '';
  const security = new PortSecurity({
    endpoint,
    files: new TlsFiles(names, log),
    policy: {
      allowedCommonNames: values[flags.commonNames],
      allowedHostNames: values[flags.hostNames],
      checksSourceAddress: endpoint === 'peer' && !values['peer-skip-client-san-verification'],
    },
    versions: versionRange(values['tls-min-version'], values['tls-max-version']),
    ciphers: ciphersOption(values['cipher-suites']),
    // As etcd: whoever names authorities wants clients that they vouch for.
    requiresClientCertificate: values[flags.authentication] || given.ca !== undefined,
    isSelfSigned: selfSigned !== undefined,
    // As etcd: certificates of public authorities are issued for the domain, not for each host behind it.
    ...(isPublic && { serverName: values['discovery-srv'] }),
    ...(endpoint === 'peer' && dialsFrom(values)),
    refusals: new RefusalLog(endpoint, log, () => performance.now()),
  });
  const [first] = secure;
  if (first !== undefined && !security.hasCertificate) throw missingCertificate(endpoint, first);
  return { security, selfSigned };
}

/** A machine with several addresses may dial from one that its certificate does not name, and is turned away then. */
function dialsFrom(values: FlagValues): Partial<PortSecurityOptions> {
  if (values['feature-gates'].get('SetMemberLocalAddr') !== true) return {};
  const own = values['initial-advertise-peer-urls'].find(
    ({ host }) => isIP(host) !== 0 && !/^(?:127\.|0\.0\.0\.0$|::1?$)/.test(host),
  );
  return own === undefined ? {} : { localAddress: own.host };
}

function givenFiles(values: FlagValues, flags: FileFlags): TlsFileNames {
  const entries = (Object.entries(flags) as [TlsFileRole, FileFlag][])
    .map(([role, flag]) => [role, { flag, path: values[flag] }] as const)
    .filter(([, { path }]) => path !== '');
  return Object.fromEntries(entries);
}

async function withSelfSigned(
  endpoint: Endpoint,
  given: TlsFileNames,
  request: SelfSignedRequest,
): Promise<TlsFileNames> {
  const { cert, key } = await ensureSelfSigned(request);
  const flag = portFlags[endpoint].auto;
  // Made for a server, so it is not what this member shows as a client where another one is given.
  return { ...given, cert: { flag, path: cert }, key: { flag, path: key } };
}

function selfSignedRequest(
  endpoint: Endpoint,
  values: FlagValues,
  dataDirectory: string,
  log: Log,
): SelfSignedRequest {
  return {
    directory: resolve(join(dataDirectory, 'fixtures', endpoint)),
    hosts: listeningAddresses(endpoint, values)
      .filter(({ scheme }) => !scheme.startsWith('unix'))
      .map(({ host }) => host),
    validityYears: values['self-signed-cert-validity'],
    log,
  };
}

/** Those that a certificate of this member's own is made for. */
const listeningAddresses = (endpoint: Endpoint, values: FlagValues): readonly Address[] =>
  endpoint === 'peer'
    ? values['listen-peer-urls']
    : [...values['listen-client-urls'], ...values['listen-client-http-urls']];

/** Half of a pair is a mistake, and not a port without TLS. */
function assertPairs(endpoint: Endpoint, names: TlsFileNames): void {
  const { files } = portFlags[endpoint];
  for (const [cert, key] of [
    ['cert', 'key'],
    ['clientCert', 'clientKey'],
  ] as const) {
    const [present, missing] = names[cert] === undefined ? [key, cert] : [cert, key];
    const name: TlsFileName | undefined = names[present];
    if (name === undefined || names[missing] !== undefined) continue;
    throw new ConfigurationError(
      `--${name.flag} ${name.path} and --${files[missing]} belong together: ` +
        `--${files[missing]} is missing`,
    );
  }
}

export const isSecure = ({ scheme }: Address): boolean => scheme === 'https' || scheme === 'unixs';

interface SecureUrl {
  /** As etcd's message has it: `client url`, `metrics secure url`. */
  readonly of: string;
  readonly text: string;
}

const METRICS = 'metrics secure url';

/** Metrics are served with the certificate of the client port. */
function secureUrls(endpoint: Endpoint, values: FlagValues): readonly SecureUrl[] {
  const urls = (of: string, addresses: readonly Address[]): SecureUrl[] =>
    addresses.filter(isSecure).map(({ text }) => ({ of, text }));
  if (endpoint === 'peer') return urls('peer url', values['listen-peer-urls']);
  return [
    ...urls('client url', values['listen-client-urls']),
    ...urls('client url', values['listen-client-http-urls']),
    ...urls(METRICS, values['listen-metrics-urls']),
  ];
}

function missingCertificate(endpoint: Endpoint, { of, text }: SecureUrl): ConfigurationError {
  const { files, auto } = portFlags[endpoint];
  // In etcd's words, by which others know it.
  const whose = of === METRICS ? 'client TLS' : 'TLS';
  return new ConfigurationError(
    `${whose} key/cert (--${files.cert}, --${files.key}) must be provided for ${of} ${text} with HTTPS scheme; ` +
      `or let this member make its own with --${auto}`,
  );
}
