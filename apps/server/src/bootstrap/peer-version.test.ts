import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from './peer-version.ts';

test("a member of etcd's is no company, and its owner is told how to bring the data over", () => {
  assert.match(
    String(judge({ etcdserver: '3.4.23', etcdcluster: '3.4.0' }, 'member 1 at http://a:1')),
    /^incompatible with current running cluster: member 1 at http:\/\/a:1 is etcd 3\.4\.23.*make-mirror/,
  );
});

test('a cluster of a newer version is refused, an older or undecided one is not', () => {
  const concord = { etcdserver: '3.6.14', concord: '0.1.0' };
  for (const etcdcluster of ['3.7.0', '4.0.0']) {
    assert.match(
      String(judge({ ...concord, etcdcluster }, 'member 1')),
      /^incompatible with current running cluster: member 1 says that the cluster has version .*; start it with/,
    );
  }
  for (const etcdcluster of ['3.6.0', '3.5.0', 'not_decided']) {
    assert.equal(judge({ ...concord, etcdcluster }, 'member 1'), undefined);
  }
});
