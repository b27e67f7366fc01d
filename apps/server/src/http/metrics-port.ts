/**
 * `--listen-metrics-urls`: addresses for monitors alone, with the certificates of the client port where they are
 * `https`, and as in etcd stricter about where a client connects from.
 */
import { createServer, type RequestListener } from 'node:http';
import type { Address } from '../config/address.ts';
import type { PortSecurity } from '../tls/port-security.ts';
import { isSecure } from '../tls/transport-security.ts';
import { HttpPort } from './http-port.ts';

/** Scrapers are few, and each comes back in seconds. */
const CONNECTIONS_MAX = 128;

/** Listens when it resolves. Throws `ConfigurationError`. @param security the client port's */
export async function openMetricsPort(
  address: Address,
  listener: RequestListener,
  security: PortSecurity,
): Promise<HttpPort> {
  const port = new HttpPort({
    http: createServer(listener),
    serving: isSecure(address) ? security.serve({ checksSourceAddress: true }) : undefined,
    connectionsMax: CONNECTIONS_MAX,
    foreign: (peer, protocol) => security.refusals.foreign(peer, protocol),
  });
  await port.listen(address, 'listen-metrics-urls');
  return port;
}
