/** TLS towards the clients, from `--cert-file` and what goes with it, or with a certificate that is made for it. */
import { join, resolve } from 'node:path';
import { checkVersions } from '../../config/tls-rules.ts';
import { ConfigurationError } from '../../config/command-line.ts';
import type { Log } from '../../log.ts';
import { CertificateExpiry } from '../../tls/certificate-expiry.ts';
import { ciphersOption } from '../../tls/cipher-suites.ts';
import { PortSecurity } from '../../tls/port-security.ts';
import { versionRange } from '../../tls/protocol-versions.ts';
import { RefusalLog } from '../../tls/refusal-log.ts';
import { ensureSelfSigned, type SelfSignedRequest } from '../../tls/self-signed-certificate.ts';
import { TlsFiles, type TlsFileNames } from '../../tls/tls-files.ts';
import type { GrpcProxyValues } from './flags.ts';
import { assertPair, namedFiles } from './tls-file-names.ts';

export interface ListenTls {
  /** Whether the listening address is served with TLS. */
  readonly isServed: boolean;
  readonly security: PortSecurity;
  close(): void;
}

const FILES = {
  cert: 'cert-file',
  key: 'key-file',
  ca: 'trusted-ca-file',
  crl: 'client-crl-file',
} as const;

/** Throws `ConfigurationError`, naming the flag, the file and what is wrong. @param host where clients connect */
export async function openListenTls(
  values: GrpcProxyValues,
  host: string,
  log: Log,
): Promise<ListenTls> {
  checkVersions(values, 'listen-cipher-suites', values['listen-cipher-suites']);
  const given = namedFiles(values, FILES);
  assertPair(given, FILES);
  const selfSigned = selfSignedRequest(values, given, host, log);
  const names = selfSigned === undefined ? given : { ...given, ...(await made(selfSigned)) };
  const isServed = names.cert !== undefined;
  if (!isServed) assertNothingElse(values);
  const files = new TlsFiles(names, log);
  const security = new PortSecurity({
    endpoint: 'client',
    files,
    policy: { allowedCommonNames: [], allowedHostNames: [], checksSourceAddress: false },
    versions: versionRange(values['tls-min-version'], values['tls-max-version']),
    ciphers: ciphersOption(values['listen-cipher-suites']),
    // As etcd: whoever names authorities wants clients that they vouch for.
    requiresClientCertificate: values['client-cert-auth'] || names.ca !== undefined,
    isSelfSigned: selfSigned !== undefined,
    refusals: new RefusalLog('client', log, () => performance.now()),
  });
  const expiry = new CertificateExpiry({
    log,
    materials: () => [files.current()],
    renew: async () => {
      if (selfSigned !== undefined) await ensureSelfSigned(selfSigned);
    },
  });
  return { isServed, security, close: () => expiry.close() };
}

function selfSignedRequest(
  values: GrpcProxyValues,
  given: TlsFileNames,
  host: string,
  log: Log,
): SelfSignedRequest | undefined {
  if (!values['auto-tls']) return undefined;
  const validityYears = values['self-signed-cert-validity'];
  if (validityYears === 0) {
    throw new ConfigurationError(
      'selfSignedCertValidity is invalid,it should be greater than 0: --self-signed-cert-validity 0',
    );
  }
  if (given.cert !== undefined) return undefined;
  const directory = resolve(join(values['data-dir'], 'fixtures', 'proxy'));
  return { directory, hosts: [host], validityYears, log };
}

async function made(request: SelfSignedRequest): Promise<TlsFileNames> {
  const { cert, key } = await ensureSelfSigned(request);
  return { cert: { flag: 'auto-tls', path: cert }, key: { flag: 'auto-tls', path: key } };
}

/** Rules about certificates on a port without TLS would keep nobody out. */
function assertNothingElse(values: GrpcProxyValues): void {
  for (const flag of ['trusted-ca-file', 'client-crl-file', 'client-cert-auth'] as const) {
    if (values[flag] === '' || values[flag] === false) continue;
    throw new ConfigurationError(
      `--${flag} ${String(values[flag])} asks clients for certificates, which takes TLS: give --cert-file and ` +
        '--key-file too, or --auto-tls',
    );
  }
}
