/** Opens one address for clients: gRPC and HTTP share the port, with TLS where the URL says https. */
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { GrpcServer } from '@concord/grpc-server';
import type { Address } from './config/address.ts';
import { ConfigurationError } from './config/command-line.ts';
import type { FlagName, FlagValues } from './config/flags.ts';
import type { PeerTls } from './peer/peer-tls.ts';

export interface TlsFiles {
  readonly cert: Buffer;
  readonly key: Buffer;
  readonly ca?: Buffer;
  readonly requestCert: boolean;
  readonly rejectUnauthorized: boolean;
}

/**
 * What `https` between members needs; undefined without a certificate, which an `https` address to listen on does not
 * allow. Throws `ConfigurationError`.
 */
export function readPeerTls(values: FlagValues): PeerTls | undefined {
  if (values['peer-cert-file'] === '' || values['peer-key-file'] === '') {
    const secure = values['listen-peer-urls'].find(isSecure);
    if (secure === undefined) return undefined;
    throw new ConfigurationError(
      `TLS key/cert (--peer-cert-file, --peer-key-file) must be provided for peer url ${secure.text} with HTTPS scheme`,
    );
  }
  const hasOwnClient = values['peer-client-cert-file'] !== '';
  // As etcd: certificates of public authorities are issued for the domain, not for each host behind it.
  const isPublic = values['peer-trusted-ca-file'] === '' && values['discovery-srv'] !== '';
  return {
    cert: readFlagFile(values, 'peer-cert-file'),
    key: readFlagFile(values, 'peer-key-file'),
    ...(values['peer-trusted-ca-file'] !== '' && {
      ca: readFlagFile(values, 'peer-trusted-ca-file'),
    }),
    ...(hasOwnClient && {
      client: {
        cert: readFlagFile(values, 'peer-client-cert-file'),
        key: readFlagFile(values, 'peer-client-key-file'),
      },
    }),
    ...(isPublic && { serverName: values['discovery-srv'] }),
    requireClientCertificate: values['peer-client-cert-auth'],
  };
}

const isSecure = ({ scheme }: Address): boolean => scheme === 'https' || scheme === 'unixs';

/** Reads what `https` addresses need; undefined when there is none. Throws `ConfigurationError`. */
export function readTlsFiles(values: FlagValues): TlsFiles | undefined {
  const served = [...values['listen-client-urls'], ...values['listen-client-http-urls']];
  const secure = served.find(isSecure);
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

function readFlagFile(values: FlagValues, flag: Extract<FlagName, `${string}-file`>): Buffer {
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
export async function listen(
  server: GrpcServer,
  address: Address,
  flag = '--listen-client-urls',
): Promise<string> {
  const { scheme, host, port } = address;
  try {
    const bound = await server.listen(scheme.startsWith('unix') ? { path: host } : { host, port });
    return typeof bound === 'string' ? bound : `${host}:${bound.port}`;
  } catch (error) {
    throw explained(error, address, flag);
  }
}

/** Opens an address for plain HTTP alone. Throws as `listen` does. */
export async function listenHttp(server: Server, address: Address): Promise<Server> {
  const { scheme, host, port } = address;
  if (scheme !== 'http') {
    throw new ConfigurationError(
      `--listen-metrics-urls ${address.text}: this version serves metrics over http alone`,
    );
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(explained(error, address, '--listen-metrics-urls')));
    server.listen(port, host, resolve);
  });
  return server;
}

function explained(error: unknown, { text }: Address, flag: string): Error {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  const hint =
    error.code === 'EADDRINUSE'
      ? `another process listens there: stop it, or choose another port with ${flag}`
      : `check ${flag}`;
  return new ConfigurationError(`cannot listen on ${text}: ${error.message}; ${hint}`);
}
