/** The flags of `concord gateway start`, with etcd's names and defaults. */
import { duration, list, text, toggle } from '../../config/flag.ts';
import type { ValuesOf } from '../command-line.ts';

export const gatewayFlags = {
  'listen-addr': text('Member', '127.0.0.1:23790', 'HOST:PORT', 'Where clients connect.'),
  endpoints: list('Clustering', '127.0.0.1:2379', 'HOST:PORT', "The cluster's client addresses."),
  'discovery-srv': text('Discovery', '', 'DOMAIN', 'Domain whose SRV records list the endpoints.'),
  'discovery-srv-name': text('Discovery', '', 'NAME', 'Ending of the service name in DNS.'),
  'insecure-discovery': toggle('Discovery', false, 'Take endpoints without TLS from DNS, untried.'),
  'trusted-ca-file': text(
    'Discovery',
    '',
    'FILE',
    'Authorities that the certificates of endpoints from DNS are checked against.',
  ),
  'retry-delay': duration(
    'Clustering',
    '1m0s',
    'Time after which endpoints that failed are tried.',
  ),
} as const;

export type GatewayValues = ValuesOf<typeof gatewayFlags>;
