/** TLS towards the cluster, from `--cert`, `--key`, `--cacert` and `--insecure-skip-tls-verify`. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigurationError } from '../../config/command-line.ts';
import type { Log } from '../../log.ts';
import { commonNameOf } from '../../tls/certificate-names.ts';
import { PortSecurity } from '../../tls/port-security.ts';
import { versionRange } from '../../tls/protocol-versions.ts';
import { RefusalLog } from '../../tls/refusal-log.ts';
import { TlsFiles } from '../../tls/tls-files.ts';
import type { GrpcProxyValues } from './flags.ts';
import { assertPair, namedFiles } from './tls-file-names.ts';

export interface ClusterTls {
  /** Whether endpoints without a scheme are spoken to with TLS. */
  readonly isWanted: boolean;
  readonly security: PortSecurity;
}

const FILES = { cert: 'cert', key: 'key', ca: 'cacert' } as const;

/** Throws `ConfigurationError`, naming the flag, the file and what is wrong. */
export function openClusterTls(values: GrpcProxyValues, log: Log): ClusterTls {
  const names = namedFiles(values, FILES);
  assertPair(names, FILES);
  const isUnchecked = values['insecure-skip-tls-verify'];
  if (isUnchecked) {
    log.warn(
      '--insecure-skip-tls-verify was given, this grpc proxy process skips authentication of etcd server TLS ' +
        'certificates. This option should be enabled only for testing purposes.',
    );
  }
  const files = new TlsFiles(names, log);
  if (names.cert !== undefined) assertNameless(names.cert.path);
  const security = new PortSecurity({
    endpoint: 'client',
    files,
    policy: { allowedCommonNames: [], allowedHostNames: [], checksSourceAddress: false },
    versions: versionRange('', ''),
    ciphers: undefined,
    requiresClientCertificate: false,
    isSelfSigned: isUnchecked,
    refusals: new RefusalLog('client', log, () => performance.now()),
  });
  return { isWanted: isUnchecked || Object.keys(names).length > 0, security };
}

/** A member takes the common name of a certificate for a user: then every client of the proxy would be this user. */
function assertNameless(path: string): void {
  const name = commonNameOf(new X509Certificate(readFileSync(path)).toLegacyObject());
  if (name === '') return;
  throw new ConfigurationError(
    `cert has non empty Common Name (${name}): --cert ${path}; a cluster that knows users by their certificates would ` +
      'take every client of this proxy for that user: give it a certificate without a common name',
  );
}
