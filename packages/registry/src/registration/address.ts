/** Under which address consumers reach this process. */
import { createSocket } from 'node:dgram';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { invalidOption } from '../options.ts';

const LOOPBACK = '127.0.0.1';
/** The port of the discard service: any would do. */
const DISCARD_PORT = 9;
/** Only the routing table is asked, no packet is sent: this is time for a name to be looked up. */
const ROUTE_MS_MAX = 1000;

/**
 * The address that a registration gives.
 *
 * @param given - as the option says
 * @param endpoint - `host:port` of the cluster, if one is known
 * @throws ConcordError `INVALID_ARGUMENT` when a function returns no address
 */
export async function resolveAddress(
  operation: string,
  given: string | (() => string | Promise<string>),
  endpoint: string | undefined,
): Promise<string> {
  if (typeof given === 'function') {
    const address: unknown = await given();
    if (typeof address === 'string' && address !== '' && address !== 'auto') return address;
    throw invalidOption(operation, 'address', address, 'let the function return an address');
  }
  if (given !== 'auto') return given;
  const host = endpoint === undefined ? undefined : hostOf(endpoint);
  if (host !== undefined && isLoopback(host)) return LOOPBACK;
  const local = host === undefined ? undefined : await addressTowards(host);
  return local ?? firstExternalAddress() ?? LOOPBACK;
}

/** The host of `host:port`, `http://host:port` and the like; an IPv6 address without its brackets. */
function hostOf(endpoint: string): string {
  const authority = endpoint.replace(/^[a-z]+:\/\//, '');
  return authority.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/** From which of its addresses this machine reaches `host`. A connected UDP socket tells without sending anything. */
function addressTowards(host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket(isIP(host) === 6 ? 'udp6' : 'udp4');
    const finish = (address: string | undefined): void => {
      clearTimeout(timer);
      socket.removeAllListeners().close();
      resolve(address);
    };
    const timer = setTimeout(() => finish(undefined), ROUTE_MS_MAX);
    socket.once('error', () => finish(undefined));
    socket.once('connect', () => finish(socket.address().address));
    socket.connect(DISCARD_PORT, host);
  });
}

function firstExternalAddress(): string | undefined {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const external = all.filter(({ internal }) => !internal);
  return (external.find(({ family }) => family === 'IPv4') ?? external[0])?.address;
}
