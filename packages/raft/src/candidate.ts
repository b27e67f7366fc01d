/**
 * What a candidate, or a pre-candidate, does with messages of its own term: count votes, and follow
 * whoever has already won (Raft §5.2).
 */
import type { RaftCore } from './core.ts';
import { handleVoteReply } from './election.ts';
import { stepFollower } from './follower.ts';
import type { Message } from './message.ts';
import { becomeFollower } from './transitions.ts';
import type { FollowerRole } from './role.ts';
import type { StepOutcome } from './step-outcome.ts';

export function stepCandidate(core: RaftCore, message: Message): StepOutcome {
  switch (message.kind) {
    case 'append':
    case 'commit':
    case 'heartbeat':
    case 'snapshot':
      becomeFollower(core, message.term, message.from);
      return stepFollower(core, core.role as FollowerRole, message);
    case 'vote-reply':
    case 'pre-vote-reply':
      return handleVoteReply(core, message);
    default:
      return 'unexpected';
  }
}
