import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatInitialCluster } from '../config/initial-cluster.ts';
import {
  assertHasPlace,
  clusterOf,
  inOrder,
  memberKey,
  membersPrefix,
  parseSize,
  sizeKey,
  type Registration,
} from './registrations.ts';

const registration = (id: bigint, createRevision: number, value: string): Registration => ({
  key: memberKey('t', id),
  value,
  createRevision,
});
const three = [
  registration(1n, 30, 'a=http://a:1'),
  registration(2n, 10, 'b=http://b:1,b=http://b:2'),
  registration(3n, 20, 'c=http://c:1'),
];

test("the keys are those of etcd's v3 discovery", () => {
  assert.equal(sizeKey('t'), '/_etcd/registry/t/_config/size');
  assert.equal(membersPrefix('t'), '/_etcd/registry/t/members');
  assert.equal(memberKey('t', 0xabcn), '/_etcd/registry/t/members/abc');
});

test('the size is a positive whole number', () => {
  assert.equal(parseSize('3', 't'), 3);
  for (const bad of ['0', '-1', 'three', '', '1.5', ' 3']) {
    assert.throws(() => parseSize(bad, 't'), {
      message:
        /^discovery: size key is bad: \/_etcd\/registry\/t\/_config\/size holds ".*etcdctl put/,
    });
  }
  assert.throws(() => parseSize(undefined, 't'), {
    message:
      /^discovery: size key not found: there is no .*etcdctl put \/_etcd\/registry\/t\/_config\/size 3`$/,
  });
});

test('who registered first stands first, and what is no registration does not count', () => {
  const garbage = registration(9n, 1, 'nobody');
  assert.deepEqual(
    inOrder([...three, garbage]).map(({ createRevision }) => createRevision),
    [10, 20, 30],
  );
});

test('the first members have a place, and one that comes later is told who took it', () => {
  const ordered = inOrder(three);
  assertHasPlace(ordered, 3, memberKey('t', 1n));
  assertHasPlace(ordered, 4, memberKey('t', 9n));
  for (const late of [1n, 9n]) {
    assert.throws(() => assertHasPlace(ordered, 2, memberKey('t', late)), {
      message:
        /^discovery: cluster is full: 2 members have registered \(b=http:\/\/b:1,b=http:\/\/b:2,c=http:\/\/c:1\); join/,
    });
  }
});

test('the registrations together are the list of the cluster', () => {
  assert.equal(
    formatInitialCluster(clusterOf(inOrder(three))),
    'a=http://a:1,b=http://b:1,b=http://b:2,c=http://c:1',
  );
});

test('two members of one name are not taken for one member', () => {
  const twins = [
    registration(1n, 1, 'default=http://a:1'),
    registration(2n, 2, 'default=http://b:1'),
  ];
  assert.throws(() => clusterOf(twins), {
    message:
      /^discovery: found duplicate name: "default" is registered as .*\/1 and as .*\/2; give each/,
  });
});

test('a registration with a URL that is none is named', () => {
  assert.throws(() => clusterOf([registration(1n, 1, 'a=gopher://a')]), {
    message:
      /^discovery: invalid peer URL: .*\/members\/1 holds "a=gopher:\/\/a": URL scheme must be/,
  });
});
