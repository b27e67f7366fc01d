/**
 * Standing for election (Raft §5.2) and counting the votes.
 *
 * A vote request leaves only when the new term, the own vote and the log it boasts of are durable.
 * Otherwise a candidate that crashes could come back, start the same term again with a shorter log,
 * and be elected by votes that were given to the longer one.
 */
import type { RaftCore } from './core.ts';
import { openTerm } from './leader.ts';
import type { PreVoteReply, VoteReply } from './message.ts';
import { NOBODY } from './member-id.ts';
import { votersOf } from './membership/configuration.ts';
import { quorumOutcome } from './quorum/joint.ts';
import { becomeCandidate, becomeFollower, becomePreCandidate } from './transitions.ts';
import type { CandidateRole } from './role.ts';
import type { StepOutcome } from './step-outcome.ts';

/** `timeout`: no leader was heard. `transfer`: the leader asked for it, so nobody is asked before. */
export type CampaignCause = 'timeout' | 'transfer';

/** Stands for election unless this replica must not lead. */
export function campaign(core: RaftCore, cause: CampaignCause): void {
  if (!mayCampaign(core)) return;
  if (core.config.preVote && cause === 'timeout') canvass(core);
  else stand(core, cause === 'transfer');
}

/**
 * A replica must not lead while it has no vote, while it lacks the state of a snapshot, or while a
 * membership change is committed and not applied here: it would count by the wrong quorum.
 */
function mayCampaign(core: RaftCore): boolean {
  if (core.role.kind === 'leader' || !core.isVoter || core.log.isRestoring) return false;
  return !core.log.hasMembership(core.log.applied + 1, core.log.commit + 1);
}

function canvass(core: RaftCore): void {
  becomePreCandidate(core);
  const { id: from, term } = core;
  const { last, committed: commit } = core.log;
  for (const to of votersOf(core.configuration)) {
    if (to !== from) core.send({ kind: 'pre-vote', from, to, term: term + 1, last, commit });
  }
  count(core, from, true);
}

function stand(core: RaftCore, transfer: boolean): void {
  becomeCandidate(core);
  const { id: from, term } = core;
  const { last, committed: commit } = core.log;
  for (const to of votersOf(core.configuration)) {
    core.sendWhenDurable(
      to === from
        ? { kind: 'vote-reply', from, to, term, granted: true, commit }
        : { kind: 'vote', from, to, term, last, transfer, commit },
    );
  }
}

/** Counts an answer that fits the kind of election that is being held. */
export function handleVoteReply(core: RaftCore, reply: VoteReply | PreVoteReply): StepOutcome {
  const awaited = core.role.kind === 'candidate' ? 'vote-reply' : 'pre-vote-reply';
  if (reply.kind !== awaited) return 'unexpected';
  if (reply.kind === 'pre-vote-reply' && reply.granted && reply.term !== core.term + 1) {
    return 'stale-term';
  }
  count(core, reply.from, reply.granted);
  return 'handled';
}

function count(core: RaftCore, from: bigint, granted: boolean): void {
  const role = core.role as CandidateRole;
  if (!role.votes.has(from)) role.votes.set(from, granted);
  const outcome = quorumOutcome(core.configuration, (id) => role.votes.get(id));
  if (outcome === 'pending') return;
  if (outcome === 'lost') becomeFollower(core, core.term, NOBODY);
  else if (role.kind === 'pre-candidate') stand(core, false);
  else openTerm(core);
}
