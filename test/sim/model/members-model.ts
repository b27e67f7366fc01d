/** Who the members are, as changes and publications say one after the other: independent of the server's account. */
import {
  Member,
  MembershipRequest_Action as Action,
  type EtcdErrorName,
  type MembershipRequest,
} from '@concord/protocol';

export class MembersModel {
  readonly members = new Map<bigint, Member>();
  readonly #removed = new Set<bigint>();

  constructor(first: readonly Member[]) {
    for (const member of first) this.members.set(member.ID, member);
  }

  /** Answers why it cannot be. */
  change({ action, ID, peerURLs }: MembershipRequest): EtcdErrorName | undefined {
    const member = this.members.get(ID);
    const isTaken = [...this.members.values()].some(
      (other) => other.ID !== ID && other.peerURLs.some((url) => peerURLs.includes(url)),
    );
    switch (action) {
      case Action.ADD:
      case Action.ADD_LEARNER:
        if (member !== undefined || this.#removed.has(ID)) return 'ErrMemberExist';
        if (isTaken) return 'ErrPeerURLExist';
        this.members.set(
          ID,
          Member.create({ ID, peerURLs, isLearner: action === Action.ADD_LEARNER }),
        );
        return undefined;
      case Action.PROMOTE:
        if (member === undefined) return 'ErrMemberNotFound';
        if (!member.isLearner) return 'ErrMemberNotLearner';
        this.members.set(ID, { ...member, isLearner: false });
        return undefined;
      case Action.REMOVE:
        if (!this.members.delete(ID)) return 'ErrMemberNotFound';
        this.#removed.add(ID);
        return undefined;
      default:
        throw new Error('the workload changes no addresses');
    }
  }

  publish({ ID, name, clientURLs }: Pick<Member, 'ID' | 'name' | 'clientURLs'>): void {
    const member = this.members.get(ID);
    if (member !== undefined) this.members.set(ID, { ...member, name, clientURLs });
  }

  /** Ascending by id. */
  list(): Member[] {
    return [...this.members.values()].sort((a, b) => (a.ID < b.ID ? -1 : 1));
  }
}
