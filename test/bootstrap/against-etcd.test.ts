/** What real etcd computes, answers and says at bootstrap is what Concord computes, expects and says. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { bootstrap, type Bootstrap } from '../../apps/server/src/bootstrap/bootstrap.ts';
import { newCluster } from '../../apps/server/src/bootstrap/new-cluster.ts';
import { askMembers } from '../../apps/server/src/bootstrap/running-cluster.ts';
import { configure, type Configuration } from '../../apps/server/src/config/configuration.ts';
import { etcd } from '../conformance/harness/backend.ts';
import { freePorts } from '../conformance/harness/free-ports.ts';
import { WireClient } from '../conformance/harness/wire-client.ts';
import { EtcdCluster } from './etcd-cluster.ts';

const executable = etcd()?.executable ?? '';
const skip = executable === '' ? 'this machine has no etcd' : false;
const TOKEN = 'a token of ours';
/** Where etcd may listen while it refuses to start, and a place where nobody does. */
const [ownUrl = '', clientUrl = '', deadUrl = ''] = (await freePorts(3)).map(
  (port) => `http://127.0.0.1:${port}`,
);

const start = (args: readonly string[]): Promise<Bootstrap> =>
  bootstrap(configure(args, {}) as Configuration, {
    log: { info: () => undefined, warn: () => undefined },
  });

describe('a cluster of three real etcd members', { skip }, () => {
  let cluster: EtcdCluster;
  let client: WireClient;
  before(async () => {
    cluster = await EtcdCluster.start(executable, 3, TOKEN);
    client = new WireClient(cluster.members[0]?.endpoint ?? '');
  });
  after(async () => {
    client.close();
    await cluster[Symbol.asyncDispose]();
  });

  /** The flags of the first member; told to somebody who knows no other member, it would found the cluster. */
  const flags = (listed: string, ...more: string[]): string[] => [
    ...['--name', 'm1', '--initial-advertise-peer-urls', cluster.members[0]?.peerUrl ?? ''],
    ...['--initial-cluster', listed, '--initial-cluster-token', TOKEN, ...more],
  ];

  test('has the member ids and the cluster id that Concord computes from the same flags', async () => {
    const { header, members } = await client.must('MemberList', {});
    const { initialCluster } = configure(flags(cluster.initialCluster), {}) as Configuration;
    const founded = newCluster('m1', initialCluster, TOKEN);
    assert.equal(String(founded.identity.clusterId), header?.cluster_id);
    assert.deepEqual(
      founded.members.map(({ id, name, peerUrls }) => [String(id), name, peerUrls]).sort(),
      members.map(({ ID, name, peerURLs }) => [ID, name, peerURLs]).sort(),
    );
  });

  test('tells Concord its members and its id on a peer port', async () => {
    const { header, members } = await client.must('MemberList', {});
    const urls = cluster.members.map(({ peerUrl }) => peerUrl);
    const { answers, silences } = await askMembers([...urls, 'http://127.0.0.1:1'], {});
    assert.equal(answers.length, 3);
    assert.equal(silences.length, 1);
    for (const answer of answers) {
      assert.equal(String(answer.clusterId), header?.cluster_id);
      assert.deepEqual(
        answer.members.map(({ id, name, clientUrls }) => [String(id), name, clientUrls]).sort(),
        members.map(({ ID, name, clientURLs }) => [ID, name, clientURLs]).sort(),
      );
    }
  });

  test('stops a member of it from being founded again', async () => {
    await assert.rejects(start(flags(cluster.initialCluster)), {
      message: /^member [0-9a-f]+ has already been bootstrapped, says http:/,
    });
  });

  test('is not joined by Concord, which is told in time', async () => {
    await assert.rejects(
      start(flags(cluster.initialCluster, '--initial-cluster-state', 'existing')),
      {
        message:
          /^incompatible with current running cluster: member [0-9a-f]+ at http:\S+ is etcd 3\./,
      },
    );
  });

  test('is not joined by a member that it was not told of, in the words of etcd itself', async () => {
    const joining = [
      ...['--name', 'm4', '--initial-advertise-peer-urls', ownUrl, '--listen-peer-urls', ownUrl],
      ...['--initial-cluster', `${cluster.initialCluster},m4=${ownUrl}`],
      ...['--initial-cluster-state', 'existing'],
    ];
    const said = refusalOfEtcd(joining);
    await assert.rejects(start(joining), (error: Error) => {
      assert.match(
        error.message,
        /member count is unequal: .*member add m4 --peer-urls=http:\/\/127/,
      );
      assert.match(said, /error validating peerURLs .*member count is unequal/);
      return true;
    });
  });
});

/** Runs etcd, which cannot start with these flags, and answers all that it said. */
function refusalOfEtcd(args: readonly string[]): string {
  const directory = mkdtempSync(join(tmpdir(), 'etcd-refusal-'));
  const client = ['--listen-client-urls', clientUrl, '--advertise-client-urls', clientUrl];
  try {
    const { stderr, status } = spawnSync(
      executable,
      ['--data-dir', join(directory, 'data'), ...client, ...args],
      { encoding: 'utf8', timeout: 60_000 },
    );
    assert.notEqual(status, 0, 'etcd refuses these flags');
    // It logs JSON or quoted text, depending on the version.
    return stderr.replaceAll('\\"', '"');
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const own = ['--name', 'a', '--listen-peer-urls', ownUrl];
const advertised = [...own, '--initial-advertise-peer-urls', ownUrl];
const refusals: readonly (readonly [string, readonly string[], string])[] = [
  [
    'its own name is not listed',
    [...advertised, '--initial-cluster', `b=${ownUrl}`],
    `couldn't find local name "a" in the initial cluster configuration`,
  ],
  [
    'a URL is listed and not advertised',
    [...advertised, '--initial-cluster', `a=${deadUrl}`],
    `--initial-cluster has a=${deadUrl} but missing from --initial-advertise-peer-urls=${ownUrl}`,
  ],
  [
    'two members have one URL',
    [...advertised, '--initial-cluster', `a=${ownUrl},b=${ownUrl}`],
    'has duplicate url',
  ],
  [
    'two ways of bootstrap are chosen',
    [...advertised, '--initial-cluster', `a=${ownUrl}`, '--discovery-srv', 'example.test'],
    'multiple discovery or bootstrap flags are set. Choose one of "initial-cluster"',
  ],
  [
    'the state of the cluster is none',
    [...advertised, '--initial-cluster-state', 'old'],
    'invalid value "old" for flag',
  ],
  [
    'no listed peer answers',
    [
      ...[...advertised, '--initial-cluster', `a=${ownUrl},b=${deadUrl}`],
      ...['--initial-cluster-state', 'existing'],
    ],
    'cannot fetch cluster info from peer urls: could not retrieve cluster information from the given URLs',
  ],
];
for (const [what, args, text] of refusals) {
  test(`etcd and Concord refuse with the same words where ${what}`, { skip }, async () => {
    assert.ok(refusalOfEtcd(args).includes(text), `etcd says "${text}"`);
    await assert.rejects(
      async () => start(args),
      (error: Error) => error.message.includes(text),
    );
  });
}
