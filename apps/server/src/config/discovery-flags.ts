/** The flags by which the members of a new cluster find each other: through DNS, or through a cluster that runs. */
import { duration, text, toggle } from './flag.ts';

export const discoveryFlags = {
  'discovery-srv': text(
    'Discovery',
    '',
    'DOMAIN',
    'DNS domain whose SRV records _etcd-server[-ssl]._tcp list the members.',
  ),
  'discovery-srv-name': text(
    'Discovery',
    '',
    'NAME',
    'Ending of the SRV service: _etcd-server-NAME instead of _etcd-server.',
  ),
  'discovery-endpoints': text(
    'Discovery',
    '',
    'HOST:PORT[,…]',
    'A running cluster where the members of a new one meet.',
  ),
  'discovery-token': text(
    'Discovery',
    '',
    'TOKEN',
    'Names the new cluster there; /_etcd/registry/TOKEN/_config/size holds how many members it gets.',
  ),
  'discovery-dial-timeout': duration('Discovery', '2s', 'Time to connect to an endpoint.'),
  'discovery-request-timeout': duration('Discovery', '5s', 'Time for one request to it.'),
  'discovery-keepalive-time': duration(
    'Discovery',
    '2s',
    'Time of silence after which it is pinged; below 10s counts as 10s.',
  ),
  'discovery-keepalive-timeout': duration('Discovery', '6s', 'Time it has to answer a ping.'),
  'discovery-insecure-transport': toggle(
    'Discovery',
    true,
    'Speak plain text to endpoints that have no scheme, unless certificates are given.',
  ),
  'discovery-insecure-skip-tls-verify': toggle(
    'Discovery',
    false,
    'Accept any certificate of an endpoint; for tests.',
  ),
  'discovery-cert': text('Discovery', '', 'FILE', 'TLS certificate for the endpoints.'),
  'discovery-key': text('Discovery', '', 'FILE', 'TLS key for the endpoints.'),
  'discovery-cacert': text(
    'Discovery',
    '',
    'FILE',
    "Certificate authority that the endpoints' certificates are checked against.",
  ),
  'discovery-user': text('Discovery', '', 'NAME[:PASSWORD]', 'User of the endpoints.'),
  'discovery-password': text('Discovery', '', 'PASSWORD', 'Password of that user.'),
  discovery: text(
    'Discovery',
    '',
    'URL',
    'v2 discovery, which is not part of this version: use --discovery-endpoints.',
  ),
} as const;
