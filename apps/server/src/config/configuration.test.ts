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

test('the initial cluster must hold this member with its advertised URL', () => {
  assert.throws(
    () => configure(['--initial-cluster', 'x=http://localhost:2380'], {}),
    /couldn't find local name "default"/,
  );
  assert.throws(
    () => configure(['--initial-cluster', 'default=http://h:1'], {}),
    /missing from --initial-cluster/,
  );
});

test('a cluster of several members is refused instead of started as one', () => {
  const urls = ['--initial-cluster', 'default=http://localhost:2380,b=http://b:2380'];
  assert.throws(
    () => configure(urls, {}),
    /lists 2 members \(default, b\), and this version runs one/,
  );
  assert.throws(
    () => configure(['--initial-cluster-state', 'existing'], {}),
    /cannot join a cluster/,
  );
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
