/** One user, as it is kept, and what all of its roles allow together. */
import { UserRow, decodeKeyRange, encode, type Permission } from '@concord/protocol';
import { Permission_Type as PermissionType } from '@concord/protocol';
import { KeyIntervals } from './key-intervals.ts';

/** Whoever has it may do everything; a user of this name must exist before authentication is turned on. */
export const ROOT = 'root';

export type User = Readonly<UserRow>;

/** What can be asked of a key. */
export type KeyAccess = 'read' | 'write';

export const encodeUser = (user: User): Uint8Array =>
  encode(UserRow, { ...user, roles: [...user.roles] });

export const decodeUser = (row: Uint8Array): User => UserRow.decode(row.slice());

export const hasRootRole = ({ roles }: User): boolean => roles.includes(ROOT);

/** The keys that permissions open, by what may be done with them. */
export class KeyPermissions {
  readonly #read: KeyIntervals;
  readonly #write: KeyIntervals;

  constructor(permissions: readonly Permission[]) {
    const open = (allowed: (type: number) => boolean): KeyIntervals =>
      new KeyIntervals(
        permissions
          .filter(({ permType }) => allowed(permType))
          .map(({ key, rangeEnd }) => decodeKeyRange(key, rangeEnd)),
      );
    const { READ, WRITE, READWRITE } = PermissionType;
    this.#read = open((type) => type === READ || type === READWRITE);
    this.#write = open((type) => type === WRITE || type === READWRITE);
  }

  of(access: KeyAccess): KeyIntervals {
    return access === 'read' ? this.#read : this.#write;
  }
}
