import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseInitialCluster } from '../config/initial-cluster.ts';
import { formatId } from '../identity.ts';
import { newCluster } from './new-cluster.ts';

const listed = parseInitialCluster(
  'infra1=http://127.0.0.1:12380,infra2=http://127.0.0.1:22380,infra3=http://127.0.0.1:32380',
);

test("the members of etcd's own Procfile get etcd's ids", () => {
  const { identity, members } = newCluster('infra1', listed, 'etcd-cluster-1');
  assert.equal(formatId(identity.memberId), '8211f1d0f64f3269');
  assert.equal(formatId(identity.clusterId), 'ef37ad9dc622a7c4');
  assert.deepEqual(
    members.map(({ id, name }) => [formatId(id), name]),
    [
      ['8211f1d0f64f3269', 'infra1'],
      ['91bc3c398fb3c146', 'infra2'],
      ['fd422379fda50e48', 'infra3'],
    ],
  );
});

test('every member computes the same cluster, however the list is ordered', () => {
  const one = newCluster('infra1', listed, 't');
  const other = newCluster('infra3', listed.toReversed(), 't');
  assert.deepEqual(other.members, one.members);
  assert.equal(other.identity.clusterId, one.identity.clusterId);
  assert.notEqual(other.identity.memberId, one.identity.memberId);
});

test('a new cluster knows no client URLs and has no learners', () => {
  for (const member of newCluster('infra1', listed, 't').members) {
    assert.deepEqual(member.clientUrls, []);
    assert.equal(member.isLearner, false);
  }
});

test('two members that come out with the same id are refused by name', () => {
  // The ids hash the URLs one after the other, so that these two are the same.
  const twins = parseInitialCluster('a=unix://x,a=unix://y,b=unix://xunix://y');
  assert.throws(() => newCluster('a', twins, 't'), {
    message: /^member exists with identical ID [0-9a-f]+: a and b; each member needs peer URLs/,
  });
});
