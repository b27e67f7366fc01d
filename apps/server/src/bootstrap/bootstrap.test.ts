/**
 * Bootstrap against peers on real sockets, which answer `/members` and `/version` with what a test tells them: new
 * clusters, joins, and everything that can be wrong with them.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { CertificateAuthority } from '@concord/testing/certificates';
import { configure, type Configuration } from '../config/configuration.ts';
import { formatId } from '../identity.ts';
import { CertificateDirectory, openSecurity } from '../tls/harness/certificate-directory.ts';
import { bootstrap, type Bootstrap, type BootstrapWorld } from './bootstrap.ts';
import type { Resolver } from './resolver.ts';

/** What a peer says, by path; changed by tests while it runs. */
interface Peer {
  readonly url: string;
  members: string;
  clusterId: string | undefined;
  version: string | undefined;
}

const servers: http.Server[] = [];
after(() => {
  for (const server of servers) server.close();
});

/** Its port is known before its answer, in which the port stands. */
async function startPeer(tls?: https.ServerOptions): Promise<Peer> {
  const answer: http.RequestListener = ({ url }, response) => {
    if (url === '/members' && peer.clusterId !== undefined) {
      response.setHeader('X-Etcd-Cluster-ID', peer.clusterId);
    }
    const body = url === '/members' ? peer.members : url === '/version' ? peer.version : undefined;
    response.writeHead(body === undefined ? 404 : 200).end(body);
  };
  const server = tls === undefined ? http.createServer(answer) : https.createServer(tls, answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const scheme = tls === undefined ? 'http' : 'https';
  const peer: Peer = {
    url: `${scheme}://127.0.0.1:${port}`,
    members: '[]',
    clusterId: 'abc',
    version: JSON.stringify({ etcdserver: '3.6.14', etcdcluster: '3.6.0', concord: '0.1.0' }),
  };
  return peer;
}

/** A list of members as etcd writes it: ids are bare numbers that JavaScript would round. */
const listOf = (
  ...members: readonly (readonly [id: bigint, name: string, url: string])[]
): string =>
  `[${members
    .map(([id, name, url]) =>
      name === ''
        ? `{"id":${id},"peerURLs":["${url}"]}`
        : `{"id":${id},"peerURLs":["${url}"],"name":"${name}","clientURLs":["${url}9"]}`,
    )
    .join()}]`;

const noDns: Resolver = {
  address: (host) => Promise.reject(new Error(`queryA ENOTFOUND ${host}`)),
  services: () => Promise.reject(new Error('no services')),
};

const OWN_URL = 'http://127.0.0.1:1';
const OWN_ID = 0xfedcba9876543211n;

async function start(
  args: readonly string[],
  { warnings = [], ...world }: Partial<BootstrapWorld> & { readonly warnings?: string[] } = {},
): Promise<Bootstrap> {
  const flags = ['--name', 'own', '--initial-advertise-peer-urls', OWN_URL, ...args];
  const log = { info: () => undefined, warn: (text: string) => void warnings.push(text) };
  return bootstrap(configure(flags, {}) as Configuration, { log, resolver: noDns, ...world });
}

const listed = (...peers: readonly Peer[]): string[] => [
  '--initial-cluster',
  [`own=${OWN_URL}`, ...peers.map(({ url }, i) => `peer${i}=${url}`)].join(),
];
const joining = (...peers: readonly Peer[]): string[] => [
  ...listed(...peers),
  '--initial-cluster-state',
  'existing',
];

test('a new cluster needs nobody to answer', async () => {
  const { kind, members } = await start([
    '--initial-cluster',
    `own=${OWN_URL},other=http://127.0.0.1:2`,
  ]);
  assert.equal(kind, 'new');
  assert.deepEqual(members.map(({ name }) => name).sort(), ['other', 'own']);
});

test('a new directory has nothing to force a new cluster from, and its owner is asked to check', async () => {
  const warnings: string[] = [];
  await start(['--initial-cluster', `own=${OWN_URL}`, '--force-new-cluster'], { warnings });
  assert.match(
    warnings.join(),
    /^--force-new-cluster has no effect: own\.etcd is new.*--data-dir$/,
  );
});

test('a member that others know as having run is not begun a second time', async () => {
  const peer = await startPeer();
  const { identity } = await start(listed(peer));
  peer.members = listOf([identity.memberId, 'own', OWN_URL], [2n, 'peer0', peer.url]);
  await assert.rejects(start(listed(peer)), {
    message: new RegExp(
      `^member ${formatId(identity.memberId)} has already been bootstrapped, says ${peer.url}; ` +
        'start it with the --data-dir that it had',
    ),
  });
});

test('a member that others know without client URLs has not run yet', async () => {
  const peer = await startPeer();
  const { identity } = await start(listed(peer));
  peer.clusterId = formatId(identity.clusterId);
  peer.members = listOf([identity.memberId, '', OWN_URL], [2n, 'peer0', peer.url]);
  const warnings: string[] = [];
  assert.equal((await start(listed(peer), { warnings })).kind, 'new');
  assert.deepEqual(warnings, []);
});

test('a member that its cluster has removed is told so, and how to come back', async () => {
  const peer = await startPeer();
  const { identity } = await start(listed(peer));
  peer.clusterId = formatId(identity.clusterId);
  peer.members = listOf([2n, 'peer0', peer.url]);
  await assert.rejects(start(listed(peer)), {
    message:
      /^member \w+ was removed from cluster \w+, says http.*`etcdctl member add` and --initial/,
  });
});

test('a new member whose peer runs in another cluster says so and how to join it', async () => {
  const peer = await startPeer();
  peer.members = listOf([2n, 'peer0', peer.url]);
  const warnings: string[] = [];
  await start(listed(peer), { warnings });
  assert.match(warnings.join(), /runs cluster abc already.*--initial-cluster-state existing$/);
});

test('a joining member takes its id, the cluster id and the members from the cluster', async () => {
  const peer = await startPeer();
  peer.members = listOf([OWN_ID, '', OWN_URL], [2n, 'first', peer.url]);
  const joined = await start(joining(peer));
  assert.deepEqual(joined, {
    kind: 'join',
    identity: { memberId: OWN_ID, clusterId: 0xabcn },
    members: [
      { id: OWN_ID, name: 'own', peerUrls: [OWN_URL], clientUrls: [], isLearner: false },
      {
        id: 2n,
        name: 'first',
        peerUrls: [peer.url],
        clientUrls: [`${peer.url}9`],
        isLearner: false,
      },
    ],
  });
});

test('a learner learns that it is one', async () => {
  const peer = await startPeer();
  peer.members =
    `[{"id":5,"peerURLs":["${OWN_URL}"],"isLearner":true},` +
    `{"id":2,"peerURLs":["${peer.url}"],"name":"first"}]`;
  const { members } = await start(joining(peer));
  assert.deepEqual(
    members.map(({ id, isLearner }) => [id, isLearner]),
    [
      [5n, true],
      [2n, false],
    ],
  );
});

test('one peer that answers is enough, whichever it is', async () => {
  const peers = [await startPeer(), await startPeer()] as const;
  const members = listOf(
    [OWN_ID, '', OWN_URL],
    [2n, 'first', peers[0].url],
    [3n, 'second', peers[1].url],
  );
  peers[0].members = '<html>';
  peers[1].members = members;
  assert.equal((await start(joining(...peers))).identity.memberId, OWN_ID);
});

test('a peer that is behind does not keep a member out that another knows of', async () => {
  const peers = [await startPeer(), await startPeer()] as const;
  const others = [
    [2n, 'first', peers[0].url],
    [3n, 'second', peers[1].url],
  ] as const;
  const whole = listOf([OWN_ID, '', OWN_URL], ...others);
  for (const [behind, informed] of [peers, peers.toReversed()] as const) {
    behind.members = listOf(...others);
    informed.members = whole;
    assert.equal((await start(joining(...peers))).identity.memberId, OWN_ID);
  }
});

test('a member that lost its data is let in as etcd does, and its owner is told what that may cost', async () => {
  const peer = await startPeer();
  peer.members = listOf([OWN_ID, 'own', OWN_URL], [2n, 'first', peer.url]);
  const warnings: string[] = [];
  await start(joining(peer), { warnings });
  assert.match(
    warnings.join(),
    /^member fedcba9876543211 has run before.*member remove.*member add own/,
  );
});

test('peers that answer no list of members are each told with the reason', async () => {
  const peers = [
    await startPeer(),
    await startPeer(),
    await startPeer(),
    await startPeer(),
  ] as const;
  peers[0].members = '<html>';
  peers[1].clusterId = undefined;
  peers[3].members = '[{"id":1.5,"peerURLs":[]}]';
  await assert.rejects(
    start(joining(...peers, { ...peers[0], url: 'http://127.0.0.1:2' })),
    (error: Error) => {
      const { message } = error;
      assert.match(
        message,
        /^cannot fetch cluster info from peer urls: could not retrieve cluster/,
      );
      const reasonFor = (url: string): string | undefined =>
        message.split(`${url} (`)[1]?.split(/\)(?:,|;)/)[0];
      assert.equal(reasonFor(peers[0].url), 'answered something that is no list of members');
      assert.match(String(reasonFor(peers[1].url)), /^answered without the id of a cluster/);
      assert.match(String(reasonFor(peers[2].url)), /^failed to get raft cluster member\(s\)/);
      assert.equal(reasonFor(peers[3].url), 'answered something that is no list of members');
      assert.match(String(reasonFor('http://127.0.0.1:2')), /ECONNREFUSED/);
      return true;
    },
  );
});

test('a cluster that was not told of this member is left alone', async () => {
  const peer = await startPeer();
  peer.members = listOf([2n, 'first', peer.url]);
  await assert.rejects(start(joining(peer)), {
    message: /member count is unequal: .*`etcdctl --endpoints=http:\S+ member add own --peer-urls=/,
  });
});

test('a cluster that was told of other URLs is left alone', async () => {
  const peer = await startPeer();
  peer.members = listOf([OWN_ID, '', 'http://127.0.0.1:77'], [2n, 'first', peer.url]);
  await assert.rejects(start(joining(peer)), {
    message:
      /PeerURLs: no match found for existing member \(fedcba9876543211, \[http:\/\/127.0.0.1:77\]\), last resolver/,
  });
});

test('peers of two clusters are told apart', async () => {
  const peers = [await startPeer(), await startPeer()] as const;
  for (const peer of peers) {
    peer.members = listOf([OWN_ID, '', OWN_URL], [2n, 'x', peers[0].url], [3n, 'y', peers[1].url]);
  }
  peers[1].clusterId = 'def';
  await assert.rejects(start(joining(...peers)), { message: /^cluster ID mismatch: / });
});

test("a cluster of etcd's is refused, one that says nothing of its version is not", async () => {
  const peer = await startPeer();
  peer.members = listOf([OWN_ID, '', OWN_URL], [2n, 'first', peer.url]);
  peer.version = '{"etcdserver":"3.5.9","etcdcluster":"3.5.0"}';
  await assert.rejects(start(joining(peer)), {
    message: /^incompatible with current running cluster: member 2 at .* is etcd 3\.5\.9/,
  });
  peer.version = undefined;
  assert.equal((await start(joining(peer))).kind, 'join');
});

test('peers with TLS are asked with the certificate of this member, and theirs is checked', async () => {
  using directory = new CertificateDirectory();
  const authority = await CertificateAuthority.create();
  const { cert, key } = await directory.issue('peer', authority);
  const ca = directory.write('ca.pem', authority.certificate);
  const served = { key: readFileSync(key), cert: readFileSync(cert) };
  const peer = await startPeer({ ...served, ca: authority.certificate, requestCert: true });
  peer.members = listOf([OWN_ID, '', OWN_URL], [2n, 'first', peer.url]);
  const join = async (...flags: string[]): Promise<Bootstrap> => {
    const { peer: peerTls } = await openSecurity(flags);
    return start([...joining(peer), ...flags], { peerTls });
  };
  const shown = ['--peer-cert-file', cert, '--peer-key-file', key];
  const joined = await join(...shown, '--peer-trusted-ca-file', ca);
  assert.equal(joined.identity.memberId, OWN_ID);
  await assert.rejects(join(...shown), { message: /self-signed certificate in certificate chain/ });
  await assert.rejects(join('--peer-trusted-ca-file', ca), {
    message: /could not retrieve cluster information/,
  });
});
