/** Opens one address, and says what to do where it cannot be had. */
import { once } from 'node:events';
import { unlinkSync } from 'node:fs';
import { connect, type Server } from 'node:net';
import type { GrpcServer } from '@concord/grpc-server';
import type { Address } from './config/address.ts';
import { ConfigurationError } from './config/command-line.ts';

/**
 * Answers the `host:port` or path where it listens. Throws `ConfigurationError` where the address cannot be had, and
 * says whose it may be. @param flag the one that the address is of
 */
export async function listenOn(
  server: GrpcServer | Server,
  address: Address,
  flag: string,
): Promise<string> {
  const { scheme, host, port } = address;
  const where = scheme.startsWith('unix') ? { path: host } : { host, port };
  try {
    if ('path' in where) await removeStaleSocket(where.path);
    const bound = await start(server, where);
    return bound === null || typeof bound === 'string' ? host : `${host}:${bound.port}`;
  } catch (error) {
    throw explained(error, address, flag);
  }
}

type Place = { readonly path: string } | { readonly host: string; readonly port: number };

async function start(
  server: GrpcServer | Server,
  place: Place,
): Promise<{ readonly port: number } | string | null> {
  if (!('address' in server)) return server.listen(place);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(place, () => {
      server.off('error', reject);
      // A failed accept, such as for want of descriptors, concerns its client alone.
      server.on('error', () => undefined);
      resolve();
    });
  });
  return server.address();
}

/** A process that was killed leaves its socket behind, and nobody answers there. */
async function removeStaleSocket(path: string): Promise<void> {
  const probe = connect(path);
  try {
    await once(probe, 'connect');
  } catch (error) {
    const isStale = error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
    if (isStale) unlinkSync(path);
  } finally {
    probe.destroy();
  }
}

function explained(error: unknown, { text }: Address, flag: string): Error {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  const hint =
    error.code === 'EADDRINUSE'
      ? `another process listens there: stop it, or choose another port with --${flag}`
      : `check --${flag}`;
  return new ConfigurationError(`cannot listen on ${text}: ${error.message}; ${hint}`);
}
