/**
 * Auth: users, roles, turning it on and off, and tokens. What each RPC asks of its caller is in `auth-access.test.ts`.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes } from './harness/answers.ts';
import { ANONYMOUS, onEachBackend, type Target } from './harness/each-backend.ts';
import * as errors from './harness/etcd-errors.ts';
import { assertFails, responseOf } from './harness/outcome.ts';
import type { UnaryMethod, RequestOf, ResponseOf } from './harness/messages.ts';
import type { Outcome } from './harness/outcome.ts';

const as = (token: string | undefined) => (token === undefined ? {} : { metadata: { token } });

onEachBackend(
  'Auth, before it is on',
  (target) => {
    const call = <M extends UnaryMethod>(method: M, request: RequestOf<M>) =>
      target.client.call(method, request);

    test('it is off at first, and can be turned on once root exists and has the role root', async () => {
      assertFails(await call('AuthEnable', {}), errors.rootUserMissing);
      assertFails(await call('Authenticate', { name: 'a', password: 'b' }), errors.authNotEnabled);
      await target.client.must('UserAdd', { name: 'root', password: 'r' });
      assertFails(await call('AuthEnable', {}), errors.rootRoleMissing);
      assertFails(await call('RoleGet', { role: 'root' }), errors.roleNotFound);
      await target.client.must('UserGrantRole', { user: 'root', role: 'root' });
      assert.deepEqual((await target.client.must('UserGet', { name: 'root' })).roles, ['root']);
    });

    test('anybody may change users and roles', async () => {
      assertFails(await call('UserAdd', { name: '', password: 'x' }), errors.userEmpty);
      await target.client.must('UserAdd', { name: 'alice', password: 'x' });
      assertFails(await call('UserAdd', { name: 'alice', password: 'y' }), errors.userExists);
      assertFails(await call('UserGet', { name: 'none' }), errors.userNotFound);
      assertFails(await call('UserDelete', { name: 'none' }), errors.userNotFound);
      assertFails(
        await call('UserChangePassword', { name: 'none', password: 'x' }),
        errors.userNotFound,
      );
      assertFails(await call('RoleAdd', { name: '' }), errors.roleEmpty);
      await target.client.must('RoleAdd', { name: 'r' });
      assertFails(await call('RoleAdd', { name: 'r' }), errors.roleExists);
      assertFails(await call('RoleGet', { role: 'none' }), errors.roleNotFound);
      assertFails(await call('RoleDelete', { role: 'none' }), errors.roleNotFound);
      assertFails(await call('UserGrantRole', { user: 'none', role: 'r' }), errors.userNotFound);
      assertFails(
        await call('UserGrantRole', { user: 'alice', role: 'none' }),
        errors.roleNotFound,
      );
      assertFails(
        await call('UserRevokeRole', { name: 'alice', role: 'r' }),
        errors.roleNotGranted,
      );
    });

    test('lists are in the order of names, roles of a user too', async () => {
      for (const name of ['zoe', 'Bob', 'émile']) {
        await target.client.must('UserAdd', { name, password: 'x' });
      }
      const { users } = await target.client.must('UserList', {});
      assert.deepEqual(users, [...users].sort());
      for (const name of ['r3', 'r1', 'r2']) {
        await target.client.must('RoleAdd', { name });
        await target.client.must('UserGrantRole', { user: 'zoe', role: name });
      }
      const { roles } = await target.client.must('RoleList', {});
      assert.deepEqual(
        roles.filter((name) => /^r\d$/.test(name)),
        ['r1', 'r2', 'r3'],
      );
      assert.deepEqual((await target.client.must('UserGet', { name: 'zoe' })).roles, [
        'r1',
        'r2',
        'r3',
      ]);
      await target.client.must('RoleDelete', { role: 'r2' });
      assert.deepEqual((await target.client.must('UserGet', { name: 'zoe' })).roles, ['r1', 'r3']);
    });

    test('status tells that it is off, and the revision, which each change raises', async (t) => {
      if (!target.server.version.atLeast('3.5.0')) return t.skip('before 3.5');
      const before = await target.client.must('AuthStatus', {});
      assert.equal(before.enabled, false);
      await target.client.must('RoleAdd', { name: 'counted' });
      const { authRevision } = await target.client.must('AuthStatus', {});
      assert.equal(Number(authRevision), Number(before.authRevision) + 1);
    });

    test('permissions are kept by key, one for each range', async () => {
      await target.client.must('RoleAdd', { name: 'p' });
      const ranges: readonly [key: string, end: string, type: number][] = [
        ['m', 'n', 1],
        ['m', '', 1],
        ['a', 'b', 0],
        ['m', 'n', 2],
        ['b', '\0', 0],
      ];
      for (const [key, end, permType] of ranges) {
        const perm = { permType, key: bytes(key), range_end: bytes(end) };
        await target.client.must('RoleGrantPermission', { name: 'p', perm });
      }
      const { perm } = await target.client.must('RoleGet', { role: 'p' });
      assert.deepEqual(
        perm.map(({ key, range_end, permType }) => [String(key), String(range_end), permType]),
        [
          ['a', 'b', 'READ'],
          ['b', '\0', 'READ'],
          ['m', 'n', 'READWRITE'],
          ['m', '', 'WRITE'],
        ],
      );
      const revoke = (key: string, end: string) =>
        call('RoleRevokePermission', { role: 'p', key: bytes(key), range_end: bytes(end) });
      assertFails(await revoke('a', 'c'), errors.permissionNotGranted);
      responseOf(await revoke('a', 'b'), 'revoking the exact range');
      assertFails(await revoke('a', 'b'), errors.permissionNotGranted);
    });

    test('a permission must be of a range that has keys', async () => {
      // etcd 3.4 takes any range, and stops at a permission that is not there.
      if (!target.server.version.atLeast('3.5.0')) return;
      await target.client.must('RoleAdd', { name: 'q' });
      assertFails(await call('RoleGrantPermission', { name: 'q' }), errors.permissionNotGiven);
      for (const [key, end] of [
        ['', ''],
        ['', '\0'],
        ['a', 'a'],
        ['b', 'a'],
      ] as const) {
        const perm = { key: bytes(key), range_end: bytes(end) };
        assertFails(
          await call('RoleGrantPermission', { name: 'q', perm }),
          errors.invalidAuthManagement,
        );
      }
    });
  },
  ANONYMOUS,
);

/** Users root (password r) and alice (password a), and authentication on. */
async function enable({ client }: Target): Promise<{ root: string; alice: string }> {
  await client.must('UserAdd', { name: 'root', password: 'r' });
  await client.must('UserAdd', { name: 'alice', password: 'a' });
  await client.must('RoleAdd', { name: 'root' });
  await client.must('UserGrantRole', { user: 'root', role: 'root' });
  await client.must('AuthEnable', {});
  const root = await client.must('Authenticate', { name: 'root', password: 'r' });
  const alice = await client.must('Authenticate', { name: 'alice', password: 'a' });
  return { root: root.token, alice: alice.token };
}

onEachBackend(
  'Auth, while it is on',
  (target) => {
    let tokens: { root: string; alice: string } | undefined;
    const token = async (user: 'root' | 'alice'): Promise<string> =>
      (tokens ??= await enable(target))[user];
    const call = async <M extends UnaryMethod>(
      user: 'root' | 'alice' | undefined,
      method: M,
      request: RequestOf<M>,
    ): Promise<Outcome<ResponseOf<M>>> =>
      target.client.call(method, request, as(user && (await token(user))));

    test('a token is letters, a dot and a number, and another each time', async () => {
      const first = await token('alice');
      assert.match(first, /^[A-Za-z]{16,}\.\d+$/);
      const again = await target.client.must('Authenticate', { name: 'alice', password: 'a' });
      assert.notEqual(again.token, first);
      responseOf(await call('alice', 'UserGet', { name: 'alice' }), 'the first one is good still');
    });

    test('only the right password gets one', async () => {
      await token('root');
      for (const [name, password] of [
        ['alice', 'b'],
        ['alice', ''],
        ['nobody', 'a'],
        ['', ''],
      ] as const) {
        assertFails(
          await target.client.call('Authenticate', { name, password }),
          errors.authFailed,
        );
      }
    });

    test('an empty password is one, and a user without one has none', async () => {
      responseOf(await call('root', 'UserAdd', { name: 'empty' }), 'add');
      await target.client.must('Authenticate', { name: 'empty', password: '' });
      responseOf(
        await call('root', 'UserAdd', {
          name: 'cert',
          password: 'x',
          options: { no_password: true },
        }),
        'add without password',
      );
      for (const password of ['', 'x']) {
        const outcome = await target.client.call('Authenticate', { name: 'cert', password });
        assertFails(outcome, errors.noPasswordUser);
      }
      responseOf(
        await call('root', 'UserChangePassword', { name: 'cert', password: 'y' }),
        'a password for a user without one changes nothing',
      );
    });

    test('what is no token of this server is refused, wherever it is shown', async () => {
      const good = await token('alice');
      const [secret = '', index = ''] = good.split('.');
      const wrong = ['junk', secret, `${secret}.0${index}`, `${secret}.1`, `x${good}`];
      for (const each of wrong) {
        const outcome = await target.client.call('UserGet', { name: 'alice' }, as(each));
        assertFails(outcome, errors.invalidToken);
      }
      for (const metadata of [{ authorization: good }, { token: good, authorization: 'junk' }]) {
        await target.client.must('UserGet', { name: 'alice' }, { metadata });
      }
      assertFails(
        await target.client.call(
          'UserGet',
          { name: 'alice' },
          { metadata: { token: 'junk', authorization: good } },
        ),
        errors.invalidToken,
      );
    });

    test('nothing of root is taken away', async () => {
      const error = errors.invalidAuthManagement;
      assertFails(await call('root', 'UserDelete', { name: 'root' }), error);
      assertFails(await call('root', 'RoleDelete', { role: 'root' }), error);
      assertFails(await call('root', 'UserRevokeRole', { name: 'root', role: 'root' }), error);
    });

    test('one sees oneself and one’s roles, and root sees all', async () => {
      responseOf(await call('root', 'RoleAdd', { name: 'mine' }), 'add');
      responseOf(await call('root', 'RoleAdd', { name: 'other' }), 'add');
      responseOf(await call('root', 'UserGrantRole', { user: 'alice', role: 'mine' }), 'grant');
      responseOf(await call('alice', 'UserGet', { name: 'alice' }), 'oneself');
      responseOf(await call('alice', 'RoleGet', { role: 'mine' }), 'one’s role');
      assertFails(await call('alice', 'UserGet', { name: 'root' }), errors.permissionDenied);
      assertFails(await call('alice', 'RoleGet', { role: 'other' }), errors.permissionDenied);
      assertFails(await call('alice', 'UserList', {}), errors.permissionDenied);
      assertFails(await call(undefined, 'UserGet', { name: 'alice' }), errors.userEmpty);
      responseOf(await call('root', 'UserGet', { name: 'alice' }), 'anybody');
    });

    test('another password, and deletion, end the tokens of a user', async () => {
      const add = async (name: string): Promise<string> => {
        responseOf(await call('root', 'UserAdd', { name, password: 'x' }), 'add');
        return (await target.client.must('Authenticate', { name, password: 'x' })).token;
      };
      const changed = await add('changed');
      responseOf(
        await call('root', 'UserChangePassword', { name: 'changed', password: 'y' }),
        'change',
      );
      const request = { name: 'changed' };
      assertFails(await target.client.call('UserGet', request, as(changed)), errors.invalidToken);
      assertFails(
        await target.client.call('Authenticate', { name: 'changed', password: 'x' }),
        errors.authFailed,
      );
      await target.client.must('Authenticate', { name: 'changed', password: 'y' });
      const deleted = await add('deleted');
      responseOf(await call('root', 'UserDelete', { name: 'deleted' }), 'delete');
      assertFails(
        await target.client.call('UserGet', { name: 'deleted' }, as(deleted)),
        errors.invalidToken,
      );
      assertFails(
        await target.client.call('Authenticate', { name: 'deleted', password: 'x' }),
        errors.authFailed,
      );
    });

    test('a role that is granted and revoked counts at once, for tokens that were there before', async () => {
      const corner = target.corner();
      const key = corner.key('k');
      const get = () => call('alice', 'Range', { key });
      assertFails(await get(), errors.permissionDenied);
      responseOf(await call('root', 'RoleAdd', { name: 'reads' }), 'add');
      const perm = { permType: 0, ...corner.all };
      responseOf(await call('root', 'RoleGrantPermission', { name: 'reads', perm }), 'grant');
      responseOf(await call('root', 'UserGrantRole', { user: 'alice', role: 'reads' }), 'grant');
      responseOf(await get(), 'with the role');
      assertFails(await call('alice', 'Put', { key }), errors.permissionDenied);
      responseOf(await call('root', 'UserRevokeRole', { name: 'alice', role: 'reads' }), 'revoke');
      assertFails(await get(), errors.permissionDenied);
    });

    test('off makes it as it was, and tokens from before are none when it is on again', async () => {
      const { root, alice } = (tokens ??= await enable(target));
      assertFails(await call('alice', 'AuthDisable', {}), errors.permissionDenied);
      assertFails(await call(undefined, 'AuthDisable', {}), errors.userEmpty);
      await target.client.must('AuthDisable', {}, as(root));
      await target.client.must('AuthDisable', {});
      await target.client.must('UserList', {});
      await target.client.must('Put', { key: target.corner().key('a') });
      await target.client.must('AuthEnable', {});
      for (const token of [root, alice]) {
        assertFails(await target.client.call('UserList', {}, as(token)), errors.invalidToken);
      }
    });
  },
  ANONYMOUS,
);
