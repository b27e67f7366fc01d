import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { sections, type Section } from './config-file.ts';
import { configurationDocument } from './document.ts';
import { flagNamed } from './flag-names.ts';
import { parseDurationMs } from './flag.ts';
import { ignoredFlags } from './ignored-flags.ts';
import { configure, type Configuration } from './configuration.ts';
import { help } from './help.ts';
import { flags } from './flags.ts';

/** The names in the help of etcd 3.7, which are those of 3.6 as well. */
const etcdFlags = `
  name data-dir wal-dir snapshot-count heartbeat-interval election-timeout
  initial-election-tick-advance listen-peer-urls listen-client-urls listen-client-http-urls
  max-snapshots max-wals memory-mlock quota-backend-bytes backend-bbolt-freelist-type
  backend-batch-interval backend-batch-limit max-txn-ops max-request-bytes max-concurrent-streams
  grpc-keepalive-min-time grpc-keepalive-interval grpc-keepalive-timeout socket-reuse-port
  socket-reuse-address enable-grpc-gateway raft-read-timeout raft-write-timeout feature-gates
  initial-advertise-peer-urls initial-cluster initial-cluster-state initial-cluster-token
  advertise-client-urls discovery discovery-token discovery-endpoints discovery-dial-timeout
  discovery-request-timeout discovery-keepalive-time discovery-keepalive-timeout
  discovery-insecure-transport discovery-insecure-skip-tls-verify discovery-cert discovery-key
  discovery-cacert discovery-user discovery-password discovery-fallback discovery-proxy
  discovery-srv discovery-srv-name strict-reconfig-check pre-vote auto-compaction-retention
  auto-compaction-mode v2-deprecation cert-file key-file client-cert-auth client-cert-file
  client-key-file client-crl-file client-cert-allowed-hostname trusted-ca-file auto-tls
  peer-cert-file peer-key-file peer-client-cert-auth peer-client-cert-file peer-client-key-file
  peer-trusted-ca-file peer-cert-allowed-cn peer-cert-allowed-hostname peer-auto-tls
  self-signed-cert-validity peer-crl-file cipher-suites cors host-whitelist tls-min-version
  tls-max-version auth-token bcrypt-cost auth-token-ttl enable-pprof metrics listen-metrics-urls
  logger log-outputs log-level log-format enable-log-rotation log-rotation-config-json
  warning-unary-request-duration enable-distributed-tracing distributed-tracing-address
  distributed-tracing-service-name distributed-tracing-instance-id
  distributed-tracing-sampling-rate corrupt-check-time compact-hash-check-time
  compaction-batch-limit peer-skip-client-san-verification watch-progress-notify-interval
  warning-apply-duration bootstrap-defrag-threshold-megabytes max-learners
  compaction-sleep-interval downgrade-check-time snapshot-catchup-entries force-new-cluster
  unsafe-no-fsync
`
  .trim()
  .split(/\s+/);

function run(args: readonly string[], environment: Record<string, string> = {}): Configuration {
  const command = configure(args, environment);
  assert.equal(command.kind, 'run');
  return command;
}

test('flags take one dash or two, a space or an equals sign', () => {
  for (const args of [['--name', 'a'], ['-name', 'a'], ['--name=a'], ['-name=a']]) {
    assert.equal(run(args).values.name, 'a');
  }
});

test('a boolean alone is true and takes no value from the next word', () => {
  assert.equal(run(['--client-cert-auth', '--name', 'a']).values['client-cert-auth'], true);
  assert.equal(run(['--pre-vote=false']).values['pre-vote'], false);
});

test('an unknown flag ends with status 2 and the flag that was probably meant', () => {
  assert.throws(() => configure(['--data-dirr', 'x'], {}), {
    exitCode: 2,
    message: 'flag provided but not defined: -data-dirr; did you mean --data-dir?',
  });
});

test('a positional argument is refused by name', () => {
  assert.throws(() => configure(['start'], {}), { message: '"start" is not a valid flag' });
});

test('environment variables count, and conflict with the same flag', () => {
  assert.equal(run([], { ETCD_NAME: 'b' }).values.name, 'b');
  assert.throws(() => configure(['--name', 'a'], { ETCD_NAME: 'b' }), /shadowed by corresponding/);
});

test('an empty environment variable is as good as none', () => {
  assert.equal(run(['--name', 'a'], { ETCD_NAME: '' }).values.name, 'a');
});

test('listening elsewhere without advertising it is refused', () => {
  assert.throws(() => configure(['--listen-client-urls', 'http://127.0.0.1:1'], {}), {
    message: '--advertise-client-urls is required when --listen-client-urls is set explicitly',
  });
});

describe('a member that listens on every interface, and is left to what it advertises by default', () => {
  const every = (...args: string[]): Configuration => {
    const command = configure(args, {}, () => '192.0.2.2');
    assert.ok(command.kind === 'run');
    return command;
  };
  const textsOf = (addresses: readonly { readonly text: string }[]): readonly string[] =>
    addresses.map(({ text }) => text);
  const listen = '--listen-client-urls=http://0.0.0.0:2379';
  const byDefault = '--advertise-client-urls=http://localhost:2379';

  test('advertises the host of the default route, at the port where it listens', () => {
    const client = every('--listen-client-urls=http://0.0.0.0:1234', byDefault);
    assert.deepEqual(textsOf(client.values['advertise-client-urls']), ['http://192.0.2.2:1234']);
    assert.match(client.warnings.join(), /^advertising using detected default host "192.0.2.2"/);
    const peer = every('--name=a', '--listen-peer-urls=http://127.0.0.1:5,http://0.0.0.0:4321');
    assert.deepEqual(textsOf(peer.values['initial-advertise-peer-urls']), [
      'http://192.0.2.2:4321',
    ]);
    assert.deepEqual(peer.initialCluster, [{ name: 'a', peerUrl: 'http://192.0.2.2:4321' }]);
  });

  test('advertises what it is told to, whatever it listens on', () => {
    const told = every(listen, '--advertise-client-urls=http://localhost:1');
    assert.deepEqual(textsOf(told.values['advertise-client-urls']), ['http://localhost:1']);
    const other = every('--listen-client-urls=http://[::]:2379', byDefault);
    assert.deepEqual(textsOf(other.values['advertise-client-urls']), ['http://localhost:2379']);
    assert.deepEqual(every(byDefault).warnings, []);
  });

  test('is warned where there is no default route', () => {
    const command = configure([listen, byDefault], {}, () => undefined);
    assert.ok(command.kind === 'run');
    assert.deepEqual(textsOf(command.values['advertise-client-urls']), ['http://localhost:2379']);
    assert.match(command.warnings.join(), /no other machine finds this member/);
  });
});

test('a URL without a port is told so', () => {
  assert.throws(
    () => configure(['--listen-peer-urls', 'http://localhost'], {}),
    /host:port.*add the port/,
  );
  assert.throws(
    () => configure(['--listen-peer-urls', 'localhost:2380'], {}),
    /scheme must be http/,
  );
  assert.throws(
    () => configure(['--listen-peer-urls', 'http://localhost:1/x'], {}),
    /must not contain a path/,
  );
});

test('the heartbeat must fit five times into the election timeout', () => {
  assert.throws(
    () => configure(['--heartbeat-interval', '300'], {}),
    /should be at least as 5 times as --heartbeat-interval\[300ms\]/,
  );
});

test('a cluster is listed by names and URLs, a name once for each of its URLs', () => {
  const { initialCluster } = run(['--initial-cluster', 'a=http://a:1, b=http://b:2/,a=http://c:3']);
  assert.deepEqual(initialCluster, [
    { name: 'a', peerUrl: 'http://a:1' },
    { name: 'b', peerUrl: 'http://b:2' },
    { name: 'a', peerUrl: 'http://c:3' },
  ]);
});

test('without a list, DNS or discovery the cluster is this member at the URLs that it advertises', () => {
  const urls = ['--initial-advertise-peer-urls', 'http://h:1,http://h:2'];
  assert.deepEqual(run(['--name', 'a', ...urls]).initialCluster, [
    { name: 'a', peerUrl: 'http://h:1' },
    { name: 'a', peerUrl: 'http://h:2' },
  ]);
});

const refusals: readonly (readonly [string, readonly string[], RegExp])[] = [
  [
    'two ways to find the other members',
    ['--initial-cluster', 'a=http://h:1', '--discovery-srv', 'example.com'],
    /^multiple discovery or bootstrap flags are set\. Choose one of "initial-cluster", "discovery", "discovery-endpoints" or "discovery-srv"; given are --initial-cluster and --discovery-srv$/,
  ],
  [
    'v2 discovery',
    ['--discovery', 'https://discovery.etcd.io/x'],
    /^--discovery https.* use --discovery-endpoints and --discovery-token/,
  ],
  [
    'a v2 proxy for want of a cluster',
    ['--discovery-fallback', 'proxy'],
    /^--discovery-fallback proxy: a member without its cluster always exits; the only value is exit$/,
  ],
  [
    'a discovery token without endpoints',
    ['--discovery-token', 't'],
    /^both --discovery-token and --discovery-endpoints must be set; --discovery-endpoints is missing$/,
  ],
  [
    'discovery endpoints without a token',
    ['--discovery-endpoints', 'h:1'],
    /^both --discovery-token and --discovery-endpoints must be set; --discovery-token is missing$/,
  ],
  [
    'an empty discovery endpoint',
    ['--discovery-endpoints', 'h:1,,', '--discovery-token', 't'],
    /^--discovery-endpoints must not contain empty endpoints/,
  ],
  [
    'a cluster state that is none',
    ['--initial-cluster-state', 'old'],
    /unexpected clusterState "old"; expected new or existing$/,
  ],
  [
    'a listed member without a URL',
    ['--initial-cluster', 'a=http://h:1,b'],
    /flag -initial-cluster: empty URLs given for "b"; expected NAME=URL/,
  ],
  [
    'a listed member without a name',
    ['--initial-cluster', '=http://h:1'],
    /expected NAME=URL\[,NAME=URL…\], got "=http:\/\/h:1"$/,
  ],
  [
    'a listed URL with a path',
    ['--initial-cluster', 'a=http://h:1/x'],
    /flag -initial-cluster: URL must not contain a path: http:\/\/h:1\/x$/,
  ],
  [
    'a listed URL of another scheme',
    ['--initial-cluster', 'a=ftp://h:1'],
    /URL scheme must be http, https, unix, or unixs: ftp:\/\/h:1$/,
  ],
  [
    'a listed URL without a port',
    ['--initial-cluster', 'a=http://h'],
    /URL address does not have the form "host:port": http:\/\/h; add the port/,
  ],
  [
    'listening on a host name',
    ['--listen-peer-urls', 'http://example.com:2380'],
    /^expected IP in URL for binding \(http:\/\/example\.com:2380\); give --listen-peer-urls an address/,
  ],
  [
    'advertising no host to members',
    ['--initial-advertise-peer-urls', 'http://:2380'],
    /^--initial-advertise-peer-urls "http:\/\/:2380" must be "host:port" \(unexpected empty host/,
  ],
  [
    'advertising no host to clients',
    ['--advertise-client-urls', 'http://:2379'],
    /^--advertise-client-urls "http:\/\/:2379" must be in the format "host:port" \(unexpected/,
  ],
  [
    'no heartbeat',
    ['--heartbeat-interval', '0'],
    /^--heartbeat-interval must be >0 \(set to 0ms\)$/,
  ],
  [
    'no election timeout',
    ['--election-timeout', '0'],
    /^--election-timeout must be >0 \(set to 0ms\)$/,
  ],
  [
    'an election timeout beyond a minute',
    ['--election-timeout', '60000'],
    /^--election-timeout\[60000ms\] is too long, and should be set less than 50000ms$/,
  ],
  ['a v2 proxy', ['--proxy', 'on'], /^--proxy on: there is no v2 proxy; the only value is off$/],
  ['the former logger', ['--logger=capnslog'], /the only value is zap$/],
  [
    'the default log among others',
    ['--log-outputs', 'default,stdout'],
    /^multi logoutput for "default" is not supported yet: --log-outputs default,stdout/,
  ],
  [
    'rotation without a file',
    ['--enable-log-rotation'],
    /^--log-outputs requires a single file path when --enable-log-rotation is given; it is default$/,
  ],
  [
    'a rotation that is none',
    ['--log-rotation-config-json', '{"maxSize":1}'],
    /flag -log-rotation-config-json: "maxSize" is none of maxsize,/,
  ],
  ['an origin with a path', ['--cors', 'http://a/'], /"http:\/\/a\/" is no origin/],
  ['a boolean that is none', ['--enable-pprof=maybe'], /expected true or false$/],
  ['a level that is none', ['--log-level=loud'], /flag -log-level: expected info or debug or/],
];
for (const [what, args, message] of refusals) {
  test(`refused: ${what}`, () => assert.throws(() => configure(args, {}), { message }));
}

test('whatever a used data directory decides is no matter of the configuration', () => {
  assert.equal(run(['--initial-cluster', 'x=http://localhost:2380']).values.name, 'default');
});

function fileOf(content: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'concord-config-')), 'member.yaml');
  writeFileSync(file, content);
  return file;
}

test("the file has etcd's sections for TLS and discovery", () => {
  const file = fileOf(
    `client-transport-security: { cert-file: c.pem, client-cert-auth: true, allowed-cn: [a, b] }
peer-transport-security:
  cert-file: p.pem
  client-key-file: k.pem
  skip-client-san-verification: true
discovery-config:
  token: t
  client:
    endpoints: [h:1, 'h:2']
    dial-timeout: 3000000000
    secure: { insecure-transport: false, cacert: ca.pem }
    auth: { username: u, password: p }
`,
  );
  const { values, warnings } = run(['--config-file', file]);
  assert.equal(values['cert-file'], 'c.pem');
  assert.equal(values['client-cert-auth'], true);
  assert.deepEqual(values['client-cert-allowed-cn'], ['a', 'b']);
  assert.equal(values['peer-skip-client-san-verification'], true);
  assert.equal(values['peer-cert-file'], 'p.pem');
  assert.equal(values['peer-client-key-file'], 'k.pem');
  assert.equal(values['discovery-token'], 't');
  assert.equal(values['discovery-endpoints'], 'h:1,h:2');
  assert.equal(values['discovery-dial-timeout'], 3000);
  assert.equal(values['discovery-insecure-transport'], false);
  assert.equal(values['discovery-cacert'], 'ca.pem');
  assert.equal(values['discovery-user'], 'u');
  assert.equal(values['discovery-password'], 'p');
  assert.match(warnings.join(), /ignoring client cert auth for http/);
});

test("every key of etcd's sample file is taken", () => {
  const file = fileOf(`name: s
data-dir:
wal-dir:
snapshot-count: 10000
heartbeat-interval: 100
election-timeout: 1000
quota-backend-bytes: 0
listen-peer-urls: http://localhost:2380
listen-client-urls: http://localhost:2379
max-snapshots: 5
max-wals: 5
cors:
initial-advertise-peer-urls: http://localhost:2380
advertise-client-urls: http://localhost:2379
discovery:
discovery-fallback: proxy
discovery-proxy:
discovery-srv:
initial-cluster:
initial-cluster-token: etcd-cluster
initial-cluster-state: new
strict-reconfig-check: false
enable-pprof: true
proxy: 'off'
proxy-failure-wait: 5000
proxy-refresh-interval: 30000
proxy-dial-timeout: 1000
proxy-write-timeout: 5000
proxy-read-timeout: 0
client-transport-security: { cert-file: , key-file: , client-cert-auth: false, trusted-ca-file: , auto-tls: false }
peer-transport-security: { cert-file: , key-file: , client-cert-auth: false, trusted-ca-file: , auto-tls: false }
self-signed-cert-validity: 1
log-level: debug
logger: zap
log-outputs: [stderr]
force-new-cluster: false
auto-compaction-mode: periodic
auto-compaction-retention: '1'
cipher-suites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384]
tls-min-version: TLS1.2
tls-max-version: TLS1.3
`);
  const { values } = run(['--config-file', file]);
  assert.equal(values['log-level'], 'debug');
  assert.equal(values['enable-pprof'], true);
  assert.equal(values['strict-reconfig-check'], false);
});

test('a section of the file that is no mapping is refused by name', () => {
  const file = fileOf('peer-transport-security: yes please\n');
  assert.throws(() => configure(['--config-file', file], {}), /invalid peer-transport-security/);
});

test('a file replaces flags and environment, with durations in nanoseconds, and says so', () => {
  const file = fileOf('name: filed\ngrpc-keepalive-min-time: 7000000000\nmax-txn-ops: 9\n');
  const { values, warnings } = run(['--config-file', file, '--name', 'x'], { ETCD_DATA_DIR: 'y' });
  assert.equal(values.name, 'filed');
  assert.equal(values['grpc-keepalive-min-time'], 7000);
  assert.equal(values['max-txn-ops'], 9);
  assert.match(warnings.join(), /are ignored, here --name, ETCD_DATA_DIR$/);
});

const fileRefusals: readonly (readonly [string, string, RegExp])[] = [
  ['a key that is none', 'dataDir: x\n', /unknown key "dataDir"; did you mean data-dir\?$/],
  [
    'a key of a section that is none',
    'client-transport-security: { cert: x }\n',
    /unknown key "client-transport-security\.cert"$/,
  ],
  ['a key of an object', 'constructor: x\n', /unknown key "constructor"/],
  ['a list of keys', '- name\n', /expected a mapping of flag names to values/],
  ['what is no YAML', 'name: [\n', /--config-file .*member\.yaml: /],
  ['a tag that nobody knows', 'name: !secret a\n', /Unresolved tag: !secret/],
  ['a key that is no text', '? [1]\n: 2\n', /unknown key "\[ 1 \]"/],
  [
    'a tag that nobody knows',
    'name: !secret a\n',
    /--config-file .*member\.yaml: Unresolved tag: !secret/,
  ],
  ['a key that is no text', '? [1]\n: 2\n', /--config-file .*member\.yaml: unknown key "\[ 1 \]"/],
  ['a mapping for a value', 'name: { a: b }\n', /"name" must be a single value/],
];
for (const [what, content, message] of fileRefusals) {
  test(`refused in a file: ${what}`, () => {
    assert.throws(() => configure(['--config-file', fileOf(content)], {}), { message });
  });
}

test('a file of JSON is a file of YAML', () => {
  const file = fileOf('{"name": "j", "log-outputs": ["stdout", "/tmp/x"], "cors": "*"}');
  const { values } = run(['--config-file', file]);
  assert.equal(values.name, 'j');
  assert.deepEqual(values['log-outputs'], ['stdout', '/tmp/x']);
  assert.deepEqual(values.cors, ['*']);
});

test('the sections of the file lead to flags', () => {
  const namesIn = (section: Section): string[] =>
    Object.values(section).flatMap((place) => (typeof place === 'string' ? place : namesIn(place)));
  for (const name of namesIn(sections)) assert.notEqual(flagNamed(name), undefined, name);
});

test("every flag of etcd's own help is known", () => {
  for (const name of etcdFlags) assert.notEqual(flagNamed(name), undefined, name);
});

test('no flag has and lacks a meaning', () => {
  for (const name of Object.keys(flags)) assert.ok(!Object.hasOwn(ignoredFlags, name), name);
});

test("a flag of etcd's without a meaning here is taken with a warning", () => {
  const { warnings, values } = run(['--max-wals', '7', '--memory-mlock', '--name', 'a']);
  assert.equal(values.name, 'a');
  assert.deepEqual(warnings, [
    '--max-wals has no effect: log segments are removed as soon as recovery needs them no more',
    '--memory-mlock has no effect: Node cannot lock its pages',
  ]);
});

test('a former name is taken for the new one, and not beside it', () => {
  const { values } = run(['--experimental-warning-apply-duration=2s']);
  assert.equal(values['warning-apply-duration'], 2000);
  for (const name of ['warning-apply-duration', 'compaction-batch-limit']) {
    const both = [`--experimental-${name}=2s`, `--${name}=2s`];
    for (const args of [both, both.toReversed()]) {
      assert.throws(() => configure(args, {}), {
        message: new RegExp(
          `^cannot set .*${name} and .*${name} at the same time, please use --${name} only$`,
        ),
      });
    }
  }
});

test('a gate is explained, and one that is none is refused', () => {
  assert.match(
    run(['--feature-gates=LeaseCheckpoint=true']).warnings.join(),
    /always checkpointed/,
  );
  assert.throws(() => configure(['--feature-gates=Foo=true'], {}), {
    message: /unrecognized feature gate: Foo; there are AllAlpha/,
  });
});

test('the flags that gates once were are taken, and explained', () => {
  const { warnings } = run(['--experimental-initial-corrupt-check=true']);
  assert.match(warnings.join(), /initial-corrupt-check has no effect: members compare/);
});

test('--log-rotation-config-json is read and checked', () => {
  const { values } = run([
    '--enable-log-rotation',
    '--log-outputs=/tmp/a.log',
    '--log-rotation-config-json={"maxsize":1,"compress":true}',
  ]);
  assert.deepEqual(values['log-rotation-config-json'], {
    maxSizeMegabytes: 1,
    maxAgeDays: 0,
    maxBackups: 0,
    isLocalTime: false,
    compress: true,
  });
});

test('lengths of time are written as in Go', () => {
  assert.equal(parseDurationMs('1h1m1.5s'), 3_661_500);
  assert.equal(parseDurationMs('250ms'), 250);
  assert.throws(() => parseDurationMs('5'), /such as/);
});

test('help lists every flag, in lines that fit', () => {
  const text = help();
  for (const name of [...Object.keys(flags), ...Object.keys(ignoredFlags)]) {
    assert.match(text, new RegExp(`--${name}\\b`));
  }
  for (const line of text.split('\n')) assert.ok(line.length <= 130, line);
});

test('docs/configuration.md is what the tables say; write it anew with `document.ts`', () => {
  const path = join(import.meta.dirname, '../../../../docs/configuration.md');
  assert.equal(readFileSync(path, 'utf8'), configurationDocument());
});
