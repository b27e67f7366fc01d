/** Who may do what: set-up, sign-in, permissions as the cluster has them, tokens, and what pages of others cannot do. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { Client } from '@concord/sdk';
import { GatewayProcess, onEachBackend, type JsonAnswer } from './harness/gateway-process.ts';

interface SessionDocument {
  readonly mode: string;
  readonly actor?: { readonly name: string; readonly isAdministrator: boolean };
  readonly csrfToken?: string;
  readonly token?: string;
  readonly cluster: { readonly kind: string };
}
interface Problem {
  readonly type: string;
  readonly detail: string;
}

const PASSWORD = 'correct horse battery';

onEachBackend('access', (target) => {
  const directory = mkdtempSync(join(tmpdir(), 'concord-access-'));
  const credentials = join(directory, 'credentials.json');
  const flags = ['--mode', 'auto', '--credentials-file', credentials];
  let one: GatewayProcess;
  let other: GatewayProcess;
  let admin: Record<string, string>;

  before(async () => {
    one = await target.another({ flags });
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const login = async (user: string, password: string, gateway = one) =>
    gateway.json<SessionDocument>('POST', '/v1/session', { body: { user, password, as: 'token' } });
  const as = async (user: string, password: string) =>
    bearer((await login(user, password)).body.token ?? '');
  const ofAdmin = async <Body>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<JsonAnswer<Body>> => {
    const answer = await one.json<Body>(method, path, { body, headers: admin });
    assert.ok(answer.status < 300, `${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer;
  };

  test('a cluster without users is set up once, with the token of the log, and shared by all gateways', async () => {
    const token = /one-time token ([\w-]{20,})/.exec(one.log.join('\n'))?.[1] ?? '';
    other = await target.another({ flags });
    assert.doesNotMatch(other.log.join('\n'), /one-time token [\w-]{20}/, 'a second token');
    assert.equal((await other.json<SessionDocument>('GET', '/v1/session')).body.mode, 'set-up');
    assert.equal((await other.json('GET', '/v1/cluster/members')).status, 401);
    const setUp = (text: string, gateway: GatewayProcess) =>
      gateway.json<SessionDocument>('POST', '/v1/set-up', {
        body: { token: text, user: 'admin', password: PASSWORD },
      });
    assert.equal((await setUp('wrong', other)).status, 401);
    const answers = await Promise.all([setUp(token, one), setUp(token, other)]);
    assert.deepEqual(answers.map(({ status }) => status).sort()[0], 201);
    assert.equal(answers.filter(({ status }) => status === 201).length, 1);
    assert.notEqual((await setUp(token, one)).status, 201);
    assert.equal(statSync(credentials).mode & 0o777, 0o600);
    admin = await as('admin', PASSWORD);
    const { body } = await other.json<SessionDocument>('GET', '/v1/session', { headers: admin });
    assert.equal(body.mode, 'secured');
    assert.deepEqual([body.actor?.name, body.actor?.isAdministrator], ['admin', true]);
    assert.equal(body.cluster.kind, target.backend);
  });

  test('an unknown user and a wrong password are answered alike, and guessing is slowed down', async () => {
    const [unknown, wrong] = [await login('nobody', 'x'), await login('admin', 'x')];
    assert.deepEqual([unknown.status, wrong.status], [401, 401]);
    const detail = ({ body }: JsonAnswer<unknown>): string => (body as Problem).detail;
    assert.equal(detail(unknown), detail(wrong));
    const answers = await Promise.all(Array.from({ length: 8 }, () => login('guessed', 'x')));
    const refused = answers.find(({ status }) => status === 429);
    assert.ok(Number(refused?.headers.get('retry-after')) >= 1);
  });

  test('a browser writes with its cookie and the CSRF token, and with neither alone', async () => {
    const answer = await other.json<SessionDocument>('POST', '/v1/session', {
      body: { user: 'admin', password: PASSWORD },
    });
    assert.equal(answer.body.token, undefined);
    const set = answer.headers.get('set-cookie') ?? '';
    assert.match(set, /HttpOnly/);
    assert.match(set, /SameSite=Strict/);
    const cookie = set.split(';')[0] ?? '';
    const csrf = { 'x-concord-csrf': answer.body.csrfToken ?? '' };
    const put = (headers: Record<string, string>) =>
      one.json('PUT', '/v1/keys/csrf', { body: { value: { text: 'x' } }, headers });
    assert.equal((await one.json('GET', '/v1/keys', { headers: { cookie } })).status, 200);
    assert.equal((await put({ cookie })).status, 403);
    assert.equal((await put({ cookie, 'x-concord-csrf': 'guessed' })).status, 403);
    assert.equal((await put(csrf)).status, 401);
    assert.equal((await put({ cookie, ...csrf, origin: 'http://evil.example' })).status, 403);
    assert.equal((await put({ cookie, ...csrf })).status, 200);
    await one.json('DELETE', '/v1/session', { headers: { cookie, ...csrf } });
    assert.equal((await one.json('GET', '/v1/keys', { headers: { cookie } })).status, 401);
    assert.equal(
      (await other.json('GET', '/v1/keys', { headers: { cookie } })).status,
      401,
      'on the other gateway',
    );
  });

  test('what a user may do is what the cluster would let the same user do', async () => {
    await ofAdmin('POST', '/v1/roles', { name: 'random' });
    await ofAdmin('POST', '/v1/users', { name: 'random', password: PASSWORD, roles: ['random'] });
    const client = await Client.connect({
      endpoints: [target.server.endpoint],
      credentials: { username: 'random', password: PASSWORD },
    });
    const key = fc.string({
      unit: fc.constantFrom('a', 'b', 'c', '\u00e9'),
      minLength: 1,
      maxLength: 3,
    });
    const range = fc.oneof(
      key.map((prefix) => ({ prefix })),
      key.map((from) => ({ key: from })),
      key.map((from) => ({ key: from, rangeEnd: '\0' })),
      fc
        .tuple(key, key)
        .filter(([from, to]) => from < to)
        .map(([from, to]) => ({ key: from, rangeEnd: to })),
    );
    const permission = fc.tuple(fc.constantFrom('read', 'write', 'readwrite'), range);
    try {
      await fc.assert(
        fc.asyncProperty(
          fc.array(permission, { minLength: 1, maxLength: 4 }),
          fc.array(key, { minLength: 3, maxLength: 3 }),
          async (permissions, keys) => {
            for (const [access, where] of permissions)
              await ofAdmin('PUT', '/v1/roles/random/permissions', { access, ...where });
            const headers = await as('random', PASSWORD);
            for (const name of keys) {
              const readable = await allowed(client.kv.range({ prefix: name }));
              const writable = await allowed(client.kv.put(name, 'x'));
              const read = await one.json('GET', `/v1/keys?prefix=${encodeURIComponent(name)}`, {
                headers,
              });
              const write = await one.json('PUT', `/v1/keys/${encodeURIComponent(name)}`, {
                headers,
                body: { value: { text: 'y' } },
              });
              const shown = JSON.stringify({ permissions, name });
              assert.equal(read.status === 200, readable, `read ${shown}: ${read.status}`);
              assert.equal(write.status < 300, writable, `write ${shown}: ${write.status}`);
            }
            const { body } = await ofAdmin<{ permissions: { key: string; rangeEnd?: string }[] }>(
              'GET',
              '/v1/roles/random',
            );
            for (const { key: from, rangeEnd } of body.permissions) {
              const query = new URLSearchParams({
                key: from,
                ...(rangeEnd !== undefined && { rangeEnd }),
              });
              await ofAdmin('DELETE', `/v1/roles/random/permissions?${query.toString()}`);
            }
          },
        ),
        { numRuns: 12 },
      );
    } finally {
      await client.close();
    }
  });

  test('what is taken from a user counts within seconds on every gateway', async () => {
    await ofAdmin('POST', '/v1/roles', { name: 'reader' });
    await ofAdmin('PUT', '/v1/roles/reader/permissions', { access: 'read', prefix: 'shared/' });
    await ofAdmin('POST', '/v1/users', { name: 'alice', password: PASSWORD, roles: ['reader'] });
    const headers = await as('alice', PASSWORD);
    const status = async (): Promise<number> =>
      (await other.json('GET', '/v1/keys?prefix=shared/', { headers })).status;
    assert.equal(await status(), 200);
    await ofAdmin('DELETE', '/v1/users/alice/roles/reader');
    const startedAtMs = performance.now();
    while ((await status()) !== 403)
      assert.ok(performance.now() - startedAtMs < 3000, 'still let in');
    await ofAdmin('DELETE', '/v1/users/alice');
    assert.equal((await one.json('GET', '/v1/keys?prefix=shared/', { headers })).status, 401);
  });

  test('a token does what its scope says, never more than its owner, and nothing once it is revoked', async () => {
    const { body } = await ofAdmin<{ id: string; token: string }>('POST', '/v1/tokens', {
      label: 'ci',
      scope: { verbs: ['read'], prefixes: ['ci/'] },
    });
    const headers = bearer(body.token);
    const ask = async (method: string, path: string, gateway = one): Promise<number> =>
      (
        await gateway.json(method, path, {
          headers,
          ...(method === 'PUT' && { body: { value: { text: 'x' } } }),
        })
      ).status;
    assert.equal(await ask('GET', '/v1/keys?prefix=ci/'), 200);
    assert.equal(await ask('GET', '/v1/keys?prefix=other/'), 403);
    assert.equal(await ask('PUT', '/v1/keys/ci%2Fkey'), 403);
    assert.equal(await ask('GET', '/v1/users'), 403);
    const made = await one.json('POST', '/v1/tokens', {
      headers,
      body: { label: 'x', scope: { verbs: ['write'] } },
    });
    assert.equal(made.status, 403);
    assert.equal(await ask('GET', '/v1/keys?prefix=ci/', other), 200);
    await ofAdmin('DELETE', `/v1/tokens/${body.id}`);
    assert.equal(await ask('GET', '/v1/keys?prefix=ci/'), 401);
    const startedAtMs = performance.now();
    while ((await ask('GET', '/v1/keys?prefix=ci/', other)) !== 401)
      assert.ok(performance.now() - startedAtMs < 1000, 'still good on the other gateway');
  });

  test('a password that changes ends the sessions that there are', async () => {
    await ofAdmin('POST', '/v1/users', { name: 'carol', password: PASSWORD });
    const headers = await as('carol', PASSWORD);
    assert.equal((await one.json('GET', '/v1/users/carol', { headers })).status, 200);
    const change = (body: object) => one.json('PUT', '/v1/users/carol/password', { headers, body });
    assert.equal((await change({ password: 'another one' })).status, 403);
    assert.equal((await change({ password: 'another one', current: PASSWORD })).status, 204);
    assert.equal((await one.json('GET', '/v1/users/carol', { headers })).status, 401);
    const again = { headers: await as('carol', 'another one') };
    assert.equal((await one.json('GET', '/v1/users/carol', again)).status, 200);
  });

  test('what etcdctl changes of a user counts here soon: roles, the password, the user itself', async () => {
    await using client = await Client.connect({
      endpoints: [target.server.endpoint],
      credentials: { username: 'admin', password: PASSWORD },
    });
    const { auth } = client;
    const soon = async (user: Record<string, string>, gateway: GatewayProcess, status: number) => {
      const startedAtMs = performance.now();
      const ask = () => gateway.json('GET', '/v1/keys/dora', { headers: user });
      while ((await ask()).status !== status) {
        const isLate = performance.now() - startedAtMs > 20_000;
        assert.ok(!isLate, `it is ${(await ask()).status} and not ${status} after 20 s`);
      }
    };
    await auth.addRole('dora');
    await auth.grantPermission('dora', { access: 'readwrite', range: 'dora' });
    await auth.addUser('dora', PASSWORD);
    await auth.grantRole('dora', 'dora');
    let dora = await as('dora', PASSWORD);
    await soon(dora, other, 404);
    await auth.revokeRole('dora', 'dora');
    await soon(dora, other, 403);
    await auth.grantRole('dora', 'dora');
    await soon(dora, one, 404);

    await auth.changePassword('dora', 'another one');
    await soon(dora, one, 401);
    await soon(dora, other, 401);
    dora = await as('dora', 'another one');
    await soon(dora, one, 404);

    // Somebody else of the same name is not who has signed in.
    await auth.deleteUser('dora');
    await auth.addUser('dora', 'yet another');
    await auth.grantRole('dora', 'dora');
    await soon(dora, one, 401);
    await soon(admin, one, 404);
  });

  test(
    'the audit says who did what, and neither it nor the log holds a secret',
    { timeout: 60_000 },
    async () => {
      interface Page {
        readonly items: readonly { actor: string; action: string; subject: string }[];
        readonly nextCursor?: string;
      }
      const whole = async (): Promise<Page['items']> => {
        const items: Page['items'][number][] = [];
        for (let cursor: string | undefined = ''; cursor !== undefined;) {
          const path = `/v1/audit?limit=500${cursor === '' ? '' : `&cursor=${cursor}`}`;
          const page: Page = (await ofAdmin<Page>('GET', path)).body;
          items.push(...page.items);
          cursor = page.nextCursor;
        }
        return items;
      };
      const wanted = [
        ['admin', 'setUp', 'user admin'],
        ['admin', 'createUser', 'user alice'],
        ['carol', 'changePassword', 'user carol'],
      ];
      const isComplete = (items: Page['items']): boolean =>
        wanted.every(([actor, action, subject]) =>
          items.some(
            (one) => one.actor === actor && one.action === action && one.subject === subject,
          ),
        );
      // Records are written a moment after what they tell of.
      let body = await whole();
      while (!isComplete(body)) body = await whole();
      const { password } = JSON.parse(readFileSync(credentials, 'utf8')) as { password: string };
      const told = [JSON.stringify(body), ...one.log, ...other.log].join('\n');
      for (const secret of [PASSWORD, password, (admin['authorization'] ?? '').slice(7)])
        assert.ok(!told.includes(secret), 'a secret was told');
      const csv = await fetch(`${one.url}/v1/audit/export?format=csv&actor=carol`, {
        headers: admin,
      });
      assert.match(await csv.text(), /^at,actor,.*\r\n(".*"\r\n)+$/);
    },
  );

  test('development mode answers names of this machine alone, and starts on no other address', async () => {
    const { url } = target.gateway;
    const asked = await target.gateway.json<SessionDocument>('GET', '/v1/session');
    assert.equal(asked.body.mode, 'development');
    const rebound = await new Promise<number>((resolve, reject) => {
      import('node:http').then(({ get }) => {
        get(`${url}/v1/session`, { headers: { host: 'evil.example' } }, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        }).on('error', reject);
      }, reject);
    });
    assert.equal(rebound, 403);
    await assert.rejects(
      GatewayProcess.start([target.server.endpoint], { flags: ['--listen-host', '0.0.0.0'] }),
      /--mode development: everybody is the administrator/,
    );
  });
});

async function allowed(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    assert.equal((error as { code?: string }).code, 'FORBIDDEN', String(error));
    return false;
  }
}
