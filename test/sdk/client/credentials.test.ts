/**
 * Goal: with a user and password everything works on a cluster with authentication, also after tokens are forgotten and
 * permissions change; without, errors say what is missing. Method: members that are restarted, which forget all tokens.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Client, ConcordError } from '@concord/client';
import { CertificateAuthority, type CertificateRequest } from '@concord/testing/certificates';
import { availableBackends } from '../../conformance/harness/backend.ts';
import { Server } from '../../conformance/harness/server.ts';
import { getCredentials } from '../../conformance/harness/tls-tunnel.ts';
import { Front } from '../harness/front.ts';

/** Of this process, all of its tests: Node tells each deprecation once. */
const warnings: Error[] = [];
process.on('warning', (warning) => warnings.push(warning));

const root = { username: 'root', password: 'secret' };

for (const backend of availableBackends()) {
  test(`users, roles and tokens, on ${backend.name}`, async (t) => {
    await using server = await Server.start(backend, { tls: false });
    const endpoints = [server.endpoint];
    await using admin = await Client.connect({ endpoints, credentials: root });
    await using anonymous = await Client.connect({ endpoints });
    const { auth } = admin;
    // Etcd tells from 3.5 on.
    const isEnabled = async (): Promise<boolean | undefined> =>
      server.version.atLeast('3.5.0') ? (await auth.status()).enabled : undefined;

    await t.test('credentials do no harm where authentication is off', async () => {
      await admin.kv.put('public/a', '1');
      assert.notEqual(await isEnabled(), true);
    });

    await t.test('users, roles and permissions are made, told and taken away', async () => {
      await auth.addUser('root', 'secret');
      await auth.addRole('root');
      await auth.grantRole('root', 'root');
      await auth.addUser('reader', 'word');
      await auth.addUser('certified');
      await auth.addRole('public');
      await auth.grantPermission('public', { access: 'read', range: { prefix: 'public/' } });
      await auth.grantPermission('public', { access: 'readwrite', range: 'one' });
      await auth.grantRole('reader', 'public');
      assert.deepEqual((await auth.users()).toSorted(), ['certified', 'reader', 'root']);
      assert.deepEqual((await auth.roles()).toSorted(), ['public', 'root']);
      assert.deepEqual((await auth.user('reader')).roles, ['public']);
      assert.deepEqual((await auth.role('public')).permissions, [
        { access: 'readwrite', from: 'one', to: undefined },
        { access: 'read', from: 'public/', to: 'public0' },
      ]);
      await auth.revokePermission('public', 'one');
      assert.equal((await auth.role('public')).permissions.length, 1);
      await auth.deleteUser('certified');
      await auth.addRole('passing');
      await auth.grantRole('reader', 'passing');
      await auth.revokeRole('reader', 'passing');
      await auth.deleteRole('passing');
      await auth.changePassword('reader', 'password');
      await assert.rejects(auth.user('nobody'), { code: 'NOT_FOUND', outcome: 'not-applied' });
      await assert.rejects(auth.addUser('reader', 'x'), { code: 'CONFLICT' });
    });

    await auth.enable();
    await using reader = await Client.connect({
      endpoints,
      credentials: { username: 'reader', password: 'password' },
    });

    await t.test('a client that was connected before gets itself a token', async () => {
      await admin.kv.put('public/a', '2');
      assert.notEqual(await isEnabled(), false);
      await assert.rejects(anonymous.kv.get('public/a'), {
        code: 'UNAUTHENTICATED',
        message: /give credentials/,
      });
    });

    await t.test('what is not allowed is told as FORBIDDEN', async () => {
      assert.equal((await reader.kv.get('public/a'))?.text, '2');
      await assert.rejects(reader.kv.put('public/a', '3'), {
        code: 'FORBIDDEN',
        outcome: 'not-applied',
      });
      await assert.rejects(reader.watch('private').created(), { code: 'FORBIDDEN' });
      await assert.rejects(reader.mirror({ prefix: 'private/' }).ready(), { code: 'FORBIDDEN' });
    });

    await t.test('wrong credentials fail at connect', async () => {
      const wrong = { username: 'reader', password: 'wrong' };
      await assert.rejects(Client.connect({ endpoints, credentials: wrong }), {
        code: 'UNAUTHENTICATED',
        message: /password/,
      });
      const stale = await Client.connect({ endpoints, credentials: { token: 'made.up' } });
      await assert.rejects(stale.kv.get('public/a'), { code: 'UNAUTHENTICATED' });
      await stale.close();
    });

    await t.test('calls, watches, mirrors and sessions outlive the tokens', async () => {
      await using mirror = reader.mirror({ prefix: 'public/' });
      const watch = reader.watch({ prefix: 'public/' });
      const session = await reader.session({ ttl: '60s' });
      await Promise.all([mirror.ready(), watch.created()]);
      await server.restart();
      const { revision } = await admin.kv.put('public/a', '4', { timeout: '20s' });
      const { value } = await watch.next();
      assert.equal(value?.type === 'changes' && value.revision, revision);
      await mirror.reached(revision, { timeout: '10s' });
      assert.equal(mirror.entries.get('public/a')?.text, '4');
      // A change of the rights makes older tokens old.
      await auth.grantPermission('public', { access: 'readwrite', range: { prefix: 'public/' } });
      const many = Array.from({ length: 50 }, (_, i) => reader.kv.put(`public/${i}`, ''));
      await Promise.all(many);
      assert.equal(session.state, 'live');
      assert.equal((await reader.leases.renew(session.lease)).lease, session.lease);
    });

    await t.test('authentication is turned off again', async () => {
      await auth.disable();
      await anonymous.kv.put('public/a', '5');
    });
  });

  test(`TLS with client certificates, on ${backend.name}`, async () => {
    await using server = await Server.start(backend, { tls: true });
    const { authority, client } = await getCredentials();
    const tls = { ca: authority, cert: client.cert, key: client.key };
    const endpoint = `127.0.0.1:${server.serverPort}`;
    for (const endpoints of [[endpoint], [`https://${endpoint}`]]) {
      await using secure = await Client.connect({ endpoints, tls });
      await secure.kv.put('over', 'tls');
      assert.equal((await secure.kv.get('over'))?.text, 'tls');
    }
    await using named = await Client.connect({
      endpoints: [`https://${endpoint}`],
      tls: { ...tls, serverName: 'localhost' },
    });
    assert.equal((await named.kv.get('over'))?.text, 'tls');
    const without = Client.connect(
      { endpoints: [endpoint], tls: { ca: authority } },
      { timeout: 500 },
    );
    await assert.rejects(without, { code: 'UNAVAILABLE' });
    const plain = Client.connect({ endpoints: [`http://${endpoint}`] }, { timeout: 500 });
    await assert.rejects(plain, { code: 'UNAVAILABLE' });
    const misnamed = Client.connect(
      { endpoints: [endpoint], tls: { ...tls, serverName: 'elsewhere' } },
      { timeout: 500 },
    );
    await assert.rejects(misnamed, (error: unknown) => {
      assert.ok(ConcordError.is(error, 'UNAVAILABLE'));
      assert.match(error.message, /altnames|certificate/i);
      return true;
    });
  });

  test(`an endpoint given by its IP address, on ${backend.name}`, async (t) => {
    await using server = await Server.start(backend, { tls: false });
    const authority = await CertificateAuthority.create();
    const tls = { ca: authority.certificate };
    const behind = async (names: CertificateRequest): Promise<Front> =>
      Front.start(server.endpoint, { certificate: await authority.issue(names) });

    await t.test('is one whose certificate is for the address', async () => {
      await using front = await behind({ ipAddresses: ['127.0.0.1'], dnsNames: [] });
      const endpoints = [`https://127.0.0.1:${front.port}`];
      await using client = await Client.connect({ endpoints, tls });
      await client.kv.put('by', 'address');
      assert.deepEqual(front.namesAsked, [false]);
    });

    await t.test('is none whose certificate is for a name, or of a stranger', async () => {
      await using front = await behind({ ipAddresses: [], dnsNames: ['localhost'] });
      const endpoints = [`https://127.0.0.1:${front.port}`];
      await assert.rejects(Client.connect({ endpoints, tls }, { timeout: 500 }), {
        code: 'UNAVAILABLE',
        message: /IP: 127\.0\.0\.1 is not in the cert/,
      });
      const named = { ...tls, serverName: 'localhost' };
      await using client = await Client.connect({ endpoints, tls: named });
      await client.kv.put('by', 'name');
      assert.equal(front.namesAsked.at(-1), 'localhost');
      const { certificate: ca } = await CertificateAuthority.create('another');
      await assert.rejects(Client.connect({ endpoints, tls: { ca } }, { timeout: 500 }), {
        code: 'UNAVAILABLE',
        message: /unable to|self-signed|certificate/,
      });
    });

    await t.test(
      'is taken for what it is not where the client says that this does not matter',
      async () => {
        await using front = await behind({ ipAddresses: [], dnsNames: ['elsewhere'] });
        const endpoints = [`https://127.0.0.1:${front.port}`, `https://localhost:${front.port}`];
        for (const endpoint of endpoints) {
          const said: string[] = [];
          const silent = { debug: () => undefined, info: () => undefined, error: () => undefined };
          await using client = await Client.connect({
            endpoints: [endpoint],
            tls: { insecureSkipVerify: true },
            logger: { ...silent, warn: (message) => void said.push(message) },
          });
          await client.kv.put('by', 'anybody');
          assert.deepEqual(said, [
            'the certificates of members are not checked: option "tls" has "insecureSkipVerify"',
          ]);
          const checked = { endpoints: [endpoint], tls: { ...tls, insecureSkipVerify: false } };
          await assert.rejects(Client.connect(checked, { timeout: 500 }), { code: 'UNAVAILABLE' });
        }
      },
    );

    await t.test('or by the path of a Unix socket, with TLS and without', async () => {
      const directory = mkdtempSync(join(tmpdir(), 'concord-socket-'));
      const path = join(directory, 'member.sock');
      const securePath = join(directory, 'tls.sock');
      await using plain = await Front.start(server.endpoint, { path });
      const certificate = await authority.issue({ ipAddresses: [], dnsNames: ['localhost'] });
      await using secure = await Front.start(server.endpoint, { path: securePath, certificate });
      for (const endpoints of [[`unix://${path}`], [`unix:${path}`, `unixs://${securePath}`]]) {
        await using client = await Client.connect({ endpoints, tls });
        for (const endpoint of endpoints) {
          assert.ok((await client.maintenance.status({ endpoint })).version !== '');
        }
        await client.kv.put('by', 'socket');
      }
      assert.equal(secure.namesAsked.at(-1), 'localhost');
      assert.deepEqual(plain.namesAsked, []);
      await assert.rejects(
        Client.connect({ endpoints: [`unix://${path}.none`] }, { timeout: 500 }),
        { code: 'UNAVAILABLE', message: /none/ },
      );
      rmSync(directory, { recursive: true });
    });

    const deprecated = warnings.filter(({ name }) => name === 'DeprecationWarning');
    assert.deepEqual(deprecated, []);
  });
}
