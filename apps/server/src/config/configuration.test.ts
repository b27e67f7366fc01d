import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseDurationMs } from './flag.ts';
import { configure, type Configuration } from './configuration.ts';
import { help } from './help.ts';
import { flags } from './flags.ts';

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
    /flag --initial-cluster: empty URLs given for "b"; expected NAME=URL/,
  ],
  [
    'a listed member without a name',
    ['--initial-cluster', '=http://h:1'],
    /expected NAME=URL\[,NAME=URL…\], got "=http:\/\/h:1"$/,
  ],
  [
    'a listed URL with a path',
    ['--initial-cluster', 'a=http://h:1/x'],
    /flag --initial-cluster: URL must not contain a path: http:\/\/h:1\/x$/,
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
];
for (const [what, args, message] of refusals) {
  test(`refused: ${what}`, () => assert.throws(() => configure(args, {}), { message }));
}

test('whatever a used data directory decides is no matter of the configuration', () => {
  assert.equal(run(['--initial-cluster', 'x=http://localhost:2380']).values.name, 'default');
});

test("the file has etcd's sections for TLS and discovery", () => {
  const file = join(mkdtempSync(join(tmpdir(), 'concord-config-')), 'member.yaml');
  writeFileSync(
    file,
    `client-transport-security: { cert-file: c.pem, client-cert-auth: true, allowed-cn: [a, b], unheard: 1 }
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
  assert.equal(warnings[0], `${file}: "client-transport-security.unheard" is ignored`);
});

test('a section of the file that is no mapping is refused by name', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'concord-config-')), 'member.yaml');
  writeFileSync(file, 'peer-transport-security: yes please\n');
  assert.throws(() => configure(['--config-file', file], {}), /invalid peer-transport-security/);
});

test('a file replaces flags and environment, with durations in nanoseconds', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'concord-config-')), 'member.yaml');
  writeFileSync(
    file,
    'name: filed\ngrpc-keepalive-min-time: 7000000000\nmax-txn-ops: 9\nunheard-of: 1\n',
  );
  const { values, warnings } = run(['--config-file', file, '--name', 'ignored']);
  assert.equal(values.name, 'filed');
  assert.equal(values['grpc-keepalive-min-time'], 7000);
  assert.equal(values['max-txn-ops'], 9);
  assert.match(warnings.join(), /unheard-of/);
});

test("a flag of etcd's without a meaning here is taken with a warning", () => {
  const { warnings, values } = run(['--max-wals', '7', '--name', 'a']);
  assert.equal(values.name, 'a');
  assert.deepEqual(warnings, [
    '--max-wals has no effect: log segments are removed as soon as recovery needs them no more',
  ]);
});

test('lengths of time are written as in Go', () => {
  assert.equal(parseDurationMs('1h1m1.5s'), 3_661_500);
  assert.equal(parseDurationMs('250ms'), 250);
  assert.throws(() => parseDurationMs('5'), /such as/);
});

test('help lists every flag', () => {
  const text = help();
  for (const name of Object.keys(flags)) assert.match(text, new RegExp(`--${name}\\b`));
});
