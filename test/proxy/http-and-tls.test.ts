/** Goal: health, metrics and certificates of the gRPC proxy. Method: etcdctl and https, with certificates of our own. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { AuthorityFiles, type CertificateFiles } from '../cluster/certificates.ts';
import { etcdctl, hasEtcdctl } from '../cluster/etcdctl.ts';
import { concord } from '../conformance/harness/backend.ts';
import { freePorts } from '../conformance/harness/free-ports.ts';
import { ProxyProcess } from '../conformance/harness/proxy-process.ts';
import { Server } from '../conformance/harness/server.ts';

const directory = mkdtempSync(join(tmpdir(), 'proxy-tls-'));
let server: Server;
let authority: AuthorityFiles;
let own: CertificateFiles;
let nameless: CertificateFiles;
before(async () => {
  authority = await AuthorityFiles.create(directory, 'authority');
  own = await authority.issue('proxy');
  nameless = await authority.issue('nameless', { commonName: '' });
  const member = await authority.issue('member');
  const backend = concord();
  assert.ok(backend !== undefined);
  const [port = 0] = await freePorts(1);
  // Beside its plain port, one that takes clients with certificates alone.
  server = await Server.start(backend, {
    flags: [
      `--cert-file=${member.cert}`,
      `--key-file=${member.key}`,
      `--trusted-ca-file=${member.authority}`,
      '--client-cert-auth',
    ],
    securePort: port,
  });
});
after(async () => {
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
});

test('with certificates on both sides', { skip: !hasEtcdctl() }, async () => {
  const [port = 0] = await freePorts(1);
  await using proxy = await ProxyProcess.start('grpc-proxy', [
    `--listen-addr=127.0.0.1:${port}`,
    `--advertise-client-url=127.0.0.1:${port}`,
    `--endpoints=127.0.0.1:${server.securePort}`,
    `--cacert=${authority.certificate}`,
    `--cert=${nameless.cert}`,
    `--key=${nameless.key}`,
    `--cert-file=${own.cert}`,
    `--key-file=${own.key}`,
    `--trusted-ca-file=${authority.certificate}`,
  ]);
  const shown = [`--cacert=${authority.certificate}`, `--cert=${own.cert}`, `--key=${own.key}`];
  const at = [`https://${proxy.endpoint}`];
  const put = await etcdctl(at, ...shown, 'put', 'a', '1');
  assert.equal(put.status, 0, put.stderr);
  const unknown = await etcdctl(
    at,
    `--cacert=${authority.certificate}`,
    '--command-timeout=500ms',
    'get',
    'a',
  );
  assert.notEqual(unknown.status, 0, 'a client without a certificate is not let in');
  const ask = async (path: string): Promise<string> => {
    const [ca, cert, key] = [authority.certificate, own.cert, own.key].map((file) =>
      readFileSync(file),
    );
    return new Promise((resolve, reject) => {
      get(`https://${proxy.endpoint}${path}`, { ca, cert, key, agent: false }, (response) =>
        resolve(text(response)),
      ).on('error', reject);
    });
  };
  assert.equal(await ask('/health'), '{"health":"true","reason":""}');
  assert.equal(await ask('/proxy/health'), '{"health":"true","reason":""}');
  assert.match(await ask('/metrics'), /^etcd_server_has_leader 1$/m);
  assert.match(await ask('/proxy/metrics'), /^etcd_grpc_proxy_cache_keys_total \d/m);
});

test('a certificate that the proxy makes for itself', async () => {
  const [port = 0] = await freePorts(1);
  await using proxy = await ProxyProcess.start('grpc-proxy', [
    `--listen-addr=127.0.0.1:${port}`,
    `--advertise-client-url=127.0.0.1:${port}`,
    `--endpoints=${server.endpoint}`,
    '--auto-tls',
    `--data-dir=${join(directory, 'data')}`,
  ]);
  const health = await new Promise<string>((resolve, reject) => {
    const url = `https://${proxy.endpoint}/proxy/health`;
    get(url, { rejectUnauthorized: false, agent: false }, (response) => resolve(text(response))).on(
      'error',
      reject,
    );
  });
  assert.equal(health, '{"health":"true","reason":""}');
  assert.match(readFileSync(join(directory, 'data/fixtures/proxy/cert.pem'), 'utf8'), /BEGIN CERT/);
});

test(
  'a cluster that is away: health says so, and calls fail in time',
  { skip: !hasEtcdctl() },
  async () => {
    const [nowhere = 0, metrics = 0] = await freePorts(2);
    await using proxy = await ProxyProcess.start('grpc-proxy', [
      `--endpoints=127.0.0.1:${nowhere}`,
      `--metrics-addr=http://127.0.0.1:${metrics}`,
    ]);
    const response = await fetch(`http://127.0.0.1:${metrics}/health`);
    assert.equal(response.status, 503);
    assert.match(await response.text(), /"health":"false","reason":"GET ERROR:/);
    // Whatever the method, as etcd's.
    const url = `http://127.0.0.1:${metrics}/proxy/metrics`;
    const told = await (await fetch(url, { method: 'POST' })).text();
    for (const line of [/^etcd_server_health_failures 1$/m, /^os_fd_used \d/m]) {
      assert.match(told, line);
    }
    assert.equal((await fetch(url, { method: 'HEAD' })).status, 200);
    const failed = await etcdctl([proxy.endpoint], '--command-timeout=300ms', 'get', 'a');
    assert.notEqual(failed.status, 0);
  },
);
