/**
 * A wish to change who belongs to the cluster, as it is proposed, replicated and applied.
 */
import type { MemberId } from '../member-id.ts';

/**
 * One member's part of a change. `add-voter` also promotes a learner, `add-learner` also demotes a
 * voter; both leave a member that already is one as it is, and `remove` ignores an unknown member.
 */
export interface MemberChange {
  readonly kind: 'add-voter' | 'add-learner' | 'remove';
  readonly member: MemberId;
}

/**
 * How a change is carried out.
 * - `auto`: in one step if at most one voter changes, otherwise as `joint-implicit`.
 * - `joint-implicit`: through a joint configuration which the leader leaves by itself.
 * - `joint-explicit`: through a joint configuration which stays until a change without `members`.
 */
export type MembershipTransition = 'auto' | 'joint-implicit' | 'joint-explicit';

export interface MembershipChange {
  /** What happens to whom, in this order. Empty: leave the joint configuration. */
  readonly members: readonly MemberChange[];
  readonly transition: MembershipTransition;
  /** The proposer's own (addresses, a request id); raft carries it along and never reads it. */
  readonly context: Uint8Array;
}

/** The change that leaves a joint configuration. */
export const LEAVE_JOINT: MembershipChange = {
  members: [],
  transition: 'auto',
  context: new Uint8Array(0),
};
