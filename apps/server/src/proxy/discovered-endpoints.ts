/**
 * The client addresses of a cluster as DNS lists them: SRV records `_etcd-client-ssl._tcp.DOMAIN` for those with TLS,
 * `_etcd-client._tcp.DOMAIN` for those without. Unless insecure ones are asked for, an endpoint counts only with TLS, and
 * when it can be reached.
 */
import { readFileSync } from 'node:fs';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { checkServerIdentity, connect as connectTls } from 'node:tls';
import type { Resolver, SrvRecord } from '../bootstrap/resolver.ts';
import { ConfigurationError } from '../config/command-line.ts';
import type { Log } from '../log.ts';
import { formatHostPort } from './host-port.ts';

/** etcd's, for trying an endpoint. */
const DIAL_MS_MAX = 5000;

export interface DiscoveryRequest {
  /** `--discovery-srv`. */
  readonly domain: string;
  /** `--discovery-srv-name`, or empty. */
  readonly serviceName: string;
  /** Takes endpoints without TLS too, and tries none. */
  readonly isInsecure: boolean;
  /** Of the authorities that certificates are checked against; empty for none, and no check. */
  readonly caFile: string;
}

export interface DiscoveredEndpoint extends SrvRecord {
  readonly url: string;
}

/** Throws `ConfigurationError` where DNS lists nobody that can be used. */
export async function discoverEndpoints(
  request: DiscoveryRequest,
  resolver: Resolver,
  log: Log,
): Promise<readonly DiscoveredEndpoint[]> {
  const { domain, isInsecure } = request;
  const found = await lookUp(request, resolver);
  log.info({ 'srv-server': domain, endpoints: urls(found) }, 'discovered cluster from SRV');
  if (isInsecure) return found;
  const refusals = await Promise.all(found.map((endpoint) => refusalOf(endpoint, request)));
  const usable = found.filter((_, i) => refusals[i] === undefined);
  const reasons = refusals.filter((refusal) => refusal !== undefined).join(',');
  if (usable.length === 0) {
    throw new ConfigurationError(
      `--discovery-srv ${domain} lists no endpoint that can be used: ${reasons}; ` +
        'take endpoints without TLS with --insecure-discovery, or list them with --endpoints',
    );
  }
  if (reasons !== '') {
    log.warn({ 'srv-server': domain, error: reasons }, 'failed to validate discovered endpoints');
  }
  return usable;
}

const urls = (endpoints: readonly DiscoveredEndpoint[]): string[] =>
  endpoints.map(({ url }) => url);

async function lookUp(
  { domain, serviceName }: DiscoveryRequest,
  resolver: Resolver,
): Promise<readonly DiscoveredEndpoint[]> {
  const found: DiscoveredEndpoint[] = [];
  const failures: string[] = [];
  for (const scheme of ['https', 'http'] as const) {
    const service = `etcd-client${scheme === 'https' ? '-ssl' : ''}`;
    const name = `_${service}${serviceName === '' ? '' : `-${serviceName}`}._tcp.${domain}`;
    try {
      for (const record of await resolver.services(name)) {
        const host = record.host.replace(/\.$/, '');
        found.push({ ...record, host, url: `${scheme}://${formatHostPort({ ...record, host })}` });
      }
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  }
  if (found.length > 0) return found;
  throw new ConfigurationError(
    `--discovery-srv ${domain}: dns lookup errors: ${failures.join(' and ') || 'no records'}; ` +
      'publish a record for each member, or list the endpoints with --endpoints',
  );
}

/** Why an endpoint does not count; undefined when it does. */
async function refusalOf(
  { url, host, port }: DiscoveredEndpoint,
  { domain, caFile }: DiscoveryRequest,
): Promise<string | undefined> {
  if (!url.startsWith('https:')) return `"${url}" is insecure`;
  const place = { host, port };
  const [socket, event] =
    caFile === ''
      ? [connectPlain(place), 'connect']
      : [
          connectTls({
            ...place,
            ca: readAuthorities(caFile),
            ...(isIP(host) === 0 && { servername: host }),
            // A certificate for the domain is one for each host that the domain lists.
            checkServerIdentity: (name, certificate) =>
              checkServerIdentity(name, certificate) && checkServerIdentity(domain, certificate),
          }),
          'secureConnect',
        ];
  const failure = await firstOf(socket, event);
  return failure === undefined ? undefined : `"${url}" failed to dial (${failure})`;
}

function firstOf(socket: Socket, event: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const done = (failure?: string): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(failure);
    };
    const timer = setTimeout(() => done(`no answer within ${DIAL_MS_MAX} ms`), DIAL_MS_MAX);
    socket.once(event, () => done());
    socket.on('error', ({ message }) => done(message));
  });
}

function readAuthorities(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new ConfigurationError(`--trusted-ca-file ${path}: ${(error as Error).message}`);
  }
}
