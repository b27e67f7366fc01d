import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clusterId, formatId, identify, memberId } from './identity.ts';

test("etcd's check vector gives etcd's ids", () => {
  const identity = identify(
    'default',
    [{ name: 'default', peerUrl: 'http://localhost:2380' }],
    'etcd-cluster',
  );
  assert.equal(formatId(identity.memberId), '8e9e05c52164694d');
  assert.equal(formatId(identity.clusterId), 'cdf818194e3a8c32');
});

test('the order in which URLs and members are listed changes nothing', () => {
  assert.equal(
    memberId(['http://a:1', 'http://b:2'], 't'),
    memberId(['http://b:2', 'http://a:1'], 't'),
  );
  assert.equal(clusterId([1n, 2n ** 63n]), clusterId([2n ** 63n, 1n]));
});

test('another token gives other ids', () => {
  const members = [{ name: 'a', peerUrl: 'http://a:2380' }];
  assert.notEqual(identify('a', members, 'one').clusterId, identify('a', members, 'two').clusterId);
});
