/** The flags of `concord grpc-proxy start`, with the names, defaults and meanings of etcd 3.6. */
import { duration, integer, list, text, toggle } from '../../config/flag.ts';
import { parseCipherSuites } from '../../tls/cipher-suites.ts';
import { tlsVersion } from '../../tls/protocol-versions.ts';
import type { ValuesOf } from '../command-line.ts';

/** The proxy holds what it takes of an answer in memory once, and Node's buffers end here. */
const MESSAGE_BYTES_MAX = 2_147_483_647;
/** etcd's limit on one request. */
const REQUEST_BYTES = 1_572_864;

/** etcd's for a session that says nothing. */
const LEASING_TTL_SECONDS = 60;
/** etcd's limit on a lease. */
const TTL_SECONDS_MAX = 9_000_000_000;

export const grpcProxyFlags = {
  'listen-addr': text('Member', '127.0.0.1:23790', 'HOST:PORT', 'Where clients connect.'),
  'metrics-addr': text('Monitoring', '', 'URL', 'Serves metrics and health here too.'),
  'data-dir': text('Member', 'default.proxy', 'DIR', 'Where generated certificates are kept.'),

  endpoints: list('Clustering', '127.0.0.1:2379', 'HOST:PORT', "The cluster's client addresses."),
  'endpoints-auto-sync-interval': duration(
    'Clustering',
    '0s',
    'How often the endpoints are asked for the others; 0 is never.',
  ),
  'discovery-srv': text('Discovery', '', 'DOMAIN', 'Domain whose SRV records list the endpoints.'),
  'discovery-srv-name': text('Discovery', '', 'NAME', 'Ending of the service name in DNS.'),
  'insecure-discovery': toggle('Discovery', false, 'Take endpoints without TLS from DNS, untried.'),
  'dial-keepalive-time': duration(
    'Limits',
    '0s',
    'Silence after which an endpoint is pinged; 0 is never, and no less than 10s.',
  ),
  'dial-keepalive-timeout': duration('Limits', '20s', 'Time that a pinged endpoint has to answer.'),
  'permit-without-stream': toggle(
    'Limits',
    false,
    'Ping endpoints while no call is under way too.',
  ),

  'advertise-client-url': text(
    'Clustering',
    '127.0.0.1:23790',
    'ADDRESS',
    'What clients are told as the address of this proxy, instead of the members.',
  ),
  'resolver-prefix': text(
    'Clustering',
    '',
    'PREFIX',
    'Prefix of the keys under which proxies register themselves.',
  ),
  'resolver-ttl': integer('Clustering', 0, 'SECONDS', 'Lifetime of that registration.'),
  namespace: text('Member', '', 'PREFIX', 'Put before every key of the clients.'),

  'max-send-bytes': integer('Limits', REQUEST_BYTES, 'BYTES', 'Largest request to the cluster.', {
    min: 0,
    max: MESSAGE_BYTES_MAX,
  }),
  'max-recv-bytes': integer(
    'Limits',
    MESSAGE_BYTES_MAX,
    'BYTES',
    'Largest answer of the cluster.',
    {
      min: 0,
      max: MESSAGE_BYTES_MAX,
    },
  ),
  'max-concurrent-streams': integer(
    'Limits',
    4_294_967_295,
    'N',
    'Calls under way on one connection; more wait in the client.',
    { min: 1, max: 4_294_967_295 },
  ),
  'grpc-keepalive-min-time': duration('Limits', '5s', 'Shortest time between pings of a client.'),
  'grpc-keepalive-interval': duration(
    'Limits',
    '2h0m0s',
    'Time of silence after which a client is pinged; 0 is never.',
  ),
  'grpc-keepalive-timeout': duration(
    'Limits',
    '20s',
    'Time that a pinged client has to answer; 0 is for ever.',
  ),

  cert: text('Security', '', 'FILE', 'Certificate shown to the endpoints; without a common name.'),
  key: text('Security', '', 'FILE', 'Its key.'),
  cacert: text('Security', '', 'FILE', 'Authorities that endpoints are checked against.'),
  'insecure-skip-tls-verify': toggle('Security', false, 'Accept any endpoint; for tests.'),

  'cert-file': text('Security', '', 'FILE', 'Certificate shown to clients.'),
  'key-file': text('Security', '', 'FILE', 'Its key.'),
  'trusted-ca-file': text('Security', '', 'FILE', 'Authorities that clients are checked against.'),
  'client-cert-auth': toggle('Security', false, 'Clients must show a certificate.'),
  'client-crl-file': text('Security', '', 'FILE', 'Certificates of clients that are revoked.'),
  'auto-tls': toggle('Security', false, 'Serve with a certificate that is made for it.'),
  'self-signed-cert-validity': integer('Security', 1, 'YEARS', 'How long that is good.', {
    min: 0,
  }),
  'listen-cipher-suites': cipherSuites(),
  'tls-min-version': tlsVersion('TLS1.2', 'Lowest version of TLS.'),
  'tls-max-version': tlsVersion('', 'Highest version of TLS; empty for no limit.'),

  'enable-pprof': toggle('Monitoring', false, 'Serve profiles at /debug/pprof/.'),
  debug: toggle('Monitoring', false, 'Log more.'),
  'experimental-enable-grpc-logging': toggle(
    'Monitoring',
    false,
    'Log every call, without content.',
  ),
  'experimental-serializable-ordering': toggle(
    'Other',
    false,
    'Serializable reads never go back to an earlier revision.',
  ),
  'experimental-leasing-prefix': text(
    'Other',
    '',
    'PREFIX',
    'Prefix of the keys by which proxies own keys, whose reads then need no cluster.',
  ),
  'experimental-leasing-ttl': integer(
    'Other',
    LEASING_TTL_SECONDS,
    'SECONDS',
    'How long keys of a proxy that died stay its own.',
    { min: 1, max: TTL_SECONDS_MAX },
  ),
} as const;

function cipherSuites(): ReturnType<typeof list> {
  const suites = list('Security', '', 'SUITE', "TLS 1.2's cipher suites; empty for Node's.");
  return { ...suites, parse: parseCipherSuites };
}

export type GrpcProxyValues = ValuesOf<typeof grpcProxyFlags>;
