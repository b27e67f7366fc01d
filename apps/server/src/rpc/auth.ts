/**
 * `etcdserverpb.Auth`: users, roles, and tokens for passwords. A password becomes a hash here, before anything is
 * proposed: neither the log nor another member ever sees one.
 */
import {
  Auth,
  AuthRoleGetRequest,
  AuthRoleGetResponse,
  AuthRoleListRequest,
  AuthRoleListResponse,
  AuthStatusRequest,
  AuthStatusResponse,
  AuthUserAddRequest,
  AuthUserChangePasswordRequest,
  AuthUserGetRequest,
  AuthUserGetResponse,
  AuthUserListRequest,
  AuthUserListResponse,
  AuthenticateRequest,
  AuthenticateResponse,
  etcdErrors,
  type EtcdErrorRow,
  type Writer,
} from '@concord/protocol';
import {
  decodeRequest,
  encodeCommand,
  payloadOf,
  rootPermission,
  type AskedBy,
  type Command,
  type CommandKind,
  type Replica,
  type Settle,
} from '@concord/kv';
import type { LoginDesk } from '../auth/login-desk.ts';
import type { MethodRegistry, Reply, UnaryHandler } from './method.ts';

const ROOT = 'root';

export class AuthService {
  readonly #replica: Replica;
  readonly #desk: LoginDesk;

  constructor(replica: Replica, desk: LoginDesk) {
    this.#replica = replica;
    this.#desk = desk;
  }

  register(registry: MethodRegistry): void {
    const { methods } = Auth;
    registry.unary(Auth, methods.authEnable, this.#change('auth-enable'));
    registry.unary(Auth, methods.authDisable, this.#change('auth-disable'));
    registry.unary(Auth, methods.authStatus, this.#status);
    registry.unary(Auth, methods.authenticate, this.#authenticate);
    registry.unary(Auth, methods.userAdd, this.#addUser);
    registry.unary(Auth, methods.userGet, this.#getUser);
    registry.unary(Auth, methods.userList, this.#listUsers);
    registry.unary(Auth, methods.userDelete, this.#change('user-delete'));
    registry.unary(Auth, methods.userChangePassword, this.#changePassword);
    registry.unary(Auth, methods.userGrantRole, this.#change('user-grant-role'));
    registry.unary(Auth, methods.userRevokeRole, this.#change('user-revoke-role'));
    registry.unary(Auth, methods.roleAdd, this.#change('role-add'));
    registry.unary(Auth, methods.roleGet, this.#getRole);
    registry.unary(Auth, methods.roleList, this.#listRoles);
    registry.unary(Auth, methods.roleDelete, this.#change('role-delete'));
    registry.unary(Auth, methods.roleGrantPermission, this.#change('role-grant-permission'));
    registry.unary(Auth, methods.roleRevokePermission, this.#change('role-revoke-permission'));
  }

  readonly #authenticate: UnaryHandler = (bytes, reply) => {
    const { name, password } = AuthenticateRequest.decode(bytes);
    const check = (): void =>
      this.#desk.logIn({ user: name, password, peer: reply.peer }, (outcome) => {
        if ('code' in outcome) return reply.fail(outcome);
        const { token } = outcome;
        this.#answer(reply, (writer) =>
          AuthenticateResponse.encode(AuthenticateResponse.create({ token }), writer),
        );
      });
    this.#replica.read(check, (error) => reply.fail(error));
  };

  readonly #addUser: UnaryHandler = (bytes, reply) => {
    const { name, password, options } = AuthUserAddRequest.decode(bytes);
    const noPassword = options?.noPassword ?? false;
    const add = (passwordHash: Uint8Array): void =>
      this.#proposeCommand(
        { kind: 'user-add', request: { name, passwordHash, noPassword } },
        reply,
      );
    this.#administer(reply, () => {
      if (noPassword) add(new Uint8Array(0));
      else this.#hash(password, reply, add);
    });
  };

  readonly #changePassword: UnaryHandler = (bytes, reply) => {
    const { name, password } = AuthUserChangePasswordRequest.decode(bytes);
    const change = (passwordHash: Uint8Array): void =>
      this.#proposeCommand(
        { kind: 'user-change-password', request: { name, passwordHash } },
        reply,
      );
    this.#administer(reply, () => {
      // No password fits no hash: as in etcd, this is how a user is kept out for good.
      if (password === '') change(new Uint8Array(0));
      else this.#hash(password, reply, change);
    });
  };

  readonly #status: UnaryHandler = (bytes, reply) => {
    AuthStatusRequest.decode(bytes);
    this.#read(
      reply,
      () => undefined,
      (writer) => {
        const { isEnabled: enabled, revision: authRevision } = this.#replica.machine.auth;
        AuthStatusResponse.encode(AuthStatusResponse.create({ enabled, authRevision }), writer);
      },
    );
  };

  readonly #getUser: UnaryHandler = (bytes, reply) => {
    const { name } = AuthUserGetRequest.decode(bytes);
    const { machine } = this.#replica;
    this.#read(
      reply,
      (askedBy) =>
        machine.auth.access.refuseUser(askedBy, name) ??
        (machine.auth.book.user(name) === undefined ? etcdErrors.ErrUserNotFound : undefined),
      (writer) => {
        const roles = [...(machine.auth.book.user(name)?.roles ?? [])];
        AuthUserGetResponse.encode(AuthUserGetResponse.create({ roles }), writer);
      },
    );
  };

  readonly #listUsers: UnaryHandler = (bytes, reply) => {
    AuthUserListRequest.decode(bytes);
    const { machine } = this.#replica;
    this.#read(
      reply,
      (askedBy) => machine.auth.access.refuseAdministration(askedBy),
      (writer) => {
        const users = machine.auth.book.userNames();
        AuthUserListResponse.encode(AuthUserListResponse.create({ users }), writer);
      },
    );
  };

  readonly #getRole: UnaryHandler = (bytes, reply) => {
    const { role } = AuthRoleGetRequest.decode(bytes);
    const { machine } = this.#replica;
    this.#read(
      reply,
      (askedBy) =>
        machine.auth.access.refuseRole(askedBy, role) ??
        (machine.auth.book.role(role) === undefined ? etcdErrors.ErrRoleNotFound : undefined),
      (writer) => {
        const perm = role === ROOT ? [rootPermission] : [...(machine.auth.book.role(role) ?? [])];
        AuthRoleGetResponse.encode(AuthRoleGetResponse.create({ perm }), writer);
      },
    );
  };

  readonly #listRoles: UnaryHandler = (bytes, reply) => {
    AuthRoleListRequest.decode(bytes);
    const { machine } = this.#replica;
    this.#read(
      reply,
      (askedBy) => machine.auth.access.refuseAdministration(askedBy),
      (writer) => {
        const roles = machine.auth.book.roleNames();
        AuthRoleListResponse.encode(AuthRoleListResponse.create({ roles }), writer);
      },
    );
  };

  /** A change whose request goes into the log as it came. */
  #change(kind: CommandKind): UnaryHandler {
    return (bytes, reply) => {
      const payload = payloadOf(kind, bytes);
      this.#propose({ kind, request: decodeRequest(kind, payload) } as Command, payload, reply);
    };
  }

  #proposeCommand(command: Command, reply: Reply): void {
    this.#propose(command, encodeCommand(command), reply);
  }

  #propose(command: Command, payload: Uint8Array, reply: Reply): void {
    const { refusal, askedBy } = reply.caller;
    if (refusal !== undefined) return reply.fail(refusal);
    const settle: Settle = (outcome) => {
      if ('code' in outcome) reply.fail(outcome);
      else this.#answer(reply);
    };
    this.#replica.propose(command, payload, settle, askedBy);
  }

  /** Nobody but who may use the hash makes this member work for it. */
  #administer(reply: Reply, run: () => void): void {
    const check = (): void => {
      const { refusal, askedBy } = reply.caller;
      const refused = refusal ?? this.#replica.machine.auth.access.refuseAdministration(askedBy);
      if (refused === undefined) run();
      else reply.fail(refused);
    };
    this.#replica.read(check, (error) => reply.fail(error));
  }

  #hash(password: string, reply: Reply, hashed: (hash: Uint8Array) => void): void {
    this.#desk.hash(password, (outcome) => {
      if (outcome instanceof Uint8Array) hashed(outcome);
      else reply.fail(outcome);
    });
  }

  /** Answered from this member's state, once it is new enough. */
  #read(
    reply: Reply,
    refuse: (askedBy: AskedBy) => EtcdErrorRow | undefined,
    write: (writer: Writer) => void,
  ): void {
    const run = (): void => {
      const { refusal, askedBy } = reply.caller;
      const refused = refusal ?? refuse(askedBy);
      if (refused === undefined) this.#answer(reply, write);
      else reply.fail(refused);
    };
    this.#replica.read(run, (error) => reply.fail(error));
  }

  #answer(reply: Reply, write: (writer: Writer) => void = () => undefined): void {
    reply.ok((writer) => {
      this.#replica.header.write(writer, this.#replica.machine.revision);
      write(writer);
    });
  }
}
