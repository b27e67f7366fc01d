/** Every HTTP endpoint of etcd: of the client port, of the port for monitors, and of the peer port. */
import { absent, conformance, differs, more, same, server, shownIn, type Row } from '../row.ts';
import { GATEWAY_PATHS } from './gateway-paths.ts';

const conformanceUnit = shownIn('apps/server/src/http');
const peers = server(
  'peer/transport',
  'the port answers with the members and its version, and knows no other path',
);
const notFound = conformance('http', '/config/local/log is not found without a flag');
const unlikeEtcd =
  'members of etcd and of Concord are no company: data moves by snapshot, discovery or `make-mirror`';

export const endpointRows: readonly Row[] = [
  same(
    '/health',
    conformance('http', '/health says that it is well'),
    conformance('http', 'an alarm CORRUPT fails readiness and health, and not liveness'),
  ),
  same(
    '/livez',
    conformance('http', '/livez says ok'),
    conformance('http', '/livez?verbose tells each check'),
  ),
  same('/livez/serializable_read', conformance('http', '/livez/serializable_read says ok')),
  same(
    '/readyz',
    conformance('http', '/readyz says ok'),
    conformance('http', '/readyz?verbose tells each check'),
  ),
  ...['data_corruption', 'serializable_read', 'linearizable_read', 'non_learner'].map((check) =>
    same(`/readyz/${check}`, conformance('http', `/readyz/${check} says ok`)),
  ),
  same('/metrics', conformance('http', '/metrics counts calls by method and code')),
  more(
    '/version',
    "its own version stands beside etcd's, as `concord`",
    conformance('http', '/version tells server, cluster and storage'),
  ),
  differs(
    '/debug/vars',
    "what Node knows of memory stands where Go's `memstats` is",
    conformance('http', '/debug/vars tells how the process was started and what Raft knows'),
  ),
  ...['/debug/pprof/', '/debug/pprof/profile', '/debug/pprof/heap', '/debug/pprof/cmdline'].map(
    (path) =>
      differs(
        path,
        'profiles are in the formats of Chrome DevTools and speedscope',
        conformance('http', 'under --enable-pprof there is /debug/pprof/'),
      ),
  ),
  ...['symbol', 'trace', 'goroutine', 'threadcreate', 'block', 'mutex'].map((name) =>
    absent(`/debug/pprof/${name}`, 'it is of the Go runtime'),
  ),
  absent(
    '/debug/requests',
    "it is of Go's tracing; slow requests are logged with what they waited for",
  ),
  absent('/debug/events', "it is of Go's tracing"),
  absent('/config/local/log', 'up to 3.4; `--log-level` sets the level', notFound),
  same('a path that is none', conformance('http', '… is not found')),
  same('a method that a path does not take', conformance('http', '… … is not allowed')),
  same('OPTIONS of any path', conformance('http', 'OPTIONS … is answered with nothing')),
  more(
    'a client that ends its side first',
    'is answered, where etcd says that the context was canceled; of one that waits for an event it means that it is gone',
    conformanceUnit('http-server', 'it is answered, when the answer is there'),
    conformanceUnit('http-server', 'of one that waits for an event the end is the end of all'),
  ),
  differs(
    'CORS headers',
    'only for origins that `--cors` names: no other page may read or write (etcd allows any)',
    conformance('http', '… of an origin that --cors names may be read'),
    conformance('http', '… of any other origin may not'),
  ),
  differs(
    'the Host header',
    'a plain address on loopback answers loopback names, until `--host-whitelist` says which',
    conformance('http', 'asked as …: …'),
    conformanceUnit(
      'access',
      'on loopback only loopback names are answered, and names that are advertised',
    ),
  ),
];

export const peerRows: readonly Row[] = [
  same('/members', peers),
  same('/version', peers),
  ...[
    '/members/promote/ID',
    '/members/hashkv',
    '/leases',
    '/leases/internal',
    '/downgrade/enabled',
    '/raft',
    '/raft/probing',
    '/raft/stream/…',
    '/raft/snapshot',
  ].map((path) => absent(path, unlikeEtcd, peers)),
];

const lasting = new Map([
  ['watch', conformance('gateway', 'tells events of the past and of the future, one line each')],
  ['lease/keepalive', conformance('gateway', 'answers a story, whole bodies')],
  ['maintenance/snapshot', conformance('gateway', 'a snapshot comes in lines, whole')],
]);

export const gatewayRows: readonly Row[] = [
  ...Object.entries(GATEWAY_PATHS).map(([path, rpc]) => ({
    ...same(
      `POST /v3/${path}`,
      lasting.get(path) ?? conformance('gateway-paths', `${path} is ${rpc}`),
    ),
    note: rpc.slice(rpc.indexOf('.') + 1),
  })),
  same('/v3beta/…', conformance('gateway', 'has the same API below /v3beta/')),
  same(
    'Authorization',
    conformanceUnit('gateway/gateway', 'brings Authorization along as metadata'),
  ),
  same('Grpc-Timeout', conformance('gateway', 'Grpc-Timeout is a deadline')),
  same('Grpc-Metadata-…', conformance('gateway', 'Grpc-Metadata-hasleader asks for a leader')),
  more(
    'errors',
    'in the words of the gateways up to 3.5 and since 3.6 at once',
    conformance('gateway', 'tells an error in the words of both gateways, or of its own'),
  ),
  differs(
    'a Content-Type that is not JSON',
    'a body that says it is something else is refused, for the sake of browsers',
    conformance(
      'gateway',
      'any content type is JSON to etcd; Concord refuses what says that it is something else',
    ),
  ),
  more(
    'WebSocket',
    'it ends with a goodbye, clients that are gone are noticed, and RPCs that do not stream answer (in etcd 3.7 they never do); the token comes behind `Bearer`, not in a cookie',
    conformance(
      'web-socket',
      'a watch goes on for as long as the connection: one message each way',
    ),
    conformance('web-socket', 'the token behind Bearer logs in'),
    conformanceUnit('gateway/web-sockets', 'pages of an origin that --cors names, and of no other'),
  ),
];
