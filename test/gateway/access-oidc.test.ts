/** Signing in with an OpenID Connect provider, and what an attacker in the middle of it cannot do. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { freePorts } from '../conformance/harness/free-ports.ts';
import { onEachBackend, type GatewayProcess } from './harness/gateway-process.ts';
import { OidcIssuer } from './harness/oidc-issuer.ts';

const PASSWORD = 'correct horse battery';

onEachBackend(
  'sign-in by OpenID Connect',
  (target) => {
    const directory = mkdtempSync(join(tmpdir(), 'concord-oidc-'));
    let issuer: OidcIssuer;
    let users: GatewayProcess;
    let groups: GatewayProcess;

    const start = async (...flags: string[]): Promise<GatewayProcess> => {
      const [port = 0] = await freePorts(1);
      return target.another({
        flags: [
          ...['--mode', 'auto', '--credentials-file', join(directory, 'credentials.json')],
          ...[
            '--listen-port',
            String(port),
            '--oidc-issuer',
            issuer.url,
            '--oidc-client-id',
            'gateway',
          ],
          ...['--oidc-redirect-url', `http://127.0.0.1:${port}/v1/session/oidc/callback`, ...flags],
        ],
      });
    };

    before(async () => {
      issuer = await OidcIssuer.start();
      users = await start();
      const token = /one-time token ([\w-]{20,})/.exec(users.log.join('\n'))?.[1];
      const body = { token, user: 'admin', password: PASSWORD };
      assert.equal((await users.json('POST', '/v1/set-up', { body })).status, 201);
      groups = await start(
        '--oidc-roles-claim',
        'groups',
        '--oidc-roles',
        'platform=root,guests=guest',
      );
    });
    after(async () => {
      await issuer[Symbol.asyncDispose]();
      rmSync(directory, { recursive: true, force: true });
    });

    /** What a browser does: to the provider, and back with the cookie. */
    const signIn = async (gateway: GatewayProcess, keepsCookie = true) => {
      const begun = await fetch(`${gateway.url}/v1/session/oidc/start`, { redirect: 'manual' });
      assert.equal(begun.status, 302);
      const set = begun.headers.get('set-cookie') ?? '';
      assert.match(set, /HttpOnly/);
      const sent = await fetch(begun.headers.get('location') ?? '', { redirect: 'manual' });
      const back = sent.headers.get('location') ?? '';
      const ended = await fetch(back, {
        headers: keepsCookie ? { cookie: set.split(';')[0] ?? '' } : {},
      });
      const session = /concord_session=[^;]+/.exec(ended.headers.get('set-cookie') ?? '')?.[0];
      return { status: ended.status, session, back };
    };
    const actorOf = async (gateway: GatewayProcess, cookie: string | undefined) =>
      (
        await gateway.json<{ actor?: { name: string; via: string; isAdministrator: boolean } }>(
          'GET',
          '/v1/session',
          { headers: { cookie: cookie ?? '' } },
        )
      ).body.actor;

    test('a user of the cluster is who the provider says, and a stranger nobody', async () => {
      issuer.claims = { preferred_username: 'admin' };
      const { status, session } = await signIn(users);
      assert.equal(status, 200);
      const actor = await actorOf(users, session);
      assert.deepEqual(actor, { name: 'admin', via: 'oidc', isAdministrator: true });
      issuer.claims = { preferred_username: 'stranger' };
      assert.equal((await signIn(users)).status, 401);
    });

    test('groups give roles, and who has none stays out', async () => {
      issuer.claims = { preferred_username: 'eve', groups: ['platform', 'other'] };
      const { session } = await signIn(groups);
      assert.equal((await actorOf(groups, session))?.isAdministrator, true);
      issuer.claims = { preferred_username: 'guest', groups: ['guests'] };
      const guest = await actorOf(groups, (await signIn(groups)).session);
      assert.deepEqual([guest?.name, guest?.isAdministrator], ['guest', false]);
      issuer.claims = { preferred_username: 'mallory', groups: ['others'] };
      assert.equal((await signIn(groups)).status, 401);
    });

    test('what was not begun in this browser is not finished in it, and a token for another sign-in is none', async () => {
      issuer.claims = { preferred_username: 'admin' };
      assert.equal((await signIn(users, false)).status, 401);
      issuer.wrongNonce = 'another';
      assert.equal((await signIn(users)).status, 401);
      issuer.wrongNonce = undefined;
      const { session, back } = await signIn(users);
      assert.notEqual(session, undefined);
      assert.equal((await fetch(back)).status, 401, 'a code a second time');
    });
  },
  { backends: ['concord'] },
);
