/** Users and roles as an administrator manages them: the cluster's own calls, and what would lock the gateway out. */
import type { Auth, GrantedPermission, KeyRange } from '@concord/client';
import type { z } from 'zod';
import { decodeCursor, encodeCursor } from '../http/page.ts';
import { Problem } from '../http/problem.ts';
import type { ClusterUsers } from './cluster-users.ts';
import { intervalOf } from './key-intervals.ts';
import type { OwnCredential } from './own-credential.ts';
import { ROOT } from './rights.ts';
import type { Sessions } from './sessions.ts';
import { namePath, type listQuery, type permissionSchema } from './user-schemas.ts';

/** Etcd tells of one user or role at a time: so many are asked for at once. */
const CALLS_AT_ONCE = 16;

interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor?: string;
}
type Query = z.output<typeof listQuery>;
type PermissionDocument = z.output<typeof permissionSchema>;

export class UserDirectory {
  readonly #auth: Auth;
  readonly #own: OwnCredential;
  readonly #sessions: Sessions;
  readonly #users: ClusterUsers;

  constructor(auth: Auth, own: OwnCredential, sessions: Sessions, users: ClusterUsers) {
    this.#auth = auth;
    this.#own = own;
    this.#sessions = sessions;
    this.#users = users;
  }

  async users(query: Query): Promise<Page<{ name: string; roles: string[] }>> {
    return page(await this.#auth.users(), query, (name) => this.user(name));
  }

  async user(name: string): Promise<{ name: string; roles: string[] }> {
    return { name, roles: [...(await this.#auth.user(name)).roles].sort() };
  }

  async addUser(
    name: string,
    password: string | undefined,
    roles: readonly string[],
  ): Promise<void> {
    const known = new Set([...(await this.#auth.roles()), ROOT]);
    const unknown = roles.findIndex((role) => !known.has(role));
    if (unknown !== -1) {
      const message = `there is no role ${JSON.stringify(roles[unknown])}`;
      const field = `body.roles.${unknown}`;
      throw new Problem('invalid-request', {
        detail: `${field}: ${message}`,
        errors: [{ field, message }],
      });
    }
    await this.#auth.addUser(name, password);
    for (const role of roles) await this.#auth.grantRole(name, role);
    this.#users.invalidate();
  }

  async deleteUser(name: string): Promise<void> {
    this.#assertNotOwn(name, 'deleted');
    await this.#auth.deleteUser(name);
    this.#users.invalidate();
    await this.#sessions.endAllOf(name);
  }

  /** Ends the sessions that the user has. */
  async changePassword(name: string, password: string): Promise<void> {
    this.#assertNotOwn(name, 'given another password');
    await this.#auth.changePassword(name, password);
    this.#users.invalidate();
    await this.#sessions.endAllOf(name);
  }

  async grantRole(user: string, role: string): Promise<void> {
    await this.#auth.grantRole(user, role);
    this.#users.invalidate();
  }

  async revokeRole(user: string, role: string): Promise<void> {
    if (role === ROOT) this.#assertNotOwn(user, 'without the role root');
    await this.#auth.revokeRole(user, role);
    this.#users.invalidate();
  }

  async roles(query: Query): Promise<Page<{ name: string; permissions: PermissionDocument[] }>> {
    return page(await this.#auth.roles(), query, (name) => this.role(name));
  }

  async role(name: string): Promise<{ name: string; permissions: PermissionDocument[] }> {
    const { permissions } = await this.#auth.role(name);
    return { name, permissions: permissions.map(documentOf) };
  }

  async addRole(name: string): Promise<void> {
    await this.#auth.addRole(name);
    this.#users.invalidate();
  }

  async deleteRole(name: string): Promise<void> {
    await this.#auth.deleteRole(name);
    this.#users.invalidate();
  }

  async grantPermission(
    role: string,
    access: PermissionDocument['access'],
    range: KeyRange,
  ): Promise<void> {
    await this.#auth.grantPermission(role, { access, range });
    this.#users.invalidate();
  }

  async revokePermission(role: string, range: KeyRange): Promise<void> {
    await this.#auth.revokePermission(role, range);
    this.#users.invalidate();
  }

  #assertNotOwn(user: string, what: string): void {
    if (this.#own.current()?.username !== user) return;
    throw new Problem('conflict', {
      detail: `${user} is the gateways' own user: were it ${what}, no gateway could reach the cluster any more; use etcdctl together with the gateways' configuration`,
    });
  }
}

/** A range as the API takes it; checked before to be one. */
export function rangeOf({
  key,
  rangeEnd,
  prefix,
}: {
  readonly key?: string | undefined;
  readonly rangeEnd?: string | undefined;
  readonly prefix?: string | undefined;
}): KeyRange {
  if (prefix !== undefined) return { prefix };
  if (rangeEnd === undefined || rangeEnd === '') return key ?? '';
  return rangeEnd === '\0' ? { from: key ?? '' } : { from: key ?? '', to: rangeEnd };
}

function documentOf({ access, from, to }: GrantedPermission): PermissionDocument {
  if (to === undefined) return { access, key: from };
  const prefix = from === '\0' ? '' : from;
  const range = intervalOf(to === '\0' ? { from } : { from, to });
  const whole = intervalOf({ prefix });
  const isPrefix = whole.to === undefined ? range.to === undefined : range.to?.equals(whole.to);
  return { access, key: from, rangeEnd: to, ...(isPrefix === true && { prefix }) };
}

/** Names in order, and what each stands for. One that goes meanwhile is left out. */
async function page<Item>(
  names: readonly string[],
  { limit, cursor, search }: Query,
  load: (name: string) => Promise<Item>,
): Promise<Page<Item>> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor, namePath);
  const wanted = names
    .filter((name) => after === undefined || name > after)
    .filter((name) => search === undefined || name.includes(search))
    .sort((a, b) => (a < b ? -1 : 1));
  const shown = wanted.slice(0, limit);
  const items: Item[] = [];
  for (let at = 0; at < shown.length; at += CALLS_AT_ONCE) {
    const loaded = await Promise.allSettled(shown.slice(at, at + CALLS_AT_ONCE).map(load));
    const failed = loaded.find(
      (one) => one.status === 'rejected' && (one.reason as { code?: string }).code !== 'NOT_FOUND',
    );
    if (failed?.status === 'rejected') throw failed.reason;
    items.push(...loaded.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])));
  }
  const last = shown.at(-1);
  return {
    items,
    ...(last !== undefined && wanted.length > limit && { nextCursor: encodeCursor(last) }),
  };
}
