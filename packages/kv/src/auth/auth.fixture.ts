/** A book of users and roles, and the machine around it, in the short hand of tests. */
import {
  AuthRoleGrantPermissionRequest,
  Permission,
  fromByteString,
  type EtcdErrorRow,
} from '@concord/protocol';
import { LeaseBook } from '../lease/lease-book.ts';
import { MemoryStore } from '../memory-store.ts';
import { Overlay } from '../mvcc/overlay.ts';
import { administer, type AuthChange } from './administration.ts';
import { Asker } from './asker.ts';
import { AuthBook } from './auth-book.ts';
import { AccessControl } from './access-control.ts';

type Kind = AuthChange['kind'];
type RequestOf<K extends Kind> = Extract<AuthChange, { kind: K }>['request'];

export const READ = 0;
export const WRITE = 1;
export const READ_WRITE = 2;

export class AuthWorld {
  readonly store = new MemoryStore({ reusesBuffer: true });
  readonly overlay = new Overlay(this.store);
  readonly leases = new LeaseBook(this.overlay);
  readonly written: Uint8Array[] = [];
  readonly book = new AuthBook(this.overlay, (row) => this.written.push(row));
  readonly access = new AccessControl(this.book, this.leases);

  do<K extends Kind>(kind: K, request: RequestOf<K>): EtcdErrorRow | undefined {
    return administer(this.book, { kind, request } as AuthChange);
  }

  addUser(name: string, ...roles: string[]): void {
    this.do('user-add', {
      name,
      passwordHash: fromByteString(`hash of ${name}`),
      noPassword: false,
    });
    for (const role of roles) this.do('user-grant-role', { user: name, role });
  }

  addRole(name: string, ...permissions: [type: number, key: string, rangeEnd?: string][]): void {
    this.do('role-add', { name });
    for (const [type, key, rangeEnd = ''] of permissions) this.grant(name, type, key, rangeEnd);
  }

  grant(name: string, permType: number, key: string, rangeEnd = ''): EtcdErrorRow | undefined {
    return this.do('role-grant-permission', grantOf(name, permType, key, rangeEnd));
  }

  enable(): void {
    if (this.book.user('root') === undefined) this.addUser('root', 'root');
    this.do('auth-enable', {});
  }

  /** Somebody who is recognised now. */
  asker(user: string): Asker {
    return new Asker(user, this.book.revision);
  }

  /** What a member finds that starts from the rows. */
  reopened(): AuthBook {
    this.overlay.flush(() => undefined);
    return new AuthBook(new Overlay(this.store));
  }
}

const grantOf = (
  name: string,
  permType: number,
  key: string,
  rangeEnd: string,
): AuthRoleGrantPermissionRequest =>
  AuthRoleGrantPermissionRequest.create({
    name,
    perm: Permission.create({
      permType: permType,
      key: fromByteString(key),
      rangeEnd: fromByteString(rangeEnd),
    }),
  });

/** `key..end type` of each permission of a role. */
export const permissionsOf = (book: AuthBook, role: string): string[] =>
  (book.role(role) ?? []).map(
    ({ key, rangeEnd, permType }) =>
      `${Buffer.from(key).toString('latin1')}..${Buffer.from(rangeEnd).toString('latin1')} ${permType}`,
  );
