/**
 * The members of the cluster, those that were removed from it, and what members have published of themselves: one
 * source of truth, kept in the replicated state. Who votes is Raft's configuration, which changes in the same
 * entries; this is what people and clients are told.
 *
 * Invariant: an id that was removed never comes back, so whoever bears it can be told for good.
 */
import {
  Member,
  MembershipRequest_Action as Action,
  encode,
  etcdErrors,
  type EtcdErrorRow,
  type MembershipRequest,
} from '@concord/protocol';
import type { Rows } from './rows.ts';

/** The key of a member's row, in both tables. */
export const memberKey = (id: bigint): string => id.toString(16).padStart(16, '0');

const noValue = new Uint8Array(0);

export class Members {
  readonly #rows: Rows;
  readonly #members = new Map<bigint, Member>();
  readonly #removed = new Set<bigint>();

  constructor(rows: Rows) {
    this.#rows = rows;
    rows.scan('members', { from: '' }, (_key, value) => {
      const member = Member.decode(value.slice());
      this.#members.set(member.ID, member);
    });
    rows.scan('removed-members', { from: '' }, (key) => {
      this.#removed.add(BigInt(`0x${key}`));
    });
  }

  get count(): number {
    return this.#members.size;
  }

  /** Ascending by id. */
  list(): readonly Member[] {
    return [...this.#members.values()].sort((a, b) => (a.ID < b.ID ? -1 : a.ID > b.ID ? 1 : 0));
  }

  get(id: bigint): Member | undefined {
    return this.#members.get(id);
  }

  isRemoved(id: bigint): boolean {
    return this.#removed.has(id);
  }

  /** Why a change does not fit the members as they are; asked before it is proposed, and when it is applied. */
  refuse({ action, ID, peerURLs }: MembershipRequest): EtcdErrorRow | undefined {
    const member = this.#members.get(ID);
    if (action === Action.ADD || action === Action.ADD_LEARNER) {
      if (member !== undefined || this.#removed.has(ID)) return etcdErrors.ErrMemberExist;
      return this.#refuseUrls(peerURLs, ID);
    }
    if (member === undefined) return etcdErrors.ErrMemberNotFound;
    if (action === Action.UPDATE) return this.#refuseUrls(peerURLs, ID);
    if (action === Action.PROMOTE && !member.isLearner) return etcdErrors.ErrMemberNotLearner;
    return undefined;
  }

  /** Whether the members are as a change was to make them. */
  isShown({ action, ID, peerURLs }: MembershipRequest): boolean {
    const member = this.#members.get(ID);
    switch (action) {
      case Action.REMOVE:
        return this.#removed.has(ID);
      case Action.PROMOTE:
        return member?.isLearner === false;
      case Action.UPDATE:
        return member?.peerURLs.join() === peerURLs.join();
      default:
        return member !== undefined;
    }
  }

  /** Carries out a change that was found to fit. Touches only what the change is about. */
  change({ action, ID, peerURLs }: MembershipRequest): void {
    const member = this.#members.get(ID);
    switch (action) {
      case Action.ADD:
      case Action.ADD_LEARNER:
        return this.#put(Member.create({ ID, peerURLs, isLearner: action === Action.ADD_LEARNER }));
      case Action.PROMOTE:
        return member && this.#put({ ...member, isLearner: false });
      case Action.UPDATE:
        return member && this.#put({ ...member, peerURLs });
      case Action.REMOVE:
        this.#members.delete(ID);
        this.#removed.add(ID);
        this.#rows.set('members', memberKey(ID), null);
        this.#rows.set('removed-members', memberKey(ID), noValue);
        return;
    }
  }

  /** A member tells its name and where it serves clients. Who was removed meanwhile is not brought back. */
  publish({ ID, name, clientURLs }: Pick<Member, 'ID' | 'name' | 'clientURLs'>): void {
    const member = this.#members.get(ID);
    if (member !== undefined) this.#put({ ...member, name, clientURLs });
  }

  #put(member: Member): void {
    this.#members.set(member.ID, member);
    this.#rows.set('members', memberKey(member.ID), encode(Member, member));
  }

  #refuseUrls(peerURLs: readonly string[], own: bigint): EtcdErrorRow | undefined {
    for (const { ID, peerURLs: taken } of this.#members.values()) {
      if (ID !== own && taken.some((url) => peerURLs.includes(url)))
        return etcdErrors.ErrPeerURLExist;
    }
    return undefined;
  }
}
