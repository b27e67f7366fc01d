/** The v2 API while v3 authentication is on: who may what, and what a member goes on doing for it by itself. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { concord } from '../conformance/harness/backend.ts';
import { exchange } from '../conformance/harness/http-exchange.ts';
import { Server } from '../conformance/harness/server.ts';

const backend = concord();
const base64 = (text: string): string => Buffer.from(text, 'latin1').toString('base64');

describe('v2 with authentication', { skip: backend === undefined && 'no server to start' }, () => {
  let server: Server;
  const v3 = async (path: string, body: object, token = ''): Promise<{ token?: string }> => {
    const answer = await exchange(server.clientPort, {
      method: 'POST',
      path: `/v3/${path}`,
      headers: token === '' ? {} : { Authorization: token },
      body: JSON.stringify(body),
    });
    assert.equal(answer.status, 200, `${path}: ${answer.body}`);
    return JSON.parse(answer.body) as { token?: string };
  };
  const login = async (name: string): Promise<string> =>
    (await v3('auth/authenticate', { name, password: name })).token ?? '';
  const v2 = (method: string, path: string, token: string, body = '') =>
    exchange(server.clientPort, {
      method,
      path: `/v2/keys${path}`,
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        ...(token !== '' && { Authorization: token }),
      },
      body,
    });

  before(async () => {
    if (backend === undefined) return;
    server = await Server.start(backend, { flags: ['--enable-v2=true'] });
    for (const name of ['root', 'tree', 'stranger']) {
      await v3('auth/user/add', { name, password: name });
    }
    await v3('auth/role/add', { name: 'root' });
    await v3('auth/role/add', { name: 'tree' });
    const perm = {
      permType: 'READWRITE',
      key: base64('\0concord/v2/'),
      range_end: base64('\0concord/v20'),
    };
    await v3('auth/role/grant', { name: 'tree', perm });
    await v3('auth/user/grant', { user: 'root', role: 'root' });
    await v3('auth/user/grant', { user: 'tree', role: 'tree' });
    await v3('auth/enable', {});
  });
  after(() => server.stop());

  test('only who has rights on its prefix reads, writes and waits', async () => {
    const [tree, stranger] = [await login('tree'), await login('stranger')];
    assert.equal((await v2('PUT', '/a', tree, 'value=1')).status, 201);
    assert.equal((await v2('GET', '/a', tree)).status, 200);
    for (const token of ['', stranger]) {
      assert.equal((await v2('PUT', '/a', token, 'value=2')).status, 401);
      assert.equal((await v2('GET', '/a', token)).status, 401);
      const wait = await v2('GET', '/a?wait=true&waitIndex=1', token);
      assert.equal(wait.status, 401, wait.body);
      assert.equal((JSON.parse(wait.body) as { errorCode: number }).errorCode, 110);
    }
  });

  test('what has expired goes, and whoever waits is told', async () => {
    const tree = await login('tree');
    await v2('PUT', '/brief', tree, 'value=1&ttl=1');
    const wait = await v2('GET', '/brief?wait=true', tree);
    assert.equal((JSON.parse(wait.body) as { action: string }).action, 'expire');
    assert.equal((await v2('GET', '/brief', tree)).status, 404);
  });

  const basic = (name: string, password = name): string => `Basic ${base64(`${name}:${password}`)}`;

  test('name and password of a v3 user count, as HTTP Basic', async () => {
    assert.equal((await v2('PUT', '/basic', basic('tree'), 'value=1')).status, 201);
    assert.equal((await v2('GET', '/basic', basic('tree'))).status, 200);
    for (const refused of [basic('tree', 'wrong'), basic('nobody'), basic('stranger')]) {
      const { status, body } = await v2('GET', '/basic', refused);
      assert.deepEqual(
        [status, body],
        [
          401,
          '{"errorCode":110,"message":"The request requires user authentication","cause":"Insufficient credentials","index":0}\n',
        ],
      );
    }
    const members = (authorization: string) =>
      exchange(server.clientPort, {
        method: 'GET',
        path: '/v2/members',
        headers: { Authorization: authorization },
      });
    assert.equal((await members(basic('root'))).status, 200);
    const { status, body } = await members(basic('root', 'wrong'));
    assert.deepEqual([status, body], [401, '{"message":"Insufficient credentials"}']);
  });

  test('a login outlives its token, and not its password', async () => {
    const root = await login('root');
    assert.equal((await v2('GET', '/', basic('tree'))).status, 200);
    // Tokens end with authentication.
    await v3('auth/disable', {}, root);
    assert.equal((await v2('GET', '/', basic('tree', 'whatever'))).status, 200, 'nobody asks');
    await v3('auth/enable', {});
    assert.equal((await v2('GET', '/', basic('tree'))).status, 200);
    const again = await login('root');
    await v3('auth/user/changepw', { name: 'tree', password: 'new' }, again);
    assert.equal((await v2('GET', '/', basic('tree'))).status, 401);
    assert.equal((await v2('GET', '/', basic('tree', 'new'))).status, 200);
    await v3('auth/user/changepw', { name: 'tree', password: 'tree' }, again);
  });

  test('an open wait ends when the right to it is revoked, and others go on', async () => {
    const root = await login('root');
    const wait = v2('GET', '/open?wait=true&recursive=true', basic('tree'));
    const other = v2('GET', '/open?wait=true&recursive=true', root);
    const waiting = async (): Promise<number> => {
      const { body } = await exchange(server.clientPort, { method: 'GET', path: '/metrics' });
      return Number(/^etcd_debugging_store_watchers (\d+)$/m.exec(body)?.[1]);
    };
    while ((await waiting()) < 2) await setTimeout(10);
    await v3('auth/user/revoke', { name: 'tree', role: 'tree' }, root);
    const ended = await wait;
    assert.deepEqual([ended.status, ended.body], [200, '']);
    assert.equal(await waiting(), 1);
    await v2('PUT', '/open/a', root, 'value=1');
    assert.match((await other).body, /"key":"\/open\/a"/);
    await v3('auth/user/grant', { user: 'tree', role: 'tree' }, root);
  });
});
