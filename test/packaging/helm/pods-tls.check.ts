/**
 * Goal: the chart with TLS everywhere works: members, joining, tokens, jobs. Method: as in `pods.check.ts`, with certificates
 * in the places of secrets; this takes longer, and is run by `npm run packaging`.
 */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { CertificateAuthority } from '@concord/testing/certificates';
import { concordKind } from '../../bench/server-under-test.ts';
import { complaintOf, etcdctl, hasEtcdctl } from '../../cluster/etcdctl.ts';
import { PodSet } from './pod-set.ts';
import { readRendered, type Manifest } from './rendered.ts';

const CLIENT = 2379;
const skip =
  concordKind() === undefined
    ? 'the server is not built: npm run build'
    : !hasEtcdctl() && 'there is no etcdctl on the PATH';

/** Somebody else has made it; the chart only names it. */
const PASSWORDS: Manifest = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'passwords' },
  data: { 'etcd-root': Buffer.from('a password').toString('base64') },
};

describe('the rendered chart, with TLS', { skip, timeout: 120_000 }, () => {
  const manifests = [...readRendered('tls'), PASSWORDS];
  const directory = mkdtempSync(join(tmpdir(), 'concord-pods-tls-'));
  const [clientTls, peerTls, tokenKey] = ['client', 'peer', 'token'].map((name) =>
    join(directory, name),
  );
  let pods: PodSet;

  before(async () => {
    for (const folder of [clientTls!, peerTls!]) {
      mkdirSync(folder);
      const authority = await CertificateAuthority.create('pods');
      const { cert, key } = await authority.issue({ commonName: 'member' });
      writeFileSync(join(folder, 'ca.crt'), authority.certificate);
      writeFileSync(join(folder, 'tls.crt'), cert);
      writeFileSync(join(folder, 'tls.key'), key, { mode: 0o600 });
    }
    mkdirSync(tokenKey!);
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    writeFileSync(
      join(tokenKey!, 'jwt-token.pem'),
      privateKey.export({ type: 'pkcs8', format: 'pem' }),
    );
    pods = await PodSet.create({
      directory,
      podsMax: 4,
      containerPorts: [CLIENT, 2380, 9090],
      secrets: { 'client-tls': clientTls!, 'peer-tls': peerTls!, 'token-key': tokenKey! },
    });
  });
  after(async () => {
    await pods.stopAll();
    rmSync(directory, { recursive: true, force: true });
  });

  const ask = async (ordinal: number, ...command: readonly string[]): Promise<string> => {
    const flags = ['--cacert', 'ca.crt', '--cert', 'tls.crt', '--key', 'tls.key'].map((word) =>
      word.startsWith('--') ? word : join(clientTls!, word),
    );
    const endpoint = `https://${pods.addressOf(ordinal, CLIENT)}`;
    const result = await etcdctl([endpoint], ...flags, '--user', 'root:a password', ...command);
    assert.equal(result.status, 0, complaintOf(result));
    return result.stdout;
  };

  /** Upgrades are rendered as ones of clusters that run: the first start is not one. */
  const founding = JSON.parse(
    JSON.stringify(manifests).replaceAll('"value":"existing"', '"value":"new"'),
  ) as typeof manifests;

  async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + 30_000;
    while (!(await condition().catch(() => false))) {
      assert.ok(performance.now() < deadline, what);
      await sleep(50);
    }
  }

  test('pods found a cluster, one that lost its volume comes back, and jobs reach them', async () => {
    await Promise.all([0, 1, 2].map((ordinal) => pods.start(founding, ordinal).ready));
    await until('authentication is on, and tokens are signed', async () =>
      (await ask(0, 'put', 'greeting', 'hello')).includes('OK'),
    );
    await pods.member(2).kill();
    pods.loseVolume(2);
    await pods.start(manifests, 2).ready;
    await until('it votes', async () => {
      const lines = (await ask(0, 'member', 'list')).trim().split('\n');
      return lines.length === 3 && lines.every((line) => /started,.*false$/.test(line));
    });
    assert.match(await ask(2, 'get', 'greeting'), /hello/);
    for (const kind of ['CronJob', 'Job'] as const) {
      const { status, output } = await pods.job(manifests, kind);
      assert.equal(status, 0, output);
    }
    assert.equal(readdirSync(join(directory, 'shared/snapshots')).length, 1);
  });
});
