/** Every way not to get into a running cluster, with etcd's words and what to do about it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseInitialCluster, peerUrlsByName } from '../config/initial-cluster.ts';
import {
  explainDifferentClusters,
  explainMismatch,
  explainSilence,
  explainUnequalCount,
} from './join-diagnosis.ts';
import type { RunningCluster, RunningMember } from './running-cluster.ts';

const member = (id: bigint, name: string, url: string, clientUrls = ['http://c:2379']) =>
  ({ id, name, peerUrls: [url], clientUrls, isLearner: false }) satisfies RunningMember;
const cluster: RunningCluster = {
  clusterId: 0xabcn,
  toldBy: 'http://a:2380',
  members: [member(1n, 'a', 'http://a:2380'), member(2n, 'b', 'http://b:2380', ['http://d:2379'])],
};
const printed =
  '{ClusterID:abc Members:[' +
  '&{ID:1 RaftAttributes:{PeerURLs:[http://a:2380] IsLearner:false} Attributes:{Name:a ClientURLs:[http://c:2379]}} ' +
  '&{ID:2 RaftAttributes:{PeerURLs:[http://b:2380] IsLearner:false} Attributes:{Name:b ClientURLs:[http://d:2379]}}' +
  '] RemovedMemberIDs:[]}';
const silence =
  'cannot fetch cluster info from peer urls: could not retrieve cluster information from the given URLs';

const diagnoses: readonly (readonly [string, () => string, string])[] = [
  [
    'nobody else is listed',
    () => explainSilence([]),
    `${silence}: --initial-cluster lists no other member; list the members of the running cluster too`,
  ],
  [
    'no listed peer answers',
    () =>
      explainSilence([
        { url: 'http://a:1', reason: 'connect ECONNREFUSED 10.0.0.1:1' },
        { url: 'http://b:1', reason: 'no answer in time' },
      ]),
    `${silence}: http://a:1 (connect ECONNREFUSED 10.0.0.1:1), http://b:1 (no answer in time); check that these ` +
      'are the peer URLs of running members and reachable from here, or leave out --initial-cluster-state existing ' +
      'to start a new cluster',
  ],
  [
    'the peers are of two clusters',
    () =>
      explainDifferentClusters(cluster, { ...cluster, clusterId: 0xdefn, toldBy: 'http://x:1' }),
    'cluster ID mismatch: http://a:2380 belongs to cluster abc and http://x:1 to cluster def; ' +
      'list members of the one to join in --initial-cluster',
  ],
  [
    'the cluster was not told of this member',
    () =>
      explainUnequalCount(
        cluster,
        "c's",
        parseInitialCluster("a=http://a:2380,b=http://b:2380,c's=http://c:1,c's=http://c:2"),
      ),
    `error validating peerURLs ${printed}: member count is unequal: --initial-cluster lists 3, and the cluster ` +
      'has 2, which was not told of this member; add it first, then start it: ' +
      "`etcdctl --endpoints=http://c:2379,http://d:2379 member add 'c'\\''s' --peer-urls=http://c:1,http://c:2`",
  ],
  [
    'the list lacks a member of the cluster',
    () =>
      explainUnequalCount(
        { ...cluster, members: [...cluster.members, member(3n, '', 'http://c:2380', [])] },
        'c',
        parseInitialCluster('a=http://a:2380,c=http://c:2380'),
      ),
    `error validating peerURLs ${printed.replace('] Removed', ' &{ID:3 RaftAttributes:{PeerURLs:[http://c:2380] IsLearner:false} Attributes:{Name: ClientURLs:[]}}] Removed')}` +
      ': member count is unequal: --initial-cluster lists 2, and the cluster has 3; start this member with ' +
      '--initial-cluster a=http://a:2380,b=http://b:2380,c=http://c:2380',
  ],
  [
    'the list gives one name to two members',
    () => explainUnequalCount(cluster, 'a', parseInitialCluster('a=http://a:2380,a=http://b:2380')),
    `error validating peerURLs ${printed}: member count is unequal: --initial-cluster lists 1, and the cluster ` +
      'has 2, since it gives the name a to 1 at http://a:2380 and 2 at http://b:2380; give each member a name of its own',
  ],
  [
    'as many are listed, and one has another URL',
    () =>
      explainMismatch(
        cluster,
        cluster.members[1] as RunningMember,
        peerUrlsByName(parseInitialCluster('b=http://b:9')),
        '"http://b:2380" != "http://b:9"',
      ),
    `error validating peerURLs ${printed}: PeerURLs: no match found for existing member (2, [http://b:2380]), ` +
      'last resolver error ("http://b:2380" != "http://b:9"); --initial-cluster has b=http://b:9 instead: correct ' +
      'the URL there, or, if the member has moved, say `etcdctl member update 2 --peer-urls=URL`',
  ],
];
for (const [what, explain, text] of diagnoses) {
  test(`explained: ${what}`, () => assert.equal(explain(), text));
}
