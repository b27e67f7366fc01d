/** Generated from proto/concord/command.proto: edit that, not this. */
import type { MessageType } from '../../message-type.ts';
import { EMPTY_BYTES, Reader, type FieldNames } from '../../reader.ts';
import type { Writer } from '../../writer.ts';

/**
 * The leader saw a lease end. A leader that was deposed meanwhile may still have this in its queue,
 * so the command counts only in the term in which it was proposed.
 */
export interface LeaseExpiry {
  ID: bigint;
  term: number;
}

const LeaseExpiryFields: FieldNames = { 1: 'ID', 2: 'Term' };

export const LeaseExpiry: MessageType<LeaseExpiry> = {
  name: 'concord.command.v1.LeaseExpiry',

  create(fields?: Partial<LeaseExpiry>): LeaseExpiry {
    return {
      ID: fields?.ID ?? 0n,
      term: fields?.term ?? 0,
    };
  },

  encode(message: LeaseExpiry, writer: Writer): void {
    if (message.ID !== 0n) writer.int64(8, message.ID);
    if (message.term !== 0) writer.int64Number(16, message.term);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): LeaseExpiry {
    return LeaseExpiry.merge(LeaseExpiry.create(), new Reader(bytes, start, end));
  },

  merge(message: LeaseExpiry, reader: Reader): LeaseExpiry {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.ID = reader.int64();
          break;
        case 16:
          message.term = reader.uint64Number();
          break;
        default:
          reader.unexpected(at, tag, 'LeaseExpiry', LeaseExpiryFields);
      }
    }
    return message;
  },
};

/**
 * Who asks for a command, where authentication is on: it stands before the command in its payload.
 */
export interface Asker {
  user: string;
  /** Of the state in which the user was recognised. A command that meets a newer one is refused. */
  authRevision: number;
}

const AskerFields: FieldNames = { 1: 'User', 2: 'AuthRevision' };

export const Asker: MessageType<Asker> = {
  name: 'concord.command.v1.Asker',

  create(fields?: Partial<Asker>): Asker {
    return {
      user: fields?.user ?? '',
      authRevision: fields?.authRevision ?? 0,
    };
  },

  encode(message: Asker, writer: Writer): void {
    if (message.user !== '') writer.string(10, message.user);
    if (message.authRevision !== 0) writer.int64Number(16, message.authRevision);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): Asker {
    return Asker.merge(Asker.create(), new Reader(bytes, start, end));
  },

  merge(message: Asker, reader: Reader): Asker {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.user = reader.string();
          break;
        case 16:
          message.authRevision = reader.uint64Number();
          break;
        default:
          reader.unexpected(at, tag, 'Asker', AskerFields);
      }
    }
    return message;
  },
};

/** Adds a user. A password has become a hash before there is this message. */
export interface UserCreation {
  name: string;
  /** As text, naming its function (apps/server/src/auth/password-hash.ts); empty for none. */
  passwordHash: Uint8Array;
  noPassword: boolean;
}

const UserCreationFields: FieldNames = { 1: 'Name', 2: 'PasswordHash', 3: 'NoPassword' };

export const UserCreation: MessageType<UserCreation> = {
  name: 'concord.command.v1.UserCreation',

  create(fields?: Partial<UserCreation>): UserCreation {
    return {
      name: fields?.name ?? '',
      passwordHash: fields?.passwordHash ?? EMPTY_BYTES,
      noPassword: fields?.noPassword ?? false,
    };
  },

  encode(message: UserCreation, writer: Writer): void {
    if (message.name !== '') writer.string(10, message.name);
    if (message.passwordHash.length !== 0) writer.bytes(18, message.passwordHash);
    if (message.noPassword) writer.bool(24, message.noPassword);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): UserCreation {
    return UserCreation.merge(UserCreation.create(), new Reader(bytes, start, end));
  },

  merge(message: UserCreation, reader: Reader): UserCreation {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.name = reader.string();
          break;
        case 18:
          message.passwordHash = reader.view();
          break;
        case 24:
          message.noPassword = reader.bool();
          break;
        default:
          reader.unexpected(at, tag, 'UserCreation', UserCreationFields);
      }
    }
    return message;
  },
};

/** Gives a user another password. */
export interface PasswordChange {
  name: string;
  passwordHash: Uint8Array;
}

const PasswordChangeFields: FieldNames = { 1: 'Name', 2: 'PasswordHash' };

export const PasswordChange: MessageType<PasswordChange> = {
  name: 'concord.command.v1.PasswordChange',

  create(fields?: Partial<PasswordChange>): PasswordChange {
    return {
      name: fields?.name ?? '',
      passwordHash: fields?.passwordHash ?? EMPTY_BYTES,
    };
  },

  encode(message: PasswordChange, writer: Writer): void {
    if (message.name !== '') writer.string(10, message.name);
    if (message.passwordHash.length !== 0) writer.bytes(18, message.passwordHash);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): PasswordChange {
    return PasswordChange.merge(PasswordChange.create(), new Reader(bytes, start, end));
  },

  merge(message: PasswordChange, reader: Reader): PasswordChange {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.name = reader.string();
          break;
        case 18:
          message.passwordHash = reader.view();
          break;
        default:
          reader.unexpected(at, tag, 'PasswordChange', PasswordChangeFields);
      }
    }
    return message;
  },
};

/**
 * A token for a user whose password was found to be right. Members know a token by its hash alone.
 */
export interface TokenIssue {
  user: string;
  /** SHA-256 of the part of the token that is chance. */
  secretHash: Uint8Array;
  /** Of the state in which the password was checked. */
  authRevision: number;
}

const TokenIssueFields: FieldNames = { 1: 'User', 2: 'SecretHash', 3: 'AuthRevision' };

export const TokenIssue: MessageType<TokenIssue> = {
  name: 'concord.command.v1.TokenIssue',

  create(fields?: Partial<TokenIssue>): TokenIssue {
    return {
      user: fields?.user ?? '',
      secretHash: fields?.secretHash ?? EMPTY_BYTES,
      authRevision: fields?.authRevision ?? 0,
    };
  },

  encode(message: TokenIssue, writer: Writer): void {
    if (message.user !== '') writer.string(10, message.user);
    if (message.secretHash.length !== 0) writer.bytes(18, message.secretHash);
    if (message.authRevision !== 0) writer.int64Number(24, message.authRevision);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): TokenIssue {
    return TokenIssue.merge(TokenIssue.create(), new Reader(bytes, start, end));
  },

  merge(message: TokenIssue, reader: Reader): TokenIssue {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.user = reader.string();
          break;
        case 18:
          message.secretHash = reader.view();
          break;
        case 24:
          message.authRevision = reader.uint64Number();
          break;
        default:
          reader.unexpected(at, tag, 'TokenIssue', TokenIssueFields);
      }
    }
    return message;
  },
};

/** A row of the table `users`. */
export interface UserRow {
  name: string;
  passwordHash: Uint8Array;
  noPassword: boolean;
  /** Ascending. */
  roles: string[];
  /**
   * The auth revision at which the user was added or the password last changed: credentials from
   * before do not count.
   */
  credentialsRevision: number;
}

const UserRowFields: FieldNames = {
  1: 'Name',
  2: 'PasswordHash',
  3: 'NoPassword',
  4: 'Roles',
  5: 'CredentialsRevision',
};

export const UserRow: MessageType<UserRow> = {
  name: 'concord.command.v1.UserRow',

  create(fields?: Partial<UserRow>): UserRow {
    return {
      name: fields?.name ?? '',
      passwordHash: fields?.passwordHash ?? EMPTY_BYTES,
      noPassword: fields?.noPassword ?? false,
      roles: fields?.roles ?? [],
      credentialsRevision: fields?.credentialsRevision ?? 0,
    };
  },

  encode(message: UserRow, writer: Writer): void {
    if (message.name !== '') writer.string(10, message.name);
    if (message.passwordHash.length !== 0) writer.bytes(18, message.passwordHash);
    if (message.noPassword) writer.bool(24, message.noPassword);
    for (const value of message.roles) {
      writer.string(34, value);
    }
    if (message.credentialsRevision !== 0) writer.int64Number(40, message.credentialsRevision);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): UserRow {
    return UserRow.merge(UserRow.create(), new Reader(bytes, start, end));
  },

  merge(message: UserRow, reader: Reader): UserRow {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10:
          message.name = reader.string();
          break;
        case 18:
          message.passwordHash = reader.view();
          break;
        case 24:
          message.noPassword = reader.bool();
          break;
        case 34:
          message.roles.push(reader.string());
          break;
        case 40:
          message.credentialsRevision = reader.uint64Number();
          break;
        default:
          reader.unexpected(at, tag, 'UserRow', UserRowFields);
      }
    }
    return message;
  },
};
