/** Discovery where there is no service to meet at; with one it is tried in `test/bootstrap`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configure, type Configuration } from '../config/configuration.ts';
import { bootstrap } from './bootstrap.ts';
import { discoverMembers } from './discovery.ts';

const configuration = (...args: string[]): Configuration =>
  configure(['--discovery-token', 't', ...args], {}) as Configuration;

const quiet = { info: () => undefined, warn: () => undefined };

test('a service that is not there is asked again, after 2 s and twice as long each time up to 32 s', async () => {
  const { values, initialCluster } = configuration('--discovery-endpoints', '127.0.0.1:1');
  const stop = new AbortController();
  const waits: number[] = [];
  const said: string[] = [];
  const joining = discoverMembers(values, initialCluster, {
    log: { info: () => undefined, warn: (text) => void said.push(text) },
    signal: stop.signal,
    sleep: (ms) => {
      waits.push(ms / 1000);
      if (waits.length === 7) stop.abort(new Error('told to stop'));
      return Promise.resolve();
    },
  });
  await assert.rejects(joining, { message: 'told to stop' });
  assert.deepEqual(waits, [2, 4, 8, 16, 32, 32, 32]);
  assert.match(
    String(said[0]),
    /^discovery: cluster status check failed: Unavailable: cannot connect to http:\/\/127\.0\.0\.1:1 \(connect ECONNREFUSED.*\); trying again in 2 s$/,
  );
});

const refusals: readonly (readonly [string, readonly string[], RegExp])[] = [
  [
    'an endpoint that is no address',
    ['--discovery-endpoints', 'h:1,ftp://h:2'],
    /^failed to join discovery cluster \(discovery: bad discovery endpoint: ftp:\/\/h:2; write host:port/,
  ],
  [
    'an authority that cannot be read',
    ['--discovery-endpoints', 'h:1', '--discovery-cacert', 'gone.pem'],
    /^--discovery-cacert gone\.pem: ENOENT/,
  ],
  [
    'a certificate without its key',
    ['--discovery-endpoints', 'h:1', '--discovery-cert', import.meta.filename],
    /^--discovery-cert and --discovery-key belong together; --discovery-key is missing$/,
  ],
  [
    'joining a running cluster by discovery',
    ['--discovery-endpoints', 'h:1', '--initial-cluster-state', 'existing'],
    /^discovery URL should not be set when joining existing initial cluster; leave out --discovery-endpoints/,
  ],
];
for (const [what, args, message] of refusals) {
  test(`refused: ${what}`, () =>
    assert.rejects(bootstrap(configuration(...args), { log: quiet }), { message }));
}
