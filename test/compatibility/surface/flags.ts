/**
 * Every flag of etcd 3.6, with etcd's default, and those of 3.4 that a start script may still hold. That a flag is taken
 * without an effect, and why, is in the server's own table; here stands what is the same, and what is not.
 */
import { ignoredFlags } from '../../../apps/server/src/config/ignored-flags.ts';
import {
  conformance,
  differs,
  idle,
  more,
  same,
  server,
  shownIn,
  type Proof,
  type Row,
} from '../row.ts';

const config = (title: string): Proof => server('config/configuration', title);
const bootstrap = (file: string, title: string): Proof => server(`bootstrap/${file}`, title);
const tls = (title: string): Proof => server('tls/transport-security', title);
const discovery = shownIn('test/bootstrap');
const listed = bootstrap(
  'listing',
  'a list that holds this member as it advertises itself passes, however it is ordered',
);
const process = shownIn('test/e2e');
const clusterTls = shownIn('test/cluster')(
  'tls',
  'three members of … with certificates everywhere serve etcdctl, grow, and renew',
);
const autoTls = tls(
  'auto-tls makes a certificate, keeps it for the next start, and makes a new one when it has expired',
);
const peerRules = tls('the rules of the peer port are its own');
const dialled = tls('what members are asked of when they dial is asked of those who are dialled');
const versions = tls('tls-min-version and tls-max-version bound what is spoken');
const met = discovery(
  'discovery',
  'three members that come at once are one cluster, and a fourth is told that it is full',
);
const users = discovery(
  'discovery',
  'the password decides, and a wrong one ends the start instead of being tried again',
);
const taken = config("a flag of etcd's without a meaning here is taken with a warning");
const srv = bootstrap(
  'srv-records',
  'the own record is the one that resolves to what this member advertises',
);
const flags = (title: string): Proof => conformance('flags', title);
const rotation = config('--log-rotation-config-json is read and checked');
const slow = (title: string): Proof => server('slow-log', title);

type Judged = readonly [initial: string, row: Row];

const at = (initial: string, row: Row): Judged => [initial, row];

/** The flags that mean something here; the second part of a pair is etcd's default where it is a fixed one. */
const meant: readonly Judged[] = [
  at('default', same('name', listed)),
  at(
    '',
    same(
      'data-dir',
      process('process', "the data directory and its files are their owner's alone"),
    ),
  ),
  at(
    '',
    same(
      'wal-dir',
      shownIn('test/snapshot')(
        'restore',
        'is restored at a higher revision, with everything before it compacted, and a log elsewhere',
      ),
    ),
  ),
  at(
    'http://localhost:2379',
    same(
      'listen-client-urls',
      config('listening elsewhere without advertising it is refused'),
      server(
        'http/http-port',
        'a port serves what its URL says, and tells of TLS where plain text is expected',
      ),
    ),
  ),
  at(
    'http://localhost:2380',
    same(
      'listen-peer-urls',
      discovery('against-etcd', 'tells Concord its members and its id on a peer port'),
    ),
  ),
  at(
    '100',
    same(
      'heartbeat-interval',
      config('the heartbeat must fit five times into the election timeout'),
      flags('--election-timeout raises the shortest TTL'),
    ),
  ),
  at('1000', same('election-timeout', flags('--election-timeout raises the shortest TTL'))),
  at(
    '0',
    more(
      'quota-backend-bytes',
      'it counts what lives, and may be larger than 8 GiB',
      conformance(
        'maintenance',
        'blocks writes when it is exceeded, until space is made and the alarm disarmed',
      ),
      conformance('alarm', 'may be larger than 8 GiB'),
    ),
  ),
  at(
    'periodic',
    same(
      'auto-compaction-mode',
      conformance('auto-compaction', 'drops what is older than the period, and nothing that lives'),
      server(
        'auto-compaction',
        'by revisions, the newest are retained, looked at every five minutes',
      ),
    ),
  ),
  at(
    '0',
    differs(
      'auto-compaction-retention',
      'history is kept for an hour unless you say otherwise; 0 is all, as in etcd',
      server(
        'config/compaction',
        'without flags an hour is retained, and of revisions nobody asked for none is compacted',
      ),
      conformance('auto-compaction', 'compacts nothing'),
    ),
  ),
  at(
    '5000',
    same('snapshot-catchup-entries', shownIn('test/nemesis')('nemesis', '…, keep every promise')),
  ),
  at(
    '0',
    same(
      'watch-progress-notify-interval',
      conformance('watch-progress', 'reaches the watchers that ask for it, and only them'),
    ),
  ),

  at('http://localhost:2380', same('initial-advertise-peer-urls', listed)),
  at(
    'http://localhost:2379',
    same(
      'advertise-client-urls',
      config('listening elsewhere without advertising it is refused'),
      config('advertises the host of the default route, at the port where it listens'),
    ),
  ),
  at(
    'default=http://localhost:2380',
    same(
      'initial-cluster',
      config('a cluster is listed by names and URLs, a name once for each of its URLs'),
    ),
  ),
  at(
    'new',
    same(
      'initial-cluster-state',
      bootstrap(
        'bootstrap',
        'a joining member takes its id, the cluster id and the members from the cluster',
      ),
    ),
  ),
  at(
    'etcd-cluster',
    same(
      'initial-cluster-token',
      server('identity', 'another token gives other ids'),
      discovery(
        'against-etcd',
        'has the member ids and the cluster id that Concord computes from the same flags',
      ),
    ),
  ),
  at('false', same('force-new-cluster', shownIn('test/docs')('operations', 'docs/operations.md'))),
  at(
    'true',
    same(
      'strict-reconfig-check',
      shownIn('packages/kv/src')('cluster', 'a change that would leave too few members is refused'),
    ),
  ),
  at('1', same('max-learners', flags('--max-learners says how many may be added'))),
  at(
    'true',
    same(
      'pre-vote',
      shownIn('packages/raft/src')(
        'thesis',
        'asking for a pre-vote changes neither term nor vote, of either side',
      ),
    ),
  ),

  at(
    '',
    differs(
      'discovery',
      'v2 discovery asks for a v2 server outside: it is refused with a word about `--discovery-endpoints`',
      config('refused: …'),
    ),
  ),
  at('', same('discovery-srv', srv)),
  at(
    '',
    same(
      'discovery-srv-name',
      bootstrap(
        'srv-records',
        'services with TLS are looked up too, and a name can be added to both',
      ),
    ),
  ),
  at('', same('discovery-endpoints', met)),
  at(
    '',
    same(
      'discovery-token',
      met,
      bootstrap('registrations', "the keys are those of etcd's v3 discovery"),
    ),
  ),
  at(
    '2s',
    same(
      'discovery-dial-timeout',
      bootstrap(
        'discovery-tls',
        'an endpoint that does not come to a connection is given up in time, and the next one is tried',
      ),
    ),
  ),
  at(
    '5s',
    same(
      'discovery-request-timeout',
      bootstrap('grpc-client', 'a call without an answer ends in time'),
    ),
  ),
  at(
    '2s',
    same(
      'discovery-keepalive-time',
      bootstrap('grpc-client', 'a connection that is lost is told from an answer'),
    ),
  ),
  at(
    '6s',
    same(
      'discovery-keepalive-timeout',
      bootstrap('grpc-client', 'a connection that is lost is told from an answer'),
    ),
  ),
  at(
    'true',
    same(
      'discovery-insecure-transport',
      bootstrap(
        'discovery-tls',
        'an endpoint without a scheme is spoken to in plain text, until TLS is asked for',
      ),
    ),
  ),
  at(
    'false',
    same(
      'discovery-insecure-skip-tls-verify',
      discovery('discovery', 'an endpoint with TLS is checked, and may ask who comes'),
    ),
  ),
  ...['discovery-cert', 'discovery-key', 'discovery-cacert'].map((name) =>
    at(
      '',
      same(name, discovery('discovery', 'an endpoint with TLS is checked, and may ask who comes')),
    ),
  ),
  ...['discovery-user', 'discovery-password'].map((name) => at('', same(name, users))),

  ...['cert-file', 'key-file'].map((name) =>
    at(
      '',
      same(name, clusterTls, tls('a new certificate, key and authority serve the next connection')),
    ),
  ),
  ...['client-cert-file', 'client-key-file'].map((name) =>
    at('', same(name, tls('refused: what does not fit together'))),
  ),
  at(
    '',
    same('trusted-ca-file', tls('an authority alone makes certificates compulsory, as in etcd')),
  ),
  at(
    'false',
    same(
      'client-cert-auth',
      tls('client-cert-auth serves those alone whom the authority vouches for'),
    ),
  ),
  at(
    '',
    same(
      'client-crl-file',
      tls('client-crl-file in … keeps the revoked out, and is read again when it changed'),
    ),
  ),
  at(
    '',
    same(
      'client-cert-allowed-hostname',
      tls('client-cert-allowed-hostname serves certificates for that host alone'),
    ),
  ),
  at('false', same('auto-tls', autoTls)),
  ...['peer-cert-file', 'peer-key-file', 'peer-trusted-ca-file'].map((name) =>
    at('', same(name, clusterTls, peerRules)),
  ),
  ...['peer-client-cert-file', 'peer-client-key-file'].map((name) => at('', same(name, dialled))),
  at('false', same('peer-client-cert-auth', clusterTls, peerRules)),
  ...['peer-crl-file', 'peer-cert-allowed-cn', 'peer-cert-allowed-hostname'].map((name) =>
    at('', same(name, peerRules)),
  ),
  at(
    'false',
    same(
      'peer-skip-client-san-verification',
      tls('members are let in from where their certificate says that they are'),
    ),
  ),
  at(
    'false',
    same(
      'peer-auto-tls',
      tls('peer-auto-tls serves and dials without knowing who is there, for as long as is said'),
    ),
  ),
  at(
    '1',
    same(
      'self-signed-cert-validity',
      tls('peer-auto-tls serves and dials without knowing who is there, for as long as is said'),
    ),
  ),
  at(
    '',
    same(
      'cipher-suites',
      tls('cipher-suites bounds what TLS 1.2 uses, and leaves TLS 1.3 as it is'),
    ),
  ),
  at('TLS1.2', same('tls-min-version', versions)),
  at('', same('tls-max-version', versions)),

  at(
    'simple',
    same(
      'auth-token',
      conformance(
        'auth-jwt',
        'a token says who, in which revision, until when, and is signed by the key',
      ),
      server('config/auth-token', 'the kinds'),
    ),
  ),
  at(
    '300',
    same(
      'auth-token-ttl',
      shownIn('packages/kv/src/auth')(
        'tokens',
        'each use lets a token live on, and without any it ends',
      ),
    ),
  ),
  at(
    '10',
    differs(
      'bcrypt-cost',
      'without it passwords are kept by a memory-hard function; with it as in etcd',
      server('auth/password-hash', 'a bcrypt hash has the cost that was asked for'),
      server(
        'auth/password-hash',
        'a memory-hard hash is of its password alone, and no two are equal',
      ),
    ),
  ),

  at(
    '',
    same(
      'listen-client-http-urls',
      flags('--listen-client-http-urls moves HTTP there, and leaves gRPC'),
    ),
  ),
  at('true', same('enable-grpc-gateway', flags('--enable-grpc-gateway=false takes /v3/ away'))),
  at(
    'false',
    more(
      'enable-v2',
      'up to 3.5 in etcd',
      conformance('v2-keys', '/v2/keys on Concord and on etcd'),
    ),
  ),
  at(
    '*',
    differs(
      'cors',
      'without it no other origin may read or send anything',
      conformance('http', '… of an origin that --cors names may be read'),
      server('http/access', 'pages may read where --cors names their origin, and nowhere else'),
    ),
  ),
  at(
    '*',
    differs(
      'host-whitelist',
      'without it a plain address on loopback answers loopback names and advertised ones alone',
      conformance('http', 'asked as …: …'),
      server('http/access', 'elsewhere any name is answered, until a list says which'),
    ),
  ),

  at('128', same('max-txn-ops', conformance('txn', '--max-txn-ops sets another limit'))),
  at(
    '1572864',
    same('max-request-bytes', conformance('limits', '--max-request-bytes sets other limits')),
  ),
  at(
    '4294967295',
    differs(
      'max-concurrent-streams',
      'memory is bounded; a client waits for its turn',
      flags('--max-concurrent-streams is told to clients'),
    ),
  ),
  at(
    '5s',
    same(
      'grpc-keepalive-min-time',
      flags('--grpc-keepalive-min-time sends away who pings more often'),
    ),
  ),
  at(
    '2h',
    same('grpc-keepalive-interval', flags('--grpc-keepalive-interval pings a silent client')),
  ),
  at(
    '20s',
    same(
      'grpc-keepalive-timeout',
      shownIn('packages/grpc-server/src')(
        'keepalive',
        'a silent client is pinged after the interval and given up after the timeout',
      ),
    ),
  ),

  at(
    '',
    same(
      'listen-metrics-urls',
      conformance(
        'http',
        '--listen-metrics-urls of … serves what a monitor asks, and nothing else',
      ),
    ),
  ),
  at(
    'basic',
    same('metrics', conformance('metrics', 'under --metrics=extensive calls are timed by method')),
  ),
  at(
    'false',
    differs(
      'enable-pprof',
      'profiles are in the formats of Chrome DevTools and speedscope',
      conformance('http', 'under --enable-pprof there is /debug/pprof/'),
    ),
  ),
  at(
    '100ms',
    same(
      'warning-apply-duration',
      slow('a slow entry is told as etcd tells it, with its key and without its value'),
    ),
  ),
  at(
    '300ms',
    same('warning-unary-request-duration', slow('a slow write is told with what it waited for')),
  ),

  at('info', same('log-level', server('log', 'a debug line is a debug line in the journal too'))),
  at('json', same('log-format', server('log', 'lines for people have no braces'))),
  at(
    'default',
    same(
      'log-outputs',
      server('log', 'every line reaches every output, also the last ones before the end'),
    ),
  ),
  at(
    'false',
    same(
      'enable-log-rotation',
      server('log', 'a file that is full is put away, and no more are kept than wanted'),
    ),
  ),
  at(
    '{"maxsize":100,"maxage":0,"maxbackups":0,"localtime":false,"compress":false}',
    same('log-rotation-config-json', rotation),
  ),

  at(
    '',
    differs(
      'feature-gates',
      'SetMemberLocalAddr counts for peers with TLS; each of the others is answered with what the member does in any case',
      config('a gate is explained, and one that is none is refused'),
      tls('a member dials the others from the address that it advertises, if that is wanted'),
    ),
  ),
  at(
    '',
    differs(
      'config-file',
      'a key that is unknown is refused (etcd ignores it)',
      config("every key of etcd's sample file is taken"),
      config('refused in a file: …'),
    ),
  ),
  at('', same('version', process('process', 'help and version print and end with status 0'))),
  at('', same('help', process('process', 'help and version print and end with status 0'))),
];

/** etcd's flags by name. */
export const ETCD_DEFAULTS: ReadonlyMap<string, string> = new Map([
  ...meant.map(([initial, { name }]): [string, string] => [name, initial]),
  ...Object.entries(ignoredFlags).map(([name, { initial }]): [string, string] => [name, initial]),
]);

/** Flags of Concord's alone. */
export const OWN_FLAGS: readonly Row[] = [
  more(
    'archive-dir',
    'the log is copied there as it grows: [any moment can be restored](backup.md)',
    shownIn('test/snapshot')('archive', 'give the state of any revision'),
  ),
  more(
    'client-cert-allowed-cn',
    'etcd has it for members alone',
    tls('client-cert-allowed-cn serves the named alone'),
  ),
];

export const flagRows: readonly Row[] = [
  ...meant.map(([, row]) => row),
  ...OWN_FLAGS,
  more(
    'experimental-…',
    'the former name of any flag',
    config('a former name is taken for the new one, and not beside it'),
  ),
  ...Object.entries(ignoredFlags).map(([name, { why }]) => idle(name, why, taken)),
];
