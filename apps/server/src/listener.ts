/** Opens one address for clients: gRPC and HTTP share the port, with TLS where the URL says https. */
import { readFileSync } from 'node:fs';
import type { GrpcServer } from '@concord/grpc-server';
import type { Address } from './config/address.ts';
import { ConfigurationError } from './config/command-line.ts';
import type { FlagValues } from './config/flags.ts';

export interface TlsFiles {
  readonly cert: Buffer;
  readonly key: Buffer;
  readonly ca?: Buffer;
  readonly requestCert: boolean;
  readonly rejectUnauthorized: boolean;
}

/** Reads what `https` addresses need; undefined when there is none. Throws `ConfigurationError`. */
export function readTlsFiles(values: FlagValues): TlsFiles | undefined {
  const secure = values['listen-client-urls'].find(
    ({ scheme }) => scheme === 'https' || scheme === 'unixs',
  );
  if (secure === undefined) return undefined;
  if (values['cert-file'] === '' || values['key-file'] === '') {
    throw new ConfigurationError(
      `TLS key/cert (--cert-file, --key-file) must be provided for client url ${secure.text} with HTTPS scheme`,
    );
  }
  const asksForCertificate = values['client-cert-auth'];
  return {
    cert: readFlagFile(values, 'cert-file'),
    key: readFlagFile(values, 'key-file'),
    ...(values['trusted-ca-file'] !== '' && { ca: readFlagFile(values, 'trusted-ca-file') }),
    requestCert: asksForCertificate,
    rejectUnauthorized: asksForCertificate,
  };
}

function readFlagFile(
  values: FlagValues,
  flag: 'cert-file' | 'key-file' | 'trusted-ca-file',
): Buffer {
  try {
    return readFileSync(values[flag]);
  } catch (error) {
    throw new ConfigurationError(
      `--${flag} ${values[flag]}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/**
 * Answers the `host:port` or path where it listens. Throws `ConfigurationError` where the address cannot be had,
 * and says whose it may be.
 */
export async function listen(server: GrpcServer, address: Address): Promise<string> {
  const { scheme, host, port } = address;
  try {
    const bound = await server.listen(scheme.startsWith('unix') ? { path: host } : { host, port });
    return typeof bound === 'string' ? bound : `${host}:${bound.port}`;
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    const hint =
      error.code === 'EADDRINUSE'
        ? 'another process listens there: stop it, or choose another port with --listen-client-urls'
        : 'check --listen-client-urls';
    throw new ConfigurationError(`cannot listen on ${address.text}: ${error.message}; ${hint}`);
  }
}
