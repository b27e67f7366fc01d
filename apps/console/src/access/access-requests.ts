/** Users, roles and API tokens as the gateway tells and takes them. */
import { queryOptions } from '@tanstack/react-query';
import { pathWith, readDocument, writeDocument, type Answer } from '../api/documents.ts';
import type { WrittenRange } from './permission-range.ts';

export type UserList = Answer<'listUsers'>;
export type User = UserList['items'][number];
export type RoleList = Answer<'listRoles'>;
export type Role = RoleList['items'][number];
export type Permission = Role['permissions'][number];
export type Access = Permission['access'];
export type TokenList = Answer<'listTokens'>;
export type Token = TokenList['items'][number];
export type CreatedToken = Answer<'createToken'>;
export type TokenScope = Token['scope'];

/** More users than that are rather found by their name. */
const LISTED_MAX = 1_000;

export const userList = () =>
  queryOptions({
    queryKey: ['access', 'users'],
    queryFn: ({ signal }) => readDocument<UserList>('v1/users', { limit: LISTED_MAX }, signal),
  });

export const roleList = () =>
  queryOptions({
    queryKey: ['access', 'roles'],
    queryFn: ({ signal }) => readDocument<RoleList>('v1/roles', { limit: LISTED_MAX }, signal),
  });

export const tokenList = () =>
  queryOptions({
    queryKey: ['access', 'tokens'],
    queryFn: ({ signal }) => readDocument<TokenList>('v1/tokens', {}, signal),
  });

const userPath = (user: string): string => `v1/users/${encodeURIComponent(user)}`;
const rolePath = (role: string): string => `v1/roles/${encodeURIComponent(role)}`;

export const createUser = (
  name: string,
  password: string,
  roles: readonly string[],
): Promise<unknown> =>
  writeDocument('POST', 'v1/users', { name, ...(password !== '' && { password }), roles });

export const deleteUser = (user: string): Promise<unknown> =>
  writeDocument('DELETE', userPath(user));

export const changePassword = (user: string, password: string): Promise<unknown> =>
  writeDocument('PUT', `${userPath(user)}/password`, { password });

/** Gives and takes roles until the user has exactly `wanted`. */
export async function setRoles(user: User, wanted: readonly string[]): Promise<void> {
  for (const role of wanted.filter((one) => !user.roles.includes(one))) {
    await writeDocument('PUT', `${userPath(user.name)}/roles/${encodeURIComponent(role)}`);
  }
  for (const role of user.roles.filter((one) => !wanted.includes(one))) {
    await writeDocument('DELETE', `${userPath(user.name)}/roles/${encodeURIComponent(role)}`);
  }
}

export const createRole = (name: string): Promise<unknown> =>
  writeDocument('POST', 'v1/roles', { name });

export const deleteRole = (role: string): Promise<unknown> =>
  writeDocument('DELETE', rolePath(role));

export const grant = (role: string, access: Access, range: WrittenRange): Promise<unknown> =>
  writeDocument('PUT', `${rolePath(role)}/permissions`, { access, ...range });

export function revokePermission(
  role: string,
  { key, rangeEnd, prefix }: WrittenRange,
): Promise<unknown> {
  // An empty prefix means all keys: `pathWith` would leave it out.
  const path = `${rolePath(role)}/permissions`;
  if (prefix === '') return writeDocument('DELETE', `${path}?prefix=`);
  return writeDocument('DELETE', pathWith(path, { key, rangeEnd, prefix }));
}

export const createToken = (
  label: string,
  scope: TokenScope,
  expiresInDays: number,
): Promise<CreatedToken> => writeDocument('POST', 'v1/tokens', { label, scope, expiresInDays });

export const revokeToken = (id: string): Promise<unknown> =>
  writeDocument('DELETE', `v1/tokens/${id}`);
