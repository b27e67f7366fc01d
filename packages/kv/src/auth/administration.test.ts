/** etcd's rules of users and roles, one a test; the expectations are answers of etcd 3.7.3. */
import { deepEqual, equal } from 'node:assert/strict';
import { describe, test } from 'node:test';
import { etcdErrors, fromByteString, type EtcdErrorName } from '@concord/protocol';
import type { AuthChange } from './administration.ts';
import { AuthWorld, READ, READ_WRITE, WRITE, permissionsOf } from './auth.fixture.ts';

const noHash = new Uint8Array(0);

/** Users root and alice, roles root (granted to root) and writer. */
function populated(): AuthWorld {
  const world = new AuthWorld();
  world.addRole('root');
  world.addRole('writer', [WRITE, 'a', 'b']);
  world.addUser('root', 'root');
  world.addUser('alice');
  return world;
}

const key = fromByteString('a');
const refused: readonly [claim: string, AuthChange, EtcdErrorName][] = [
  [
    'a user needs a name',
    { kind: 'user-add', request: { name: '', passwordHash: noHash, noPassword: true } },
    'ErrUserEmpty',
  ],
  [
    'a user is added once',
    { kind: 'user-add', request: { name: 'alice', passwordHash: noHash, noPassword: true } },
    'ErrUserAlreadyExist',
  ],
  [
    'who is not there is not deleted',
    { kind: 'user-delete', request: { name: 'bob' } },
    'ErrUserNotFound',
  ],
  [
    'who is not there gets no password',
    { kind: 'user-change-password', request: { name: 'bob', passwordHash: noHash } },
    'ErrUserNotFound',
  ],
  [
    'who is not there gets no role',
    { kind: 'user-grant-role', request: { user: 'bob', role: 'none' } },
    'ErrUserNotFound',
  ],
  [
    'a role that is not there is not granted',
    { kind: 'user-grant-role', request: { user: 'alice', role: 'none' } },
    'ErrRoleNotFound',
  ],
  [
    'a role that is not held is not revoked',
    { kind: 'user-revoke-role', request: { name: 'alice', role: 'writer' } },
    'ErrRoleNotGranted',
  ],
  ['a role needs a name', { kind: 'role-add', request: { name: '' } }, 'ErrRoleEmpty'],
  [
    'a role is added once',
    { kind: 'role-add', request: { name: 'writer' } },
    'ErrRoleAlreadyExist',
  ],
  [
    'a role that is not there is not deleted',
    { kind: 'role-delete', request: { role: 'none' } },
    'ErrRoleNotFound',
  ],
  [
    'a permission must be given',
    { kind: 'role-grant-permission', request: { name: 'writer', perm: undefined } },
    'ErrPermissionNotGiven',
  ],
  [
    'a permission needs a key',
    {
      kind: 'role-grant-permission',
      request: {
        name: 'writer',
        perm: { permType: 0, key: noHash, rangeEnd: fromByteString('\0') },
      },
    },
    'ErrInvalidAuthMgmt',
  ],
  [
    'a permission needs a range that has keys',
    {
      kind: 'role-grant-permission',
      request: { name: 'writer', perm: { permType: 0, key, rangeEnd: key } },
    },
    'ErrInvalidAuthMgmt',
  ],
  [
    'a role that is not there is given no permission',
    {
      kind: 'role-grant-permission',
      request: { name: 'none', perm: { permType: 0, key, rangeEnd: noHash } },
    },
    'ErrRoleNotFound',
  ],
  [
    'a permission is revoked by its exact range',
    { kind: 'role-revoke-permission', request: { role: 'writer', key, rangeEnd: noHash } },
    'ErrPermissionNotGranted',
  ],
];

describe('what is refused, and leaves no trace', () => {
  for (const [claim, change, error] of refused) {
    test(claim, () => {
      const world = populated();
      const { revision } = world.book;
      const written = world.written.length;
      equal(world.do(change.kind, change.request as never), etcdErrors[error]);
      equal(world.book.revision, revision);
      equal(world.written.length, written);
    });
  }
});

describe('turning authentication on and off', () => {
  test('it needs a user root', () => {
    equal(new AuthWorld().do('auth-enable', {}), etcdErrors.ErrRootUserNotExist);
  });

  test('it needs that user to have the role root, which need not exist', () => {
    const world = new AuthWorld();
    world.addUser('root');
    equal(world.do('auth-enable', {}), etcdErrors.ErrRootRoleNotExist);
    equal(world.do('user-grant-role', { user: 'root', role: 'root' }), undefined);
    equal(world.do('auth-enable', {}), undefined);
    equal(world.book.isEnabled, true);
  });

  test('on makes no revision, off makes one, and neither does when it is so already', () => {
    const world = populated();
    const { revision } = world.book;
    for (const [kind, expected] of [
      ['auth-enable', revision],
      ['auth-enable', revision],
      ['auth-disable', revision + 1],
      ['auth-disable', revision + 1],
    ] as const) {
      equal(world.do(kind, {}), undefined);
      equal(world.book.revision, expected);
    }
  });

  test('while it is on, nothing of root is taken away', () => {
    const world = populated();
    world.enable();
    const error = etcdErrors.ErrInvalidAuthMgmt;
    equal(world.do('user-delete', { name: 'root' }), error);
    equal(world.do('role-delete', { role: 'root' }), error);
    equal(world.do('user-revoke-role', { name: 'root', role: 'root' }), error);
    world.do('auth-disable', {});
    equal(world.do('user-revoke-role', { name: 'root', role: 'root' }), undefined);
    equal(world.do('role-delete', { role: 'root' }), undefined);
    equal(world.do('user-delete', { name: 'root' }), undefined);
  });
});

describe('users and roles', () => {
  test('a role that is granted twice makes one revision', () => {
    const world = populated();
    const { revision } = world.book;
    world.do('user-grant-role', { user: 'alice', role: 'writer' });
    world.do('user-grant-role', { user: 'alice', role: 'writer' });
    equal(world.book.revision, revision + 1);
    deepEqual(world.book.user('alice')?.roles, ['writer']);
  });

  test('roles of a user, names of users and of roles ascend by their bytes', () => {
    const world = new AuthWorld();
    for (const role of ['b', 'ä', 'a', '\u{10000}', '\uffff']) world.addRole(role);
    world.addUser('x', '\u{10000}', 'b', '\uffff', 'a', 'ä');
    world.addUser('B');
    const ascending = ['a', 'b', 'ä', '\uffff', '\u{10000}'];
    deepEqual(world.book.user('x')?.roles, ascending);
    deepEqual(world.book.roleNames(), ascending);
    deepEqual(world.book.userNames(), ['B', 'x']);
  });

  test('a role that is deleted is taken from everybody, in one revision', () => {
    const world = populated();
    world.addUser('bob', 'writer', 'root');
    world.do('user-grant-role', { user: 'alice', role: 'writer' });
    const { revision } = world.book;
    world.do('role-delete', { role: 'writer' });
    equal(world.book.revision, revision + 1);
    deepEqual(world.book.user('alice')?.roles, []);
    deepEqual(world.book.user('bob')?.roles, ['root']);
  });

  test('credentials count from the revision on in which they were set', () => {
    const world = populated();
    world.addUser('bob');
    const added = world.book.revision;
    world.do('user-grant-role', { user: 'bob', role: 'writer' });
    equal(world.book.user('bob')?.credentialsRevision, added);
    world.do('user-change-password', { name: 'bob', passwordHash: fromByteString('other') });
    equal(world.book.user('bob')?.credentialsRevision, world.book.revision);
  });

  test('a user without a password gets none', () => {
    const world = populated();
    world.do('user-add', { name: 'cert', passwordHash: noHash, noPassword: true });
    equal(world.do('user-change-password', { name: 'cert', passwordHash: key }), undefined);
    equal(world.book.user('cert')?.passwordHash.length, 0);
  });
});

describe('permissions', () => {
  test('ascend by key, those of one key in the order in which they came', () => {
    const world = populated();
    world.addRole('r', [1, 'm', 'n'], [1, 'm'], [1, 'm', 'p'], [1, 'm', 'n'], [1, 'l']);
    deepEqual(permissionsOf(world.book, 'r'), ['l.. 1', 'm..n 1', 'm.. 1', 'm..p 1']);
  });

  test('of one range there is one, of the last type', () => {
    const world = populated();
    world.addRole('r', [READ, 'a', 'b'], [WRITE, 'b'], [READ_WRITE, 'a', 'b']);
    deepEqual(permissionsOf(world.book, 'r'), ['a..b 2', 'b.. 1']);
  });

  test('may be for all keys from one on', () => {
    const world = populated();
    equal(world.grant('writer', READ, 'x', '\0'), undefined);
    equal(world.grant('writer', READ, '\0', '\0'), undefined);
  });
});

test('a member that starts from the rows finds the same', () => {
  const world = populated();
  world.addUser('ü\udc80', 'writer');
  world.do('user-delete', { name: 'alice' });
  world.do('role-add', { name: 'gone' });
  world.do('role-delete', { role: 'gone' });
  world.enable();
  const book = world.reopened();
  equal(book.isEnabled, true);
  equal(book.revision, world.book.revision);
  deepEqual(book.userNames(), world.book.userNames());
  for (const name of book.userNames()) deepEqual(book.user(name), world.book.user(name));
  deepEqual(book.roleNames(), ['root', 'writer']);
  deepEqual(permissionsOf(book, 'writer'), permissionsOf(world.book, 'writer'));
});
