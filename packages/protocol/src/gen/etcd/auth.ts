/**
 * Users, roles and what a role allows. `Permission` and `UserAddOptions` cross the client API;
 * `User` and `Role` are records of the store.
 *
 * Generated from proto/etcd/auth.proto: edit that, not this.
 */
import type { MessageType } from '../../message-type.ts';
import { EMPTY_BYTES, Reader, type FieldNames } from '../../reader.ts';
import type { Writer } from '../../writer.ts';

/** What a permission allows. */
export const Permission_Type = {
  /** Reading. */
  READ: 0,
  /** Writing. */
  WRITE: 1,
  /** Both. */
  READWRITE: 2,
} as const;

/** How a user is created. */
export interface UserAddOptions {
  /** The user can't log in by password: it is known by its client certificate alone. */
  noPassword: boolean;
}

const UserAddOptionsFields: FieldNames = { 1: 'NoPassword' };

export const UserAddOptions: MessageType<UserAddOptions> = {
  name: 'authpb.UserAddOptions',

  create(fields?: Partial<UserAddOptions>): UserAddOptions {
    return {
      noPassword: fields?.noPassword ?? false,
    };
  },

  encode(message: UserAddOptions, writer: Writer): void {
    if (message.noPassword) writer.bool(8, message.noPassword);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): UserAddOptions {
    return UserAddOptions.merge(UserAddOptions.create(), new Reader(bytes, start, end));
  },

  merge(message: UserAddOptions, reader: Reader): UserAddOptions {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.noPassword = reader.bool();
          break;
        default:
          reader.unexpected(at, tag, 'UserAddOptions', UserAddOptionsFields);
      }
    }
    return message;
  },
};

/** A user of the cluster. */
export interface User {
  /** The user's name. */
  name: Uint8Array;
  /** The bcrypt hash of the password; empty for a user without one. */
  password: Uint8Array;
  /** Names of the roles granted, in ascending order. */
  roles: string[];
  /** How the user was created. */
  options: UserAddOptions | undefined;
}

const UserFields: FieldNames = { 1: 'Name', 2: 'Password', 3: 'Roles', 4: 'Options' };

export const User: MessageType<User> = {
  name: 'authpb.User',

  create(fields?: Partial<User>): User {
    return {
      name: fields?.name ?? EMPTY_BYTES,
      password: fields?.password ?? EMPTY_BYTES,
      roles: fields?.roles ?? [],
      options: fields?.options,
    };
  },

  encode(message: User, writer: Writer): void {
    if (message.name.length !== 0) writer.bytes(10, message.name);
    if (message.password.length !== 0) writer.bytes(18, message.password);
    for (const value of message.roles) {
      writer.string(26, value);
    }
    if (message.options !== undefined) {
      const start = writer.open(34);
      UserAddOptions.encode(message.options, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): User {
    return User.merge(User.create(), new Reader(bytes, start, end));
  },

  merge(message: User, reader: Reader): User {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.name = reader.view();
          break;
        case 18:
          message.password = reader.view();
          break;
        case 26:
          message.roles.push(reader.string());
          break;
        case 34: {
          const outerEnd = reader.enter();
          message.options = UserAddOptions.merge(message.options ?? UserAddOptions.create(), reader);
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'User', UserFields);
      }
    }
    return message;
  },
};

/** Leave to read or write a key or a range of keys. */
export interface Permission {
  /** What is allowed. One of `Permission_Type`, or a value unknown to it. */
  permType: number;
  /** The key, or the first key of the range. */
  key: Uint8Array;
  /**
   * End of the range, exclusive; empty for the key alone, one zero byte for all keys from `key` on.
   */
  rangeEnd: Uint8Array;
}

const PermissionFields: FieldNames = { 1: 'PermType', 2: 'Key', 3: 'RangeEnd' };

export const Permission: MessageType<Permission> = {
  name: 'authpb.Permission',

  create(fields?: Partial<Permission>): Permission {
    return {
      permType: fields?.permType ?? 0,
      key: fields?.key ?? EMPTY_BYTES,
      rangeEnd: fields?.rangeEnd ?? EMPTY_BYTES,
    };
  },

  encode(message: Permission, writer: Writer): void {
    if (message.permType !== 0) writer.int32(8, message.permType);
    if (message.key.length !== 0) writer.bytes(18, message.key);
    if (message.rangeEnd.length !== 0) writer.bytes(26, message.rangeEnd);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): Permission {
    return Permission.merge(Permission.create(), new Reader(bytes, start, end));
  },

  merge(message: Permission, reader: Reader): Permission {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.permType = reader.int32();
          break;
        case 18:
          message.key = reader.view();
          break;
        case 26:
          message.rangeEnd = reader.view();
          break;
        default:
          reader.unexpected(at, tag, 'Permission', PermissionFields);
      }
    }
    return message;
  },
};

/** A named set of permissions. */
export interface Role {
  /** The role's name. */
  name: Uint8Array;
  /** What the role allows, in ascending order of key. */
  keyPermission: Permission[];
}

const RoleFields: FieldNames = { 1: 'Name', 2: 'KeyPermission' };

export const Role: MessageType<Role> = {
  name: 'authpb.Role',

  create(fields?: Partial<Role>): Role {
    return {
      name: fields?.name ?? EMPTY_BYTES,
      keyPermission: fields?.keyPermission ?? [],
    };
  },

  encode(message: Role, writer: Writer): void {
    if (message.name.length !== 0) writer.bytes(10, message.name);
    for (const value of message.keyPermission) {
      const start = writer.open(18);
      Permission.encode(value, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): Role {
    return Role.merge(Role.create(), new Reader(bytes, start, end));
  },

  merge(message: Role, reader: Reader): Role {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.name = reader.view();
          break;
        case 18: {
          const outerEnd = reader.enter();
          message.keyPermission.push(Permission.merge(Permission.create(), reader));
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'Role', RoleFields);
      }
    }
    return message;
  },
};
