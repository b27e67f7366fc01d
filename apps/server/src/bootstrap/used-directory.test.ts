import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configure, type Configuration } from '../config/configuration.ts';
import { identify } from '../identity.ts';
import { ignoredFlags } from './used-directory.ts';

const configuration = (...args: string[]): Configuration =>
  configure(['--data-dir', 'd', ...args], {}) as Configuration;
const listed = ['--initial-cluster', 'default=http://localhost:2380,b=http://b:1'];
const first = configuration(...listed);
const identity = identify('default', first.initialCluster, 'etcd-cluster');

test('the flags that a directory was made with are nothing to talk about', () => {
  assert.deepEqual(ignoredFlags(first, identity), []);
  assert.deepEqual(ignoredFlags(configuration(), identity), []);
});

test('another token or list is told, with both clusters and the way to start the other', () => {
  const other = configuration(...listed, '--initial-cluster-token', 'other');
  assert.match(
    ignoredFlags(other, identity).join(),
    /^--initial-cluster and --initial-cluster-token are ignored: they describe member \w+ of cluster \w+, and d holds member \w+ of cluster \w+\. .*--data-dir of its own$/,
  );
});

test('the flags of a join tell no ids, so there is nothing to compare', () => {
  const joined = configuration(...listed, '--initial-cluster-state', 'existing');
  assert.deepEqual(ignoredFlags(joined, { memberId: 1n, clusterId: 2n }), []);
});

test('discovery is not asked again', () => {
  const discovered = configuration('--discovery-srv', 'example.com');
  assert.match(
    ignoredFlags(discovered, identity).join(),
    /^discovery token is ignored since cluster already initialized: d holds member/,
  );
});
