/**
 * Changes of users, roles and of whether authentication is on, each decided against the state that it meets, with
 * etcd's rules and errors. A change that is refused leaves no trace.
 */
import {
  etcdErrors,
  fromByteString,
  toByteString,
  type EtcdErrorRow,
  type Permission,
} from '@concord/protocol';
import type { Command } from '../command.ts';
import type { AuthBook } from './auth-book.ts';
import { nameKey } from './name-row.ts';
import { ROOT, hasRootRole, type User } from './user.ts';

/** Commands that change the auth state. */
export type AuthChange = Extract<
  Command,
  {
    kind:
      | 'auth-enable'
      | 'auth-disable'
      | 'user-add'
      | 'user-delete'
      | 'user-change-password'
      | 'user-grant-role'
      | 'user-revoke-role'
      | 'role-add'
      | 'role-delete'
      | 'role-grant-permission'
      | 'role-revoke-permission';
  }
>;

type RequestOf<Kind extends AuthChange['kind']> = Extract<AuthChange, { kind: Kind }>['request'];

/** Answers why a change is refused; undefined once it is made. */
export function administer(book: AuthBook, change: AuthChange): EtcdErrorRow | undefined {
  switch (change.kind) {
    case 'auth-enable':
      return enable(book);
    case 'auth-disable':
      disable(book);
      return undefined;
    case 'user-add':
      return addUser(book, change.request);
    case 'user-delete':
      return deleteUser(book, change.request);
    case 'user-change-password':
      return changePassword(book, change.request);
    case 'user-grant-role':
      return grantRole(book, change.request);
    case 'user-revoke-role':
      return revokeRole(book, change.request);
    case 'role-add':
      return addRole(book, change.request);
    case 'role-delete':
      return deleteRole(book, change.request);
    case 'role-grant-permission':
      return grantPermission(book, change.request);
    case 'role-revoke-permission':
      return revokePermission(book, change.request);
  }
}

/** Turning on what is on changes nothing, as etcd has it; nor does it make a revision. */
function enable(book: AuthBook): EtcdErrorRow | undefined {
  if (book.isEnabled) return undefined;
  const root = book.user(ROOT);
  if (root === undefined) return etcdErrors.ErrRootUserNotExist;
  if (!hasRootRole(root)) return etcdErrors.ErrRootRoleNotExist;
  book.setEnabled(true);
  return undefined;
}

function disable(book: AuthBook): void {
  if (!book.isEnabled) return;
  book.advance();
  book.setEnabled(false);
}

function addUser(
  book: AuthBook,
  { name, passwordHash, noPassword }: RequestOf<'user-add'>,
): EtcdErrorRow | undefined {
  if (name === '') return etcdErrors.ErrUserEmpty;
  if (book.user(name) !== undefined) return etcdErrors.ErrUserAlreadyExist;
  book.advance();
  const credentialsRevision = book.revision;
  book.putUser({
    name,
    // The message's bytes are a view into the log entry.
    passwordHash: passwordHash.slice(),
    noPassword,
    roles: [],
    credentialsRevision,
  });
  return undefined;
}

function deleteUser(book: AuthBook, { name }: RequestOf<'user-delete'>): EtcdErrorRow | undefined {
  if (book.isEnabled && name === ROOT) return etcdErrors.ErrInvalidAuthMgmt;
  if (book.user(name) === undefined) return etcdErrors.ErrUserNotFound;
  book.advance();
  book.deleteUser(name);
  return undefined;
}

/** A user without a password gets none: the change counts, and nothing else happens, as in etcd. */
function changePassword(
  book: AuthBook,
  { name, passwordHash }: RequestOf<'user-change-password'>,
): EtcdErrorRow | undefined {
  const user = book.user(name);
  if (user === undefined) return etcdErrors.ErrUserNotFound;
  book.advance();
  book.putUser({
    ...user,
    passwordHash: user.noPassword ? new Uint8Array(0) : passwordHash.slice(),
    credentialsRevision: book.revision,
  });
  return undefined;
}

/** The role root need not exist. */
function grantRole(
  book: AuthBook,
  { user: name, role }: RequestOf<'user-grant-role'>,
): EtcdErrorRow | undefined {
  const user = book.user(name);
  if (user === undefined) return etcdErrors.ErrUserNotFound;
  if (role !== ROOT && book.role(role) === undefined) return etcdErrors.ErrRoleNotFound;
  if (user.roles.includes(role)) return undefined;
  book.advance();
  const roles = [...user.roles, role].sort((a, b) => (nameKey(a) < nameKey(b) ? -1 : 1));
  book.putUser({ ...user, roles });
  return undefined;
}

function revokeRole(
  book: AuthBook,
  { name, role }: RequestOf<'user-revoke-role'>,
): EtcdErrorRow | undefined {
  if (book.isEnabled && name === ROOT && role === ROOT) return etcdErrors.ErrInvalidAuthMgmt;
  const user = book.user(name);
  if (user === undefined) return etcdErrors.ErrUserNotFound;
  if (!user.roles.includes(role)) return etcdErrors.ErrRoleNotGranted;
  book.advance();
  book.putUser(withoutRole(user, role));
  return undefined;
}

const withoutRole = (user: User, role: string): User => ({
  ...user,
  roles: user.roles.filter((granted) => granted !== role),
});

function addRole(book: AuthBook, { name }: RequestOf<'role-add'>): EtcdErrorRow | undefined {
  if (name === '') return etcdErrors.ErrRoleEmpty;
  if (book.role(name) !== undefined) return etcdErrors.ErrRoleAlreadyExist;
  book.advance();
  book.putRole(name, []);
  return undefined;
}

/** Its users lose it in the same entry. */
function deleteRole(book: AuthBook, { role }: RequestOf<'role-delete'>): EtcdErrorRow | undefined {
  if (book.isEnabled && role === ROOT) return etcdErrors.ErrInvalidAuthMgmt;
  if (book.role(role) === undefined) return etcdErrors.ErrRoleNotFound;
  book.advance();
  book.deleteRole(role);
  const holders = [...book.users()].filter(({ roles }) => roles.includes(role));
  for (const user of holders) book.putUser(withoutRole(user, role));
  return undefined;
}

function grantPermission(
  book: AuthBook,
  { name, perm }: RequestOf<'role-grant-permission'>,
): EtcdErrorRow | undefined {
  if (perm === undefined) return etcdErrors.ErrPermissionNotGiven;
  if (!isRange(perm)) return etcdErrors.ErrInvalidAuthMgmt;
  const held = book.role(name);
  if (held === undefined) return etcdErrors.ErrRoleNotFound;
  const granted = {
    permType: perm.permType,
    key: perm.key.slice(),
    rangeEnd: perm.rangeEnd.slice(),
  };
  book.advance();
  const at = held.findIndex((other) => isSameRange(other, perm));
  book.putRole(name, at < 0 ? inserted(held, granted) : held.with(at, granted));
  return undefined;
}

/** Behind those of the same key, as etcd's stable order has it. */
function inserted(held: readonly Permission[], granted: Permission): Permission[] {
  const key = toByteString(granted.key);
  const at = held.findIndex((other) => toByteString(other.key) > key);
  return held.toSpliced(at < 0 ? held.length : at, 0, granted);
}

function revokePermission(
  book: AuthBook,
  request: RequestOf<'role-revoke-permission'>,
): EtcdErrorRow | undefined {
  const held = book.role(request.role);
  if (held === undefined) return etcdErrors.ErrRoleNotFound;
  const kept = held.filter((other) => !isSameRange(other, request));
  if (kept.length === held.length) return etcdErrors.ErrPermissionNotGranted;
  book.advance();
  book.putRole(request.role, kept);
  return undefined;
}

type Range = Pick<Permission, 'key' | 'rangeEnd'>;

/** A key, or a range that has keys: an empty key begins none. */
function isRange({ key, rangeEnd }: Range): boolean {
  if (key.length === 0) return false;
  if (rangeEnd.length === 0) return true;
  const isEndless = rangeEnd.length === 1 && rangeEnd[0] === 0;
  return isEndless || toByteString(rangeEnd) > toByteString(key);
}

const isSameRange = (a: Range, b: Range): boolean =>
  toByteString(a.key) === toByteString(b.key) &&
  toByteString(a.rangeEnd) === toByteString(b.rangeEnd);

/** What `RoleGet` answers for the role root: everything. */
export const rootPermission: Permission = Object.freeze({
  permType: 2,
  key: new Uint8Array(0),
  rangeEnd: fromByteString('\0'),
});
