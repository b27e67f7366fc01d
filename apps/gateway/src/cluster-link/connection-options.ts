/** How the gateway reaches its cluster. */
import { readFileSync } from 'node:fs';
import type { ClientOptions, TlsOptions } from '@concord/client';
import { OptionsError } from '../options/command-line.ts';
import type { GatewayOptions } from '../options/options.ts';

/** Token of the options in Nest's container: for connections beside the shared one. */
export const CONNECTION_OPTIONS: unique symbol = Symbol('concord.gateway.connection-options');

/** @param ownToken - signs the gateway in; asked again whenever the cluster has forgotten the token */
export const connectionOptions = (
  options: GatewayOptions,
  ownToken: () => Promise<string>,
): ClientOptions => {
  const tls = tlsOptions(options);
  return {
    endpoints: options.endpoints,
    // A person waits: better the last known answer after three seconds than a new one after ten.
    timeout: '3s',
    app: { name: 'concord-gateway' },
    credentials: { token: ownToken },
    ...(tls !== undefined && { tls }),
  };
};

/** @throws OptionsError for files that cannot be read */
export function tlsOptions({ ca, cert, key }: GatewayOptions): TlsOptions | undefined {
  if (ca === undefined && cert === undefined && key === undefined) return undefined;
  return {
    ...(ca !== undefined && { ca: contentOf('--ca', ca) }),
    ...(cert !== undefined && { cert: contentOf('--cert', cert) }),
    ...(key !== undefined && { key: contentOf('--key', key) }),
  };
}

function contentOf(flag: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new OptionsError(`${flag}: ${path} cannot be read: ${(error as Error).message}`);
  }
}
