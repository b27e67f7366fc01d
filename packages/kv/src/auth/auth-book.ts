/**
 * The replicated state of authentication: whether it is on, who the users are, what the roles allow. It changes by log
 * entries alone; each change makes the next auth revision.
 *
 * Invariant: the rows written here are in the batch of the log entry that caused them.
 */
import { Role, encode, type Permission } from '@concord/protocol';
import { readMeta, writeMeta } from '../mvcc/meta.ts';
import type { Rows } from '../rows.ts';
import { nameFromKey, nameKey, nameToBytes } from './name-row.ts';
import { KeyPermissions, decodeUser, encodeUser, type User } from './user.ts';

/** The auth revision of an empty store. */
const FIRST_REVISION = 1;

export class AuthBook {
  readonly #rows: Rows;
  readonly #changed: (row: Uint8Array) => void;
  readonly #users = new Map<string, User>();
  readonly #roles = new Map<string, readonly Permission[]>();
  /** Of users that were asked for since the last change. */
  readonly #permissions = new Map<string, KeyPermissions>();
  #isEnabled: boolean;
  #revision: number;

  /** `changed` hears what is written and deleted, for the hash of the state. */
  constructor(rows: Rows, changed: (row: Uint8Array) => void = () => undefined) {
    this.#rows = rows;
    this.#changed = changed;
    this.#isEnabled = readMeta(rows, 'auth-enabled') === 1;
    this.#revision = readMeta(rows, 'auth-revision') ?? FIRST_REVISION;
    rows.scan('users', { from: '' }, (_key, row) => {
      const user = decodeUser(row);
      this.#users.set(user.name, user);
    });
    rows.scan('roles', { from: '' }, (key, row) => {
      this.#roles.set(nameFromKey(key), Role.decode(row.slice()).keyPermission);
    });
  }

  get isEnabled(): boolean {
    return this.#isEnabled;
  }

  /** Ascends with every change of users and roles, and when authentication is turned off. */
  get revision(): number {
    return this.#revision;
  }

  get userCount(): number {
    return this.#users.size;
  }

  get roleCount(): number {
    return this.#roles.size;
  }

  user(name: string): User | undefined {
    return this.#users.get(name);
  }

  role(name: string): readonly Permission[] | undefined {
    return this.#roles.get(name);
  }

  /** Ascending by their bytes. */
  userNames(): string[] {
    return this.#names('users');
  }

  /** Ascending by their bytes. */
  roleNames(): string[] {
    return this.#names('roles');
  }

  users(): IterableIterator<User> {
    return this.#users.values();
  }

  /** What the roles of a user open, without what the role root does. */
  permissionsOf(user: User): KeyPermissions {
    let permissions = this.#permissions.get(user.name);
    if (permissions === undefined) {
      permissions = new KeyPermissions(user.roles.flatMap((role) => this.role(role) ?? []));
      this.#permissions.set(user.name, permissions);
    }
    return permissions;
  }

  setEnabled(isEnabled: boolean): void {
    this.#isEnabled = isEnabled;
    writeMeta(this.#rows, 'auth-enabled', isEnabled ? 1 : 0);
    this.#changed(Uint8Array.of(isEnabled ? 1 : 0));
  }

  /** Begins a change: what is written behind it belongs to the next revision. */
  advance(): void {
    this.setRevision(this.#revision + 1);
  }

  setRevision(revision: number): void {
    this.#revision = revision;
    this.#permissions.clear();
    writeMeta(this.#rows, 'auth-revision', revision);
  }

  putUser(user: User): void {
    this.#users.set(user.name, user);
    const row = encodeUser(user);
    this.#rows.set('users', nameKey(user.name), row);
    this.#changed(row);
  }

  deleteUser(name: string): void {
    this.#users.delete(name);
    this.#rows.set('users', nameKey(name), null);
    this.#changed(nameToBytes(name));
  }

  /** `permissions` ascend by key. */
  putRole(name: string, permissions: readonly Permission[]): void {
    this.#roles.set(name, permissions);
    const row = encode(Role, Role.create({ keyPermission: [...permissions] }));
    this.#rows.set('roles', nameKey(name), row);
    this.#changed(row);
  }

  deleteRole(name: string): void {
    this.#roles.delete(name);
    this.#rows.set('roles', nameKey(name), null);
    this.#changed(nameToBytes(name));
  }

  #names(table: 'users' | 'roles'): string[] {
    const names: string[] = [];
    this.#rows.scan(table, { from: '' }, (key) => {
      names.push(nameFromKey(key));
    });
    return names;
  }
}
