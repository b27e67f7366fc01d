/**
 * The roles of a replica (Raft figure 4). Whatever belongs to one role lives in its object and goes
 * with it, so nothing of a former role can linger.
 */
import type { MemberId } from './member-id.ts';
import type { Progress } from './progress/progress.ts';
import type { ReadRounds } from './read-rounds.ts';
import type { UncommittedBytes } from './uncommitted-bytes.ts';

/** What a replica calls itself; a learner is a follower that has no vote. */
export type RoleKind = 'follower' | 'learner' | 'pre-candidate' | 'candidate' | 'leader';

export interface FollowerRole {
  readonly kind: 'follower';
  /** The leader of the term, `0n` until it has been heard. */
  leader: MemberId;
}

export interface CandidateRole {
  readonly kind: 'pre-candidate' | 'candidate';
  readonly votes: Map<MemberId, boolean>;
}

export interface LeaderRole {
  readonly kind: 'leader';
  /** Every member of the configuration, this one included. */
  readonly progress: Map<MemberId, Progress>;
  readonly reads: ReadRounds;
  readonly uncommitted: UncommittedBytes;
  heartbeatElapsed: number;
  /** The member that leadership is being handed to, `0n` when it is not. */
  transferee: MemberId;
  transferElapsed: number;
  /**
   * No membership change is proposed before this index is applied. Invariant: at most one
   * membership entry beyond the applied index is in the log.
   */
  pendingMembershipIndex: number;
}

export type Role = FollowerRole | CandidateRole | LeaderRole;
