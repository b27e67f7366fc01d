/**
 * Who may do what, decided against the state in which a command is applied or a read is answered, so alike on every
 * member. Everything that is not allowed is refused; while authentication is off nothing is.
 */
import { decodeKeyRange, etcdErrors, singleKey, toByteString } from '@concord/protocol';
import type {
  DeleteRangeRequest,
  EtcdErrorRow,
  KeyRange,
  PutRequest,
  RangeRequest,
  RequestOp,
  TxnRequest,
} from '@concord/protocol';
import type { Command } from '../command.ts';
import type { LeaseBook } from '../lease/lease-book.ts';
import { BY_MEMBER, type AskedBy } from './asker.ts';
import type { AuthBook } from './auth-book.ts';
import { hasRootRole, type KeyAccess, type User } from './user.ts';

/** Why something is refused; undefined for nothing. */
export type Refusal = EtcdErrorRow | undefined;

/**
 * `all` may do everything. `unknown` has credentials that are good and name no user: a certificate of somebody else's, a
 * token that has outlived its user. He may do what takes no permission, as in etcd.
 */
type Known = User | 'all' | 'unknown';

export class AccessControl {
  readonly #book: AuthBook;
  readonly #leases: LeaseBook;

  constructor(book: AuthBook, leases: LeaseBook) {
    this.#book = book;
    this.#leases = leases;
  }

  /** Whoever has credentials may do it. */
  refuseStranger(askedBy: AskedBy): Refusal {
    const user = this.#userOf(askedBy);
    return isRefusal(user) ? user : undefined;
  }

  /** Only who has the role root may do it. How new the asker's revision is does not matter, as in etcd. */
  refuseAdministration(askedBy: AskedBy): Refusal {
    const user = this.#userOf(askedBy);
    if (isRefusal(user)) return user;
    if (user === 'unknown') return unknownAs(askedBy);
    return isMaster(user) ? undefined : etcdErrors.ErrPermissionDenied;
  }

  /** Only whose own name it is, or who has the role root, may see a user. */
  refuseUser(askedBy: AskedBy, name: string): Refusal {
    const user = this.#userOf(askedBy);
    if (isRefusal(user)) return user;
    const isOwn = typeof askedBy === 'object' && askedBy.user === name;
    return isOwn ? undefined : this.refuseAdministration(askedBy);
  }

  /** Only who has a role, or the role root, may see it. */
  refuseRole(askedBy: AskedBy, role: string): Refusal {
    const user = this.#userOf(askedBy);
    if (isRefusal(user)) return user;
    const isOwn = typeof user === 'object' && user.roles.includes(role);
    return isOwn ? undefined : this.refuseAdministration(askedBy);
  }

  refuseKeys(askedBy: AskedBy, access: KeyAccess, range: KeyRange): Refusal {
    const user = this.#currentUserOf(askedBy);
    if (isRefusal(user)) return user;
    return this.#mayAccess(user, access, range) ? undefined : etcdErrors.ErrPermissionDenied;
  }

  refuseRange(
    askedBy: AskedBy,
    { key, rangeEnd }: Pick<RangeRequest, 'key' | 'rangeEnd'>,
  ): Refusal {
    return this.refuseKeys(askedBy, 'read', decodeKeyRange(key, rangeEnd));
  }

  /** Every comparison and every operation of either branch, at every depth: whichever way it would go. */
  refuseTxn(askedBy: AskedBy, { compare, success, failure }: TxnRequest): Refusal {
    for (const compared of compare) {
      const refusal = this.refuseRange(askedBy, compared);
      if (refusal !== undefined) return refusal;
    }
    for (const branch of [success, failure]) {
      for (const op of branch) {
        const refusal = this.#refuseOp(askedBy, op);
        if (refusal !== undefined) return refusal;
      }
    }
    return undefined;
  }

  /** All keys that hang on a lease. One that does not exist has none. */
  refuseLeaseKeys(askedBy: AskedBy, access: KeyAccess, id: bigint): Refusal {
    const user = this.#currentUserOf(askedBy);
    if (isRefusal(user)) return user;
    return this.#mayAccessLease(user, access, id) ? undefined : etcdErrors.ErrPermissionDenied;
  }

  /** All keys of all leases. */
  refuseAllLeases(askedBy: AskedBy): Refusal {
    const user = this.#currentUserOf(askedBy);
    if (isRefusal(user)) return user;
    if (isMaster(user)) return undefined;
    for (const { id } of this.#leases.all()) {
      if (!this.#mayAccessLease(user, 'read', id)) return etcdErrors.ErrPermissionDenied;
    }
    return undefined;
  }

  /** What is asked for through the log. What members tell each other there is not asked for by anybody. */
  refuseCommand(askedBy: AskedBy, command: Command): Refusal {
    if (!this.#book.isEnabled) return undefined;
    switch (command.kind) {
      case 'put':
        return this.#refusePut(askedBy, command.request);
      case 'delete-range':
        return this.#refuseDeleteRange(askedBy, command.request);
      case 'txn':
        return this.refuseTxn(askedBy, command.request);
      case 'lease-grant':
        return this.refuseStranger(askedBy);
      case 'lease-revoke':
        return this.refuseLeaseKeys(askedBy, 'write', command.request.ID);
      case 'lease-expiry':
      case 'lease-checkpoint':
      case 'publish-member':
      case 'change-member':
      case 'token-issue':
        return undefined;
      default:
        return this.refuseAdministration(askedBy);
    }
  }

  #refuseOp(askedBy: AskedBy, { request }: RequestOp): Refusal {
    switch (request?.case) {
      case 'requestRange':
        return this.refuseRange(askedBy, request.value);
      case 'requestPut':
        return this.#refusePut(askedBy, request.value);
      case 'requestDeleteRange':
        return this.#refuseDeleteRange(askedBy, request.value);
      case 'requestTxn':
        return this.refuseTxn(askedBy, request.value);
      case undefined:
        return undefined;
    }
  }

  /**
   * A lease takes its keys with it when it is revoked. So nobody hangs a key on a lease that holds others that he may
   * not write: he could not revoke it any more.
   */
  #refusePut(askedBy: AskedBy, { key, lease, prevKv }: PutRequest): Refusal {
    const user = this.#currentUserOf(askedBy);
    if (isRefusal(user)) return user;
    const range = singleKey(toByteString(key));
    const isAllowed =
      this.#mayAccess(user, 'write', range) &&
      (!prevKv || this.#mayAccess(user, 'read', range)) &&
      (lease === 0n || this.#mayAccessLease(user, 'write', lease));
    return isAllowed ? undefined : etcdErrors.ErrPermissionDenied;
  }

  #refuseDeleteRange(askedBy: AskedBy, { key, rangeEnd, prevKv }: DeleteRangeRequest): Refusal {
    const range = decodeKeyRange(key, rangeEnd);
    const refusal = this.refuseKeys(askedBy, 'write', range);
    if (refusal !== undefined || !prevKv) return refusal;
    return this.refuseKeys(askedBy, 'read', range);
  }

  #mayAccess(user: Known, access: KeyAccess, range: KeyRange): boolean {
    if (isMaster(user)) return true;
    return typeof user === 'object' && this.#book.permissionsOf(user).of(access).covers(range);
  }

  #mayAccessLease(user: Known, access: KeyAccess, id: bigint): boolean {
    if (isMaster(user)) return true;
    const keys = this.#leases.keys(id);
    if (typeof user !== 'object') return keys.length === 0;
    const open = this.#book.permissionsOf(user).of(access);
    return keys.every((key) => open.covers(singleKey(key)));
  }

  /** The same, for keys: whoever was recognised in an older state has to be recognised anew. */
  #currentUserOf(askedBy: AskedBy): Known | EtcdErrorRow {
    const user = this.#userOf(askedBy);
    const isOld =
      user !== 'all' && typeof askedBy === 'object' && askedBy.authRevision < this.#book.revision;
    // Who is nobody is told so first.
    return isOld && user !== etcdErrors.ErrUserEmpty ? etcdErrors.ErrAuthOldRevision : user;
  }

  #userOf(askedBy: AskedBy): Known | EtcdErrorRow {
    if (!this.#book.isEnabled || askedBy === BY_MEMBER) return 'all';
    if (askedBy === undefined) return etcdErrors.ErrUserEmpty;
    return this.#book.user(askedBy.user) ?? 'unknown';
  }
}

const isRefusal = (user: Known | EtcdErrorRow): user is EtcdErrorRow =>
  typeof user === 'object' && 'message' in user;

const isMaster = (user: Known): boolean =>
  typeof user === 'object' ? hasRootRole(user) : user === 'all';

const unknownAs = (askedBy: AskedBy): EtcdErrorRow =>
  typeof askedBy === 'object' && askedBy.user === ''
    ? etcdErrors.ErrUserEmpty
    : etcdErrors.ErrUserNotFound;
