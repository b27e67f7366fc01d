/**
 * The arithmetic of a configuration: a decision needs a majority of the voters and, while the
 * cluster moves between two configurations, also a majority of the outgoing voters (Raft §6).
 */
import { majorityOutcome, majorityReached } from './majority.ts';
import type { Acknowledged, Voted, VoteOutcome } from './majority.ts';
import type { MemberId } from '../member-id.ts';

/** The two sets that must both agree; outside a joint configuration the second is empty. */
export interface JointVoters {
  readonly voters: readonly MemberId[];
  readonly votersOutgoing: readonly MemberId[];
}

/** The highest value that a quorum has reached; zero when there is no voter at all. */
export function quorumReached(joint: JointVoters, acknowledged: Acknowledged): number {
  if (joint.voters.length === 0) return 0;
  return Math.min(
    majorityReached(joint.voters, acknowledged),
    majorityReached(joint.votersOutgoing, acknowledged),
  );
}

/** `won` when both sets say so, `lost` as soon as one of them does. */
export function quorumOutcome(joint: JointVoters, voted: Voted): VoteOutcome {
  if (joint.voters.length === 0) return 'pending';
  const incoming = majorityOutcome(joint.voters, voted);
  const outgoing = majorityOutcome(joint.votersOutgoing, voted);
  if (incoming === 'lost' || outgoing === 'lost') return 'lost';
  return incoming === 'won' && outgoing === 'won' ? 'won' : 'pending';
}
