/**
 * Goal: three members with TLS and client certificates on every port are a cluster like any other to an operator with
 * etcdctl; it grows, its certificates are renewed while it runs, and a client that is revoked is out at once. Method:
 * the same session on members of Concord and of etcd.
 */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { TLSSocket } from 'node:tls';
import { concordKind, etcdKind } from '../bench/server-under-test.ts';
import { AuthorityFiles, type CertificateFiles } from './certificates.ts';
import { Cluster } from './cluster.ts';
import { etcdctl, hasEtcdctl, type CommandResult } from './etcdctl.ts';
import { LoopbackNetwork } from './loopback-network.ts';

const directory = mkdtempSync(join(tmpdir(), 'cluster-tls-'));
after(() => rmSync(directory, { recursive: true }));

/** How an operator says who they are. */
const as = ({ authority, cert, key }: CertificateFiles): string[] => [
  `--cacert=${authority}`,
  `--cert=${cert}`,
  `--key=${key}`,
];

const urlsOf = (cluster: Cluster): string[] => cluster.members.map(({ clientUrl }) => clientUrl);

for (const kind of [concordKind(), etcdKind()]) {
  const skip = (kind === undefined || !hasEtcdctl()) && 'the server or etcdctl is not here';

  test(
    `three members of ${kind?.name} with certificates everywhere serve etcdctl, grow, and renew`,
    { skip },
    async () => {
      const clients = await AuthorityFiles.create(directory, `${kind!.name}-clients`);
      const peers = await AuthorityFiles.create(directory, `${kind!.name}-peers`);
      const server = await clients.issue('server');
      const member = await peers.issue('member');
      const operator = await clients.issue('operator', { dnsNames: ['operator.example'] });
      const leaver = await clients.issue('leaver');
      const crl = join(directory, `${kind!.name}.crl`);
      writeFileSync(crl, await clients.authority.revoke([]));
      const flags = [
        ...['--client-cert-auth', `--trusted-ca-file=${clients.certificate}`],
        ...[`--cert-file=${server.cert}`, `--key-file=${server.key}`, `--client-crl-file=${crl}`],
        ...['--peer-client-cert-auth', `--peer-trusted-ca-file=${peers.certificate}`],
        ...[`--peer-cert-file=${member.cert}`, `--peer-key-file=${member.key}`],
        '--peer-cert-allowed-cn=member',
      ];
      const network = new LoopbackNetwork('https', 'https');
      await using cluster = await Cluster.start({ kind: kind!, size: 3, network, flags });
      const run = (who: CertificateFiles, ...words: string[]): Promise<CommandResult> =>
        etcdctl(urlsOf(cluster), ...as(who), ...words);

      await succeeds(run(operator, 'put', 'key', 'value'));
      for (const { clientUrl } of cluster.members) {
        const { stdout } = await etcdctl(
          [clientUrl],
          ...as(operator),
          'get',
          'key',
          '--print-value-only',
        );
        assert.equal(stdout, 'value\n');
      }
      const nobody = await etcdctl(
        urlsOf(cluster),
        `--cacert=${clients.certificate}`,
        'get',
        'key',
        '--command-timeout=1s',
      );
      assert.notEqual(nobody.status, 0);
      // Members are of another authority, and no clients for it.
      assert.notEqual(
        (
          await run(
            { ...member, authority: clients.certificate },
            'get',
            'key',
            '--command-timeout=1s',
          )
        ).status,
        0,
      );

      await grow(cluster, run, operator);
      const { stdout: there } = await etcdctl(
        [cluster.member(4).clientUrl],
        ...as(operator),
        'get',
        'key',
        '--print-value-only',
      );
      assert.equal(there, 'value\n');

      await succeeds(run(leaver, 'get', 'key'));
      writeFileSync(crl, await clients.authority.revoke([serialOf(leaver)]));
      assert.notEqual((await run(leaver, 'get', 'key', '--command-timeout=1s')).status, 0);

      await clients.issue('server', { commonName: 'renewed server' });
      await peers.issue('member');
      assert.equal(await nameShown(cluster.member(1).clientUrl, operator), 'renewed server');
      await succeeds(run(operator, 'put', 'key', 'renewed'));
      await cluster.stop(3);
      await cluster.start(3);
      const { stdout: renewed } = await etcdctl(
        [cluster.member(3).clientUrl],
        ...as(operator),
        'get',
        'key',
        '--print-value-only',
      );
      assert.equal(renewed, 'renewed\n');
    },
  );

  test(`members of ${kind?.name} with auto-tls make their own certificates`, { skip }, async () => {
    const network = new LoopbackNetwork('https', 'https');
    const flags = ['--auto-tls', '--peer-auto-tls'];
    await using cluster = await Cluster.start({ kind: kind!, size: 3, network, flags });
    const { dataDirectory, clientUrl } = cluster.member(1);
    const own = join(dataDirectory, 'fixtures/client/cert.pem');
    await succeeds(etcdctl([clientUrl], `--cacert=${own}`, 'put', 'key', 'value'));
    const before = readFileSync(own, 'utf8');
    await cluster.stop(1);
    await cluster.start(1);
    assert.equal(readFileSync(own, 'utf8'), before);
    const { stdout } = await etcdctl(
      [clientUrl],
      `--cacert=${own}`,
      'get',
      'key',
      '--print-value-only',
    );
    assert.equal(stdout, 'value\n');
  });
}

async function succeeds(command: Promise<CommandResult>): Promise<void> {
  const { status, stderr } = await command;
  assert.equal(status, 0, stderr);
}

/** A fourth member joins; asked again while the cluster counts as too young to change. */
async function grow(
  cluster: Cluster,
  run: (who: CertificateFiles, ...words: string[]) => Promise<CommandResult>,
  operator: CertificateFiles,
): Promise<void> {
  const { number, name, place } = await cluster.newPlace();
  for (;;) {
    const added = await run(operator, 'member', 'add', name, `--peer-urls=${place.peerUrl}`);
    if (added.stderr.includes('unhealthy cluster')) continue;
    assert.equal(added.status, 0, added.stderr);
    const initial = /ETCD_INITIAL_CLUSTER="([^"]*)"/.exec(added.stdout)?.[1] ?? '';
    await cluster.join(number, initial);
    return cluster.start(number);
  }
}

function serialOf({ cert }: CertificateFiles): { serialNumber: string } {
  return new X509Certificate(readFileSync(cert));
}

/** The common name of the certificate that a port shows. */
function nameShown(url: string, { authority, cert, key }: CertificateFiles): Promise<unknown> {
  const [ca, own, secret] = [authority, cert, key].map((file) => readFileSync(file));
  return new Promise((resolve, reject) => {
    const call = request(
      `${url}/version`,
      { ca, cert: own, key: secret, agent: false },
      (answer) => {
        answer.resume();
        const { socket } = answer;
        resolve(socket instanceof TLSSocket ? socket.getPeerCertificate().subject.CN : undefined);
      },
    );
    call.on('error', reject);
    call.end();
  });
}
