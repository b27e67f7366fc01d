/**
 * Goal: members that ask each other for certificates form a cluster, and whoever has none, or one of a stranger, is no
 * part of it. Method: three members with `--peer-client-cert-auth`, of Concord and of etcd; one starts anew with a
 * certificate that another authority has signed.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { connect } from 'node:tls';
import { once } from 'node:events';
import { concordKind, etcdKind } from '../bench/server-under-test.ts';
import { AuthorityFiles, type CertificateFiles } from './certificates.ts';
import { Cluster } from './cluster.ts';
import { etcdctl, hasEtcdctl } from './etcdctl.ts';
import { LoopbackNetwork } from './loopback-network.ts';

const directory = mkdtempSync(join(tmpdir(), 'peer-tls-'));
after(() => rmSync(directory, { recursive: true }));

const flagsFor = ({ authority, cert, key }: CertificateFiles, trusted = authority): string[] => [
  '--peer-client-cert-auth',
  `--peer-trusted-ca-file=${trusted}`,
  `--peer-cert-file=${cert}`,
  `--peer-key-file=${key}`,
];

for (const kind of [concordKind(), etcdKind()]) {
  const skip = (kind === undefined || !hasEtcdctl()) && 'the server or etcdctl is not here';
  test(
    `members of ${kind?.name} that show each other certificates are a cluster, without them they are not`,
    { skip },
    async () => {
      const own = await (await AuthorityFiles.create(directory, 'ours')).issue('member');
      const foreign = await (await AuthorityFiles.create(directory, 'theirs')).issue('member');
      const network = new LoopbackNetwork('https');
      await using cluster = await Cluster.start({
        kind: kind!,
        size: 3,
        network,
        flags: flagsFor(own),
      });
      const put = await etcdctl([cluster.member(1).endpoint], 'put', 'key', 'value');
      assert.equal(put.status, 0, put.stderr);
      for (const { endpoint } of cluster.members) {
        const { stdout } = await etcdctl([endpoint], 'get', 'key', '--print-value-only');
        assert.equal(stdout, 'value\n');
      }
      await cluster.stop(3);
      await assert.rejects(greet(cluster.member(2).peerUrl), /certificate|reset|alert/i);

      const stranger = cluster.spawn(3, flagsFor(foreign, own.authority));
      const log = await etcdctl([cluster.member(1).endpoint], 'put', 'key', 'other');
      assert.equal(log.status, 0, log.stderr);
      const { stdout, status } = await etcdctl(
        [cluster.member(3).endpoint],
        'get',
        'key',
        '--command-timeout=2s',
      );
      assert.notEqual(status, 0, `the stranger answered ${stdout}`);
      await stranger.kill();

      await cluster.start(3);
      const { stdout: found } = await etcdctl(
        [cluster.member(3).endpoint],
        'get',
        'key',
        '--print-value-only',
      );
      assert.equal(found, 'other\n');
    },
  );
}

/** Talks to a peer port without a certificate; rejects where the port does not like that. */
async function greet(peerUrl: string): Promise<void> {
  const { hostname, port } = new URL(peerUrl);
  const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  socket.write('GET /version HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(socket, 'data');
  socket.destroy();
}
