/** Goal: no pod starts as somebody that it may not be. Method: what a volume holds against what the others say. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { admissionOf, type KnownCluster, type KnownMember, type Situation } from './admission.ts';

const founder = { memberId: 1n, clusterId: 100n };
const own: KnownMember = {
  id: 1n,
  peerUrls: ['http://a:2380'],
  clientUrls: ['http://a:2379'],
  isLearner: false,
};
const other: KnownMember = { ...own, id: 2n, peerUrls: ['http://b:2380'] };
const clusterOf = (...members: KnownMember[]): KnownCluster => ({ clusterId: 100n, members });

const admitted = (situation: Partial<Situation>) =>
  admissionOf({
    founder,
    peerUrls: own.peerUrls,
    state: 'existing',
    held: undefined,
    isSamePod: false,
    cluster: undefined,
    ...situation,
  });

const join = { kind: 'join', replaces: undefined, adds: true, clears: false };

test('a volume with data starts by itself when nobody answers', () => {
  for (const state of ['new', 'existing'] as const) {
    assert.deepEqual(admitted({ held: founder, state }), { kind: 'go-on' });
  }
});

test('an empty volume founds a cluster where one may begin, and waits for the others elsewhere', () => {
  assert.equal(admitted({ state: 'new' }).kind, 'found');
  assert.equal(admitted({ state: 'existing' }).kind, 'wait');
});

test('an empty volume founds along with others that wait for their first majority', () => {
  const waiting = { ...own, clientUrls: [] };
  assert.equal(admitted({ state: 'new', cluster: clusterOf(waiting, other) }).kind, 'found');
});

test('an empty volume joins a cluster that does not know it, once it is added', () => {
  for (const state of ['new', 'existing'] as const) {
    assert.deepEqual(admitted({ state, cluster: clusterOf(other) }), join);
  }
});

test('a member that was added and has not started yet joins without being added again', () => {
  const added = { ...own, id: 9n, clientUrls: [] };
  for (const state of ['new', 'existing'] as const) {
    assert.deepEqual(admitted({ state, cluster: clusterOf(added, other) }), {
      ...join,
      adds: false,
    });
  }
});

test('an empty volume of a member that has run takes its place as a new one, never its id', () => {
  for (const state of ['new', 'existing'] as const) {
    assert.deepEqual(admitted({ state, cluster: clusterOf(own, other) }), {
      ...join,
      replaces: 1n,
    });
  }
});

test('a member that its cluster knows starts', () => {
  assert.equal(admitted({ held: founder, cluster: clusterOf(own, other) }).kind, 'go-on');
});

test('a removed member stays out as long as its pod is the same, and a pod after it joins anew', () => {
  const situation = { held: founder, cluster: clusterOf(other) };
  assert.equal(admitted({ ...situation, isSamePod: true }).kind, 'wait');
  assert.deepEqual(admitted(situation), { ...join, clears: true });
});

test('data of another cluster is never deleted and never joins', () => {
  const held = { memberId: 1n, clusterId: 7n };
  for (const isSamePod of [true, false]) {
    const admission = admitted({ held, isSamePod, cluster: clusterOf(own, other) });
    assert.equal(admission.kind, 'refuse');
    assert.match('reason' in admission ? admission.reason : '', /cluster 7, .* cluster 64/);
  }
});
