/** Goal: the pods that go are the members that go. Method: a list of members that remembers what was asked of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StatusCode, type Member } from '@concord/protocol';
import { GrpcError } from '../bootstrap/grpc-call.ts';
import { shrink } from './shrinking.ts';

const member = (name: string, ID: bigint): Member => ({
  ID,
  name,
  peerURLs: [],
  clientURLs: [],
  isLearner: false,
});

function clusterOf(...names: readonly string[]) {
  const members = names.map((name, i) => member(name, BigInt(i + 1)));
  const removed: bigint[] = [];
  return {
    removed,
    members: () => Promise.resolve({ clusterId: 1n, members }),
    remove: (id: bigint) => {
      removed.push(id);
      return Promise.resolve();
    },
  };
}

const quiet = (): void => undefined;

test('the members from the N-th on are removed, the last one first', async () => {
  const cluster = clusterOf('c-0', 'c-10', 'c-2', 'c-1', 'c-3');
  await shrink(cluster, 2, 'c-', quiet);
  assert.deepEqual(cluster.removed, [2n, 5n, 3n]);
});

test('members of other names, and those that stay, are left alone', async () => {
  const cluster = clusterOf('c-0', 'c-1', 'd-7', 'c-x', 'cc-9', '');
  const said: string[] = [];
  await shrink(cluster, 2, 'c-', (text) => said.push(text));
  assert.deepEqual(cluster.removed, []);
  assert.deepEqual(said, ['no member to remove: 6 are there\n']);
});

test('what the cluster refuses for now is asked again', async () => {
  const cluster = clusterOf('c-0', 'c-1');
  let refusals = 2;
  const remove = (id: bigint): Promise<void> => {
    if (refusals-- > 0)
      throw new GrpcError(StatusCode.UNAVAILABLE, 'etcdserver: unhealthy cluster');
    return cluster.remove(id);
  };
  await shrink({ ...cluster, remove }, 1, 'c-', quiet, 1);
  assert.deepEqual(cluster.removed, [2n]);
});
