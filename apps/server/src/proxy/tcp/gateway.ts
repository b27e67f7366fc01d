/** `concord gateway start`: which endpoints, where to listen, and that the two are not the same. */
import { lookup } from 'node:dns/promises';
import { systemResolver } from '../../bootstrap/resolver.ts';
import { ConfigurationError } from '../../config/command-line.ts';
import { descriptorLimit } from '../../descriptors.ts';
import { listenOn } from '../../listener.ts';
import type { Log } from '../../log.ts';
import { discoverEndpoints } from '../discovered-endpoints.ts';
import { formatHostPort, parseHostPort, type HostPort } from '../host-port.ts';
import type { RunningProxy } from '../running-proxy.ts';
import type { GatewayValues } from './flags.ts';
import type { Remote } from './remote-set.ts';
import { TcpProxy } from './tcp-proxy.ts';

/** Without `--retry-delay`'s own: etcd's for 0. */
const RETRY_DELAY_MS_OF_ZERO = 5 * 60_000;
/** What timers take at most: 24 days. */
const TIMER_MS_MAX = 2 ** 31 - 1;
/** As many as a member takes. */
const CONNECTIONS_MAX = 20_000;
/** The process's own files. */
const DESCRIPTORS_RESERVED = 64;

/** Serves when it resolves. Throws `ConfigurationError`. */
export async function startGateway(values: GatewayValues, log: Log): Promise<RunningProxy> {
  const listen = parseHostPort(values['listen-addr'], 'listen-addr');
  const remotes = await findRemotes(values, log);
  await assertNoLoop(listen, remotes);
  const proxy = new TcpProxy({
    remotes,
    retryDelayMs: Math.min(values['retry-delay'] || RETRY_DELAY_MS_OF_ZERO, TIMER_MS_MAX),
    connectionsMax: connectionsMax(),
    log,
  });
  const address = { text: values['listen-addr'], scheme: 'http', ...listen } as const;
  const endpoint = await listenOn(proxy.server, address, 'listen-addr');
  proxy.start();
  log.info(
    { address: endpoint, endpoints: remotes.map(formatHostPort) },
    'ready to proxy client requests',
  );
  return { endpoint, stop: () => proxy.close() };
}

async function findRemotes(values: GatewayValues, log: Log): Promise<readonly Remote[]> {
  if (values['discovery-srv'] !== '') {
    const request = {
      domain: values['discovery-srv'],
      serviceName: values['discovery-srv-name'],
      isInsecure: values['insecure-discovery'],
      caFile: values['trusted-ca-file'],
    };
    const found = await discoverEndpoints(request, systemResolver, log);
    return found.map(({ host, port, priority, weight = 0 }) => ({ host, port, priority, weight }));
  }
  const listed = values.endpoints.map((text) => ({
    ...parseHostPort(text, 'endpoints'),
    priority: 0,
    weight: 0,
  }));
  if (listed.length > 0) return listed;
  throw new ConfigurationError('no endpoints found: list the client addresses with --endpoints');
}

/** A gateway that connects to itself would go on until there are no descriptors left. */
async function assertNoLoop(listen: HostPort, remotes: readonly Remote[]): Promise<void> {
  const own = new Set(await addressesOf(listen, 'listen-addr', 'failed to resolve listen host'));
  for (const remote of remotes) {
    const addresses = await addressesOf(remote, 'endpoints', 'failed to resolve endpoint host');
    const same = addresses.find((address) => own.has(address));
    if (same === undefined || remote.port !== listen.port || listen.port === 0) continue;
    const { host, port } = remote;
    throw new ConfigurationError(
      `SRV or endpoint (${host}:${port}->${same}:${port}) should not resolve to the gateway listen addr ` +
        `(${formatHostPort(listen)}); choose another port with --listen-addr`,
    );
  }
}

async function addressesOf({ host }: HostPort, flag: string, failure: string): Promise<string[]> {
  if (host === '') return [];
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch (error) {
    throw new ConfigurationError(
      `${failure}: ${host}: ${(error as Error).message}; check --${flag}`,
    );
  }
}

/** Each takes two descriptors. */
function connectionsMax(): number {
  const limit = descriptorLimit() ?? Infinity;
  return Math.max(1, Math.min(CONNECTIONS_MAX, Math.floor((limit - DESCRIPTORS_RESERVED) / 2)));
}
