/**
 * Users, roles and the state of authentication as etcd keeps them: buckets `auth`, `authUsers` and `authRoles`.
 *
 * What stands for a password goes through as it is. etcd checks bcrypt alone: nobody whose hash is of another function
 * can log in there until he has a new password (`--bcrypt-cost` makes hashes that both check).
 */
import { Role, User as EtcdUser, encode, toByteString, type ByteString } from '@concord/protocol';
import { AuthBook } from '../auth/auth-book.ts';
import { nameFromBytes, nameKey, nameToBytes } from '../auth/name-row.ts';
import { decodeUser } from '../auth/user.ts';
import { readMeta } from '../mvcc/meta.ts';
import type { Rows } from '../rows.ts';
import { etcdNumber, type EtcdRow } from './etcd-bucket.ts';
import { EtcdRowError } from './etcd-row.ts';

const ENABLED_KEY = 'authEnabled';
const REVISION_KEY = 'authRevision';
const NUMBER_BYTES = 8;

/** Nothing in a store that never had users: etcd's own file has both rows from its first start on. */
export function authRows(rows: Pick<Rows, 'get'>): EtcdRow[] {
  return [
    { key: ENABLED_KEY, value: Uint8Array.of(readMeta(rows, 'auth-enabled') ?? 0) },
    { key: REVISION_KEY, value: etcdNumber(readMeta(rows, 'auth-revision') ?? 1) },
  ];
}

export function etcdUser(key: ByteString, row: Uint8Array): EtcdRow {
  const { name, passwordHash, noPassword, roles } = decodeUser(row);
  const user = EtcdUser.create({
    name: nameToBytes(name),
    password: passwordHash,
    roles: [...roles],
    options: { noPassword },
  });
  return { key, value: encode(EtcdUser, user) };
}

export function etcdRole(key: ByteString, row: Uint8Array, name: Uint8Array): EtcdRow {
  return { key, value: encode(Role, { ...Role.decode(row.slice()), name }) };
}

/** What was found of users and roles, to become a book when all of it is here. */
export class AuthRows {
  readonly #users: EtcdUser[] = [];
  readonly #roles: Role[] = [];
  #isEnabled = false;
  #revision = 0;

  get isEnabled(): boolean {
    return this.#isEnabled;
  }

  get userCount(): number {
    return this.#users.length;
  }

  get roleCount(): number {
    return this.#roles.length;
  }

  takeState(key: ByteString, value: Uint8Array): void {
    if (key === ENABLED_KEY) this.#isEnabled = value[0] === 1;
    if (key === REVISION_KEY) this.#revision = numberOf(value);
  }

  takeUser(value: Uint8Array): void {
    this.#users.push(EtcdUser.decode(value.slice()));
  }

  takeRole(value: Uint8Array): void {
    this.#roles.push(Role.decode(value.slice()));
  }

  /** Credentials from before do not count: who they were given to is not in the file. */
  write(rows: Rows, written: (row: Uint8Array) => void): void {
    if (this.#revision === 0 && this.#users.length + this.#roles.length === 0) return;
    const book = new AuthBook(rows, written);
    book.setRevision(Math.max(1, this.#revision));
    for (const { name, keyPermission } of this.#roles) {
      book.putRole(nameFromBytes(name), keyPermission);
    }
    for (const { name, password, roles, options } of this.#users) {
      book.putUser({
        name: nameFromBytes(name),
        passwordHash: password,
        noPassword: options?.noPassword ?? false,
        roles: roles.toSorted((a, b) => (nameKey(a) < nameKey(b) ? -1 : 1)),
        credentialsRevision: book.revision,
      });
    }
    if (this.#isEnabled) book.setEnabled(true);
  }
}

function numberOf(value: Uint8Array): number {
  const view = new DataView(value.buffer, value.byteOffset, value.length);
  const number = value.length === NUMBER_BYTES ? Number(view.getBigUint64(0)) : NaN;
  if (Number.isSafeInteger(number)) return number;
  throw new EtcdRowError(`an auth revision "${toByteString(value)}"`, 'a number of 8 bytes');
}
