/** Users, roles and what they may do. */
import { Auth as AuthService, Permission_Type, type MethodDescriptor } from '@concord/protocol';
import { keyText } from '../key-text.ts';
import type { KeyRange, KeySpace } from '../kv/key-space.ts';
import { callOptionNames, checkNames, invalid, show, type CallOptions } from '../options.ts';
import type { Caller } from '../transport/caller.ts';

/** What a permission allows. */
export type Access = 'read' | 'write' | 'readwrite';

/** What a role may do with which keys. */
export interface Permission {
  readonly access: Access;
  readonly range: KeyRange;
}

/** A permission as the cluster tells it: keys without the client's namespace, `to` undefined for a single key. */
export interface GrantedPermission {
  readonly access: Access;
  readonly from: string;
  /** Exclusive; undefined: the key `from` alone; `'\0'`: no end. */
  readonly to: string | undefined;
}

const accesses = {
  read: Permission_Type.READ,
  write: Permission_Type.WRITE,
  readwrite: Permission_Type.READWRITE,
} as const;

const methods = AuthService.methods;

/** Users, roles and permissions. Made by {@link Client.auth}; most of it is for `root` alone. */
export class Auth {
  readonly #caller: Caller;
  readonly #space: KeySpace;

  constructor(caller: Caller, space: KeySpace) {
    this.#caller = caller;
    this.#space = space;
  }

  /** Whether authentication is on. Etcd tells from 3.5 on. */
  async status(options: CallOptions = {}): Promise<{ enabled: boolean; authRevision: number }> {
    const answer = await this.#call('auth.status', methods.authStatus, {}, 'read', options);
    return { enabled: answer.enabled, authRevision: answer.authRevision };
  }

  /**
   * Whether the cluster knows `name` by `password`: a token that calls may carry. To sign in for good, give
   * `credentials` to `Client.connect`; this is for who checks a password for somebody else.
   *
   * @throws ConcordError `UNAUTHENTICATED` for an unknown user and for a wrong password alike, `CONFLICT` where
   * authentication is off
   */
  async authenticate(name: string, password: string, options: CallOptions = {}): Promise<string> {
    const request = { name: checkName(name, 'user', 'auth.authenticate'), password };
    const { authenticate } = methods;
    const answer = await this.#call('auth.authenticate', authenticate, request, 'read', options);
    return answer.token;
  }

  /** Turns authentication on; there must be a user `root` with the role `root`. */
  async enable(options: CallOptions = {}): Promise<void> {
    await this.#call('auth.enable', methods.authEnable, {}, 'write', options);
  }

  /** Turns authentication off. */
  async disable(options: CallOptions = {}): Promise<void> {
    await this.#call('auth.disable', methods.authDisable, {}, 'write', options);
  }

  /** Adds a user; without a password it can come by certificate alone. */
  async addUser(name: string, password?: string, options: CallOptions = {}): Promise<void> {
    const fields = { name: checkName(name, 'user', 'auth.addUser'), password: password ?? '' };
    const noPassword = password === undefined;
    const request = { ...fields, options: { noPassword } };
    await this.#call('auth.addUser', methods.userAdd, request, 'write', options, name);
  }

  /** The roles of a user. */
  async user(name: string, options: CallOptions = {}): Promise<{ roles: readonly string[] }> {
    const request = { name: checkName(name, 'user', 'auth.user') };
    const { roles } = await this.#call(
      'auth.user',
      methods.userGet,
      request,
      'read',
      options,
      name,
    );
    return { roles };
  }

  /** The names of all users. */
  async users(options: CallOptions = {}): Promise<readonly string[]> {
    return (await this.#call('auth.users', methods.userList, {}, 'read', options)).users;
  }

  /** Deletes a user; its tokens are worth nothing from then on. */
  async deleteUser(name: string, options: CallOptions = {}): Promise<void> {
    const request = { name: checkName(name, 'user', 'auth.deleteUser') };
    await this.#call('auth.deleteUser', methods.userDelete, request, 'write', options, name);
  }

  /** Gives a user another password. */
  async changePassword(name: string, password: string, options: CallOptions = {}): Promise<void> {
    const request = { name: checkName(name, 'user', 'auth.changePassword'), password };
    // The same twice is the same once.
    const { userChangePassword } = methods;
    await this.#call('auth.changePassword', userChangePassword, request, 'read', options, name);
  }

  /** Gives a user a role. */
  async grantRole(user: string, role: string, options: CallOptions = {}): Promise<void> {
    checkName(user, 'user', 'auth.grantRole');
    checkName(role, 'role', 'auth.grantRole');
    const request = { user, role };
    await this.#call('auth.grantRole', methods.userGrantRole, request, 'write', options, user);
  }

  /** Takes a role from a user. */
  async revokeRole(user: string, role: string, options: CallOptions = {}): Promise<void> {
    checkName(user, 'user', 'auth.revokeRole');
    checkName(role, 'role', 'auth.revokeRole');
    const request = { name: user, role };
    await this.#call('auth.revokeRole', methods.userRevokeRole, request, 'write', options, user);
  }

  /** Adds a role, which may do nothing yet. */
  async addRole(name: string, options: CallOptions = {}): Promise<void> {
    const request = { name: checkName(name, 'role', 'auth.addRole') };
    await this.#call('auth.addRole', methods.roleAdd, request, 'write', options, name);
  }

  /** What a role may do; only permissions within the client's namespace. */
  async role(
    name: string,
    options: CallOptions = {},
  ): Promise<{ permissions: readonly GrantedPermission[] }> {
    const request = { role: checkName(name, 'role', 'auth.role') };
    const { perm } = await this.#call('auth.role', methods.roleGet, request, 'read', options, name);
    const within = perm.filter(({ key }) => this.#space.holds(key));
    return {
      permissions: within.map(({ permType, key, rangeEnd }) => ({
        access: accessOf(permType),
        from: keyText(this.#space.strip(key)),
        to: rangeEnd.length === 0 ? undefined : keyText(this.#stripEnd(rangeEnd)),
      })),
    };
  }

  /** The names of all roles. */
  async roles(options: CallOptions = {}): Promise<readonly string[]> {
    return (await this.#call('auth.roles', methods.roleList, {}, 'read', options)).roles;
  }

  /** Deletes a role, and takes it from all users. */
  async deleteRole(name: string, options: CallOptions = {}): Promise<void> {
    const request = { role: checkName(name, 'role', 'auth.deleteRole') };
    await this.#call('auth.deleteRole', methods.roleDelete, request, 'write', options, name);
  }

  /** Allows a role something. */
  async grantPermission(
    role: string,
    { access, range }: Permission,
    options: CallOptions = {},
  ): Promise<void> {
    const operation = 'auth.grantPermission';
    checkName(role, 'role', operation);
    if (!Object.hasOwn(accesses, access)) {
      throw invalid(operation, `access is ${show(access)}`, 'give "read", "write" or "readwrite"');
    }
    const perm = { permType: accesses[access], ...this.#space.range(range, operation) };
    // Granting twice is granting once.
    const { roleGrantPermission } = methods;
    await this.#call(operation, roleGrantPermission, { name: role, perm }, 'read', options, role);
  }

  /** Takes a permission from a role; `range` as it was granted. */
  async revokePermission(role: string, range: KeyRange, options: CallOptions = {}): Promise<void> {
    const operation = 'auth.revokePermission';
    checkName(role, 'role', operation);
    const request = { role, ...this.#space.range(range, operation) };
    await this.#call(operation, methods.roleRevokePermission, request, 'write', options, role);
  }

  async #call<Request extends object, Response>(
    operation: string,
    method: MethodDescriptor<Request, Response>,
    fields: Partial<Request>,
    effect: 'read' | 'write',
    options: CallOptions,
    subject?: string,
  ): Promise<Response> {
    checkNames(options, callOptionNames, operation);
    const about = { operation, subject, effect };
    return this.#caller.call(method, method.request.create(fields), about, options);
  }

  #stripEnd(end: Uint8Array): Uint8Array {
    const isWithin = this.#space.holds(end) && this.#space.prefix.length > 0;
    return isWithin || this.#space.prefix.length === 0 ? this.#space.strip(end) : Uint8Array.of(0);
  }
}

function checkName(name: string, what: string, operation: string): string {
  if (typeof name === 'string' && name !== '') return name;
  throw invalid(operation, `${what} is ${show(name)}`, 'give a name, a string that is not empty');
}

function accessOf(type: number): Access {
  if (type === Permission_Type.READWRITE) return 'readwrite';
  return type === Permission_Type.WRITE ? 'write' : 'read';
}
