/**
 * Decides whether this replica votes for a candidate (Raft §5.2, §5.4.1). One vote a term allows at
 * most one leader a term; refusing candidates whose log is behind means that every leader already
 * holds every committed entry.
 *
 * Invariant: a ballot that is granted is durable before the reply that reveals it.
 */
import { assert } from './assert.ts';
import { NOBODY } from './member-id.ts';
import type { LogPosition } from './entry.ts';
import type { MemberId } from './member-id.ts';
import type { PreVoteRequest, VoteRequest } from './message.ts';

export type VoteDecision =
  | { readonly granted: true }
  | { readonly granted: false; readonly reason: 'already-voted' | 'has-leader' | 'log-behind' };

/** What the voter knows when it is asked. */
export interface Voter {
  readonly term: number;
  readonly votedFor: MemberId;
  /** The leader of `term`, `0n` if none is known. */
  readonly leader: MemberId;
  /** Where the voter's log ends. */
  readonly last: LogPosition;
}

/** Whether the candidate gets this replica's one vote of the term. */
export function decideVote(voter: Voter, request: VoteRequest): VoteDecision {
  assert(request.term === voter.term, 'the term of a vote is adopted before it is judged');
  const { votedFor } = voter;
  if (votedFor !== NOBODY && votedFor !== request.from) return refuse('already-voted');
  if (votedFor === NOBODY && voter.leader !== NOBODY) return refuse('has-leader');
  if (isBehind(request.last, voter.last)) return refuse('log-behind');
  return { granted: true };
}

/** Whether the asker would get the vote if it started the term that it asks about; binds nobody. */
export function decidePreVote(voter: Voter, request: PreVoteRequest): VoteDecision {
  assert(request.term >= voter.term, 'a stale pre-vote is answered before it is judged');
  if (request.term === voter.term && voter.votedFor !== NOBODY && voter.votedFor !== request.from) {
    return refuse('already-voted');
  }
  if (request.term === voter.term && voter.leader !== NOBODY) return refuse('has-leader');
  if (isBehind(request.last, voter.last)) return refuse('log-behind');
  return { granted: true };
}

/** Whether a log that ends at `a` is less complete than one that ends at `b` (Raft §5.4.1). */
function isBehind(a: LogPosition, b: LogPosition): boolean {
  return a.term < b.term || (a.term === b.term && a.index < b.index);
}

function refuse(reason: 'already-voted' | 'has-leader' | 'log-behind'): VoteDecision {
  return { granted: false, reason };
}
