/** The SDK's client, connected as the command line says: our own groups stand on what services stand on. */
import { Buffer } from 'node:buffer';
import { Client, ConcordError } from '@concord/client';
import { CommandError, exitCodes } from '../../command-error.ts';
import type { Invocation } from '../command.ts';
import type { ConnectionSettings } from '../connection/connection-settings.ts';
import type { Endpoint } from '../connection/endpoint.ts';

/** What `work` throws of the cluster's failures becomes a line for the user; the client is closed whatever happens. */
export async function withClient<T>(
  invocation: Invocation,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  try {
    const client = await connected(invocation);
    try {
      return await work(client);
    } finally {
      await client.close();
    }
  } catch (error) {
    throw told(error);
  }
}

async function connected(invocation: Invocation): Promise<Client> {
  return connectedBy(await invocation.connection());
}

/** Rejects with `ConcordError` where no member answers. */
export function connectedBy(settings: ConnectionSettings): Promise<Client> {
  const { endpoints, connection, credentials, commandTimeoutMs } = settings;
  const { cert, key, ca, rejectUnauthorized } = connection.tls;
  const hasTls = endpoints.some(({ isTls }) => isTls);
  return Client.connect({
    endpoints: endpoints.map(urlOf),
    ...(hasTls && {
      tls: {
        ca: pem(ca),
        cert: pem(cert),
        key: pem(key),
        insecureSkipVerify: !rejectUnauthorized,
      },
    }),
    ...(credentials !== undefined && {
      credentials: { username: credentials.name, password: credentials.password },
    }),
    timeout: Math.max(1, commandTimeoutMs),
    app: { name: 'concordctl' },
  });
}

function urlOf({ text, isTls, path }: Endpoint): string {
  if (path !== '') return `${isTls ? 'unixs' : 'unix'}://${path}`;
  return text.includes('://') ? text : `${isTls ? 'https' : 'http'}://${text}`;
}

/** Files of certificates are read as bytes. */
const pem = (content: unknown): Buffer | undefined =>
  Buffer.isBuffer(content) ? content : undefined;

/** A failure of the cluster as a line for the user; what else went wrong as it is. */
export function told(error: unknown): unknown {
  if (!ConcordError.is(error)) return error;
  const isInput = error.code === 'INVALID_ARGUMENT';
  return new CommandError(error.message, isInput ? exitCodes.badArguments : exitCodes.failure);
}

/** Who acts: kept with releases and decisions. */
export function actorOf(invocation: Invocation, given: string): string {
  if (given !== '') return given;
  const [user = ''] = invocation.settings().user.split(':');
  if (user !== '') return user;
  const { USER, LOGNAME } = invocation.environment;
  return USER ?? LOGNAME ?? 'concordctl';
}
