/**
 * Goal: the gateway reaches members that speak TLS alone and want a certificate, and is the user that its certificate names.
 * Method: real members with certificates of an authority of the test, before and after authentication is turned on.
 */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Client } from '@concord/client';
import { readFileSync } from 'node:fs';
import { AuthorityFiles, type CertificateFiles } from '../cluster/certificates.ts';
import { availableBackends, type Backend } from '../conformance/harness/backend.ts';
import { freePorts } from '../conformance/harness/free-ports.ts';
import { GatewayProcess } from './harness/gateway-process.ts';

const PASSWORD = 'correct horse battery';

/** A member that takes nobody without a certificate of the authority. */
class TlsMember implements AsyncDisposable {
  readonly endpoint: string;
  readonly directory: string;
  readonly #child: ChildProcess;

  private constructor(endpoint: string, directory: string, child: ChildProcess) {
    this.endpoint = endpoint;
    this.directory = directory;
    this.#child = child;
  }

  static async start(backend: Backend, own: CertificateFiles): Promise<TlsMember> {
    const [client = 0, peer = 0] = await freePorts(2);
    const directory = mkdtempSync(join(tmpdir(), 'concord-gateway-tls-'));
    const [clientUrl, peerUrl] = [`https://127.0.0.1:${client}`, `http://127.0.0.1:${peer}`];
    const flags = [
      ...['--data-dir', join(directory, 'data'), '--name', 'one'],
      ...['--listen-client-urls', clientUrl, '--advertise-client-urls', clientUrl],
      ...['--listen-peer-urls', peerUrl, '--initial-advertise-peer-urls', peerUrl],
      ...['--initial-cluster', `one=${peerUrl}`],
      ...['--cert-file', own.cert, '--key-file', own.key],
      ...['--client-cert-auth', '--trusted-ca-file', own.authority],
    ];
    const program = [...(backend.arguments ?? []), ...flags];
    const child = spawn(backend.executable, program, { stdio: 'ignore' });
    process.once('exit', () => child.kill('SIGKILL'));
    return new TlsMember(`127.0.0.1:${client}`, directory, child);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Connects as soon as the member is there. */
async function connected(endpoint: string, files: CertificateFiles): Promise<Client> {
  const tls = {
    ca: readFileSync(files.authority),
    cert: readFileSync(files.cert),
    key: readFileSync(files.key),
  };
  return Client.connect({ endpoints: [`https://${endpoint}`], tls }, { timeout: '60s' });
}

for (const backend of availableBackends()) {
  describe(`members that speak TLS, on ${backend.name}`, () => {
    test('are reached with a certificate, which is the login of the gateway', async (context) => {
      const directory = mkdtempSync(join(tmpdir(), 'concord-gateway-certificates-'));
      context.after(() => rmSync(directory, { recursive: true, force: true }));
      const authority = await AuthorityFiles.create(directory, 'cluster');
      const stranger = await AuthorityFiles.create(directory, 'stranger');
      const own = await authority.issue('member');
      // The user `root` of the cluster, by the common name.
      const root = await authority.issue('root');
      const alien = await stranger.issue('root');
      await using member = await TlsMember.start(backend, own);
      await using client = await connected(member.endpoint, root);
      const flagsOf = ({ cert, key }: CertificateFiles): string[] => [
        ...['--ca', authority.certificate, '--cert', cert, '--key', key],
        ...['--credentials-file', join(directory, 'none.json')],
      ];

      await using open = await GatewayProcess.start([`https://${member.endpoint}`], {
        flags: flagsOf(root),
      });
      const body = { value: { text: 'by TLS' } };
      assert.equal((await open.json('PUT', '/v1/keys/tls', { body })).status, 200);

      await client.auth.addUser('root', PASSWORD);
      await client.auth.grantRole('root', 'root');
      await client.auth.addUser('ann', PASSWORD);
      await client.auth.enable();
      await using secured = await GatewayProcess.start([`https://${member.endpoint}`], {
        flags: [...flagsOf(root), '--mode', 'auto'],
      });
      const session = await secured.json<{ mode: string }>('GET', '/v1/session');
      assert.equal(session.body.mode, 'secured');
      const sign = (user: string, password: string) =>
        secured.json<{ token: string }>('POST', '/v1/session', {
          body: { user, password, as: 'token' },
        });
      assert.equal((await sign('root', 'wrong')).status, 401);
      const signed = await sign('root', PASSWORD);
      assert.equal(signed.status, 201, JSON.stringify(signed.body));
      const ask = (token: string) =>
        secured.json<{ value: unknown }>('GET', '/v1/keys/tls', {
          headers: { authorization: `Bearer ${token}` },
        });
      assert.deepEqual((await ask(signed.body.token)).body.value, { text: 'by TLS' });
      // The certificate is the gateway's, and nobody else's right.
      const ann = await sign('ann', PASSWORD);
      assert.equal((await ask(ann.body.token)).status, 403);
      assert.equal((await secured.json('GET', '/v1/keys/tls')).status, 401);

      // Without a certificate that the member knows there is no cluster.
      await using refused = await GatewayProcess.start([`https://${member.endpoint}`], {
        flags: flagsOf(alien),
      });
      assert.equal((await refused.json('GET', '/health/ready')).status, 503);
    });
  });
}
