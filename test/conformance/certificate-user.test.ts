/**
 * A client certificate as a user: whoever sends no token is whom the common name of his certificate names. Every call
 * goes through TLS with a real certificate.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { request as httpsRequest } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { connect as connectHttp2, type IncomingHttpHeaders } from 'node:http2';
import { text } from 'node:stream/consumers';
import { bytes } from './harness/answers.ts';
import { onEachBackend, type Target } from './harness/each-backend.ts';
import * as errors from './harness/etcd-errors.ts';
import { assertFails } from './harness/outcome.ts';
import { getCredentials, TlsTunnel } from './harness/tls-tunnel.ts';
import { WireClient } from './harness/wire-client.ts';

const NAMES = ['root', 'alice', 'keyless', 'nobody', ''] as const;
type Name = (typeof NAMES)[number];

const as = (token: string) => ({ metadata: { token } });
const open = { key: bytes('a') };
const closed = { key: bytes('b') };
const since = '3.5.0';

/** Users root, alice, who may use the key `a`, and keyless, whom only a certificate can name; and authentication on. */
async function populate({ client }: Target): Promise<void> {
  await client.must('UserAdd', { name: 'root', password: 'root' });
  await client.must('UserAdd', { name: 'alice', password: 'alice' });
  await client.must('UserAdd', { name: 'keyless', options: { no_password: true } });
  for (const name of ['root', 'r']) await client.must('RoleAdd', { name });
  await client.must('RoleGrantPermission', { name: 'r', perm: { permType: 2, ...open } });
  await client.must('UserGrantRole', { user: 'root', role: 'root' });
  for (const user of ['alice', 'keyless']) await client.must('UserGrantRole', { user, role: 'r' });
  await client.must('AuthEnable', {});
}

/** What a path of the gateway answers a client whose certificate has this name. */
async function ask(target: Target, name: Name, path: string, token?: string) {
  const { authority, clientNamed } = await getCredentials();
  const { cert, key } = await clientNamed(name);
  const headers = { Accept: '*/*', ...(token !== undefined && { Authorization: token }) };
  const request = httpsRequest({
    ...{ host: 'localhost', port: target.server.serverPort, path, method: 'POST', agent: false },
    ...{ ca: authority, cert, key, headers },
  });
  request.end('{"key":"YQ=="}');
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return {
    status: response.statusCode,
    type: response.headers['content-type'],
    body: await text(response),
  };
}

/** The same over HTTP/2, which curl prefers. */
async function askOverHttp2(target: Target, name: Name, path: string) {
  const { authority, clientNamed } = await getCredentials();
  const { cert, key } = await clientNamed(name);
  const url = `https://localhost:${target.server.serverPort}`;
  const session = connectHttp2(url, { ca: authority, cert, key });
  const stream = session.request({ ':path': path, ':method': 'POST', accept: '*/*' });
  stream.end('{"key":"YQ=="}');
  const [headers] = (await once(stream, 'response')) as [IncomingHttpHeaders];
  const body = await text(stream);
  session.destroy();
  return { status: headers[':status'], body };
}

const UNUSED =
  'CommonName of client sending a request against gateway will be ignored and not used as expected\n';

onEachBackend(
  'A certificate as a user',
  (target) => {
    const tunnels: TlsTunnel[] = [];
    const clients = new Map<Name, WireClient>();
    const by = (name: Name): WireClient => clients.get(name) as WireClient;
    const logIn = async (name: Name): Promise<string> =>
      (await target.client.must('Authenticate', { name, password: name })).token;

    before(async () => {
      await populate(target);
      for (const name of NAMES) {
        const tunnel = await TlsTunnel.open(target.server.serverPort, { name });
        tunnels.push(tunnel);
        clients.set(name, new WireClient(`127.0.0.1:${tunnel.port}`));
      }
    });
    after(() => {
      for (const client of clients.values()) client.close();
      for (const tunnel of tunnels) tunnel.close();
    });

    test('may what the user may that it names', async () => {
      for (const name of ['alice', 'keyless'] as const) {
        await by(name).must('Put', { ...open, value: bytes(name) });
        assertFails(await by(name).call('Put', closed), errors.permissionDenied);
        assertFails(await by(name).call('UserList', {}), errors.permissionDenied);
        assert.deepEqual((await by(name).must('UserGet', { name })).roles, ['r']);
      }
      await by('root').must('Put', closed);
      assert.equal((await by('root').must('UserList', {})).users.length, 3);
    });

    test('may nothing with keys where it names no user, or nobody', async () => {
      for (const name of ['nobody', ''] as const) {
        assertFails(await by(name).call('Range', open), errors.permissionDenied);
        assertFails(await by(name).call('Put', open), errors.permissionDenied);
      }
      assertFails(await by('nobody').call('UserList', {}), errors.userNotFound);
    });

    test('may what takes no permission, whomever it names', async (t) => {
      if (!target.server.version.atLeast(since)) return t.skip('anybody may, before 3.5');
      assertFails(await by('').call('UserList', {}), errors.userEmpty);
      for (const [i, name] of (['nobody', ''] as const).entries()) {
        await by(name).must('Status', {});
        await by(name).must('LeaseGrant', { ID: 70 + i, TTL: 1000 });
        await by('alice').must('Put', { ...open, lease: 70 + i });
        assertFails(await by(name).call('LeaseRevoke', { ID: 70 + i }), errors.permissionDenied);
        await by('alice').must('DeleteRange', open);
        await by(name).must('LeaseRevoke', { ID: 70 + i });
      }
    });

    test('counts for nothing beside a token, be it right or wrong', async () => {
      const root = await logIn('root');
      await by('alice').must('Put', closed, as(root));
      await by('nobody').must('Put', closed, as(root));
      assertFails(await by('root').call('Put', closed, as('wrong')), errors.invalidToken);
      assertFails(
        await by('root').call('Put', closed, as(await logIn('alice'))),
        errors.permissionDenied,
      );
    });

    test('names users who have no password, and then no password is right', async () => {
      assertFails(
        await by('keyless').call('Authenticate', { name: 'keyless', password: 'keyless' }),
        errors.noPasswordUser,
      );
    });

    test('opens watches', async () => {
      const denied = 'rpc error: code = PermissionDenied desc = etcdserver: permission denied';
      const watch = by('alice').watch();
      const { watch_id } = await watch.create(open);
      await by('keyless').must('Put', { ...open, value: bytes('told') });
      const [event] = await watch.events(watch_id, 1);
      assert.equal(String(event?.kv?.value), 'told');
      assert.equal((await watch.create(closed)).cancel_reason, denied);
      watch.close();
      const refused = by('nobody').watch();
      assert.equal((await refused.create(open)).cancel_reason, denied);
      refused.close();
    });

    test('loses and gets what its user loses and gets', async () => {
      const role = { role: 'r' };
      await by('root').must('UserRevokeRole', { name: 'alice', ...role });
      assertFails(await by('alice').call('Range', open), errors.permissionDenied);
      await by('root').must('UserGrantRole', { user: 'alice', ...role });
      await by('alice').must('Range', open);
      await by('root').must('UserDelete', { name: 'alice' });
      assertFails(await by('alice').call('Range', open), errors.permissionDenied);
      await by('root').must('UserAdd', { name: 'alice', password: 'alice' });
      await by('root').must('UserGrantRole', { user: 'alice', ...role });
      await by('alice').must('Range', open);
    });

    test('is refused by the gateway, which knows its callers by tokens alone', async () => {
      const root = await logIn('root');
      for (const token of [undefined, root]) {
        assert.deepEqual(await ask(target, 'alice', '/v3/kv/range', token), {
          status: 400,
          type: 'text/plain; charset=utf-8',
          body: UNUSED,
        });
      }
      assert.equal((await ask(target, 'nobody', '/v3/no/such/path')).body, UNUSED);
      const overHttp2 = await askOverHttp2(target, 'alice', '/v3/kv/range');
      assert.deepEqual(overHttp2, { status: 400, body: UNUSED });
      assert.equal((await ask(target, '', '/v3/kv/range', root)).status, 200);
      const { status, body } = await ask(target, '', '/v3/kv/range');
      assert.equal(status, 400);
      assert.match(body, /user name is empty/);
      assert.notEqual((await ask(target, 'alice', '/version')).status, 400);
    });

    test('counts for nothing while authentication is off', async () => {
      await by('root').must('AuthDisable', {});
      await by('nobody').must('Put', closed);
      assert.equal((await ask(target, 'alice', '/v3/kv/range')).status, 200);
    });
  },
  { tls: true },
);
