/**
 * The gate for messages: who they are for, and which term they belong to (Raft §5.1). What passes
 * goes to the file of the role; votes are judged here, since every role judges them alike.
 */
import { stepCandidate } from './candidate.ts';
import type { RaftCore } from './core.ts';
import { stepFollower } from './follower.ts';
import { stepLeader } from './leader.ts';
import { NOBODY } from './member-id.ts';
import type { Message, PreVoteRequest, VoteRequest } from './message.ts';
import { becomeFollower } from './transitions.ts';
import type { StepOutcome } from './step-outcome.ts';
import { decidePreVote, decideVote } from './vote.ts';

export function receive(core: RaftCore, message: Message): StepOutcome {
  if (message.to !== core.id) return 'misaddressed';
  if (message.term < core.term) return answerStale(core, message);
  if (message.term > core.term) {
    if (isLeased(core, message)) return 'leader-lease';
    adoptTerm(core, message);
  }
  learnCommit(core, message);
  if (message.kind === 'vote') return handleVote(core, message);
  if (message.kind === 'pre-vote') return handlePreVote(core, message);
  const { role } = core;
  if (role.kind === 'leader') return stepLeader(core, role, message);
  return role.kind === 'follower'
    ? stepFollower(core, role, message)
    : stepCandidate(core, message);
}

/**
 * Whoever leads, or wants to, in a term that is over is told the present one, so that it gives up.
 * Everything else of an old term is dropped.
 */
function answerStale(core: RaftCore, message: Message): StepOutcome {
  const { id: from, term } = core;
  const { committed: commit } = core.log;
  const to = message.from;
  switch (message.kind) {
    case 'append':
    case 'commit':
    case 'heartbeat':
    case 'snapshot':
      core.send({ kind: 'heartbeat-reply', from, to, term, round: 0 });
      break;
    case 'vote':
      core.send({ kind: 'vote-reply', from, to, term, granted: false, commit });
      break;
    case 'pre-vote':
      core.send({ kind: 'pre-vote-reply', from, to, term, granted: false, commit });
      break;
    default:
  }
  return 'stale-term';
}

/**
 * While a leader was heard less than an election timeout ago, a member that wants to replace it is
 * wrong about its death (or removed), and not even its term is adopted (thesis §4.2.3).
 */
function isLeased(core: RaftCore, message: Message): boolean {
  if (message.kind !== 'pre-vote' && !(message.kind === 'vote' && !message.transfer)) return false;
  const { checkQuorum, electionTicks } = core.config;
  return checkQuorum && core.leader !== NOBODY && core.electionElapsed < electionTicks;
}

/** What only the leader of a term says. */
const leaderMessages: ReadonlySet<Message['kind']> = new Set([
  'append',
  'commit',
  'heartbeat',
  'snapshot',
]);

/** A newer term is adopted at once, except one that somebody merely asks about. */
function adoptTerm(core: RaftCore, message: Message): void {
  if (message.kind === 'pre-vote') return;
  if (message.kind === 'pre-vote-reply' && message.granted) return;
  const leads = leaderMessages.has(message.kind);
  becomeFollower(core, message.term, leads ? message.from : NOBODY);
}

/**
 * What is committed anywhere is committed here, if this log holds it. A leader has no need to be
 * told: it finds out by counting.
 */
function learnCommit(core: RaftCore, message: Message): void {
  if (core.role.kind === 'leader' || !('commit' in message)) return;
  if (typeof message.commit === 'number' || !core.log.holds(message.commit)) return;
  core.log.commitTo(message.commit.index);
}

function handleVote(core: RaftCore, request: VoteRequest): StepOutcome {
  const { id: from, term, votedFor, leader } = core;
  const { last, committed: commit } = core.log;
  const { granted } = decideVote({ term, votedFor, leader, last }, request);
  if (granted) {
    core.votedFor = request.from;
    core.electionElapsed = 0;
  }
  core.sendWhenDurable({ kind: 'vote-reply', from, to: request.from, term, granted, commit });
  return 'handled';
}

/** A granted pre-vote is answered in the term that was asked about, a refused one in the own. */
function handlePreVote(core: RaftCore, request: PreVoteRequest): StepOutcome {
  const { id: from, votedFor, leader } = core;
  const { last, committed: commit } = core.log;
  const { granted } = decidePreVote({ term: core.term, votedFor, leader, last }, request);
  const term = granted ? request.term : core.term;
  core.send({ kind: 'pre-vote-reply', from, to: request.from, term, granted, commit });
  return 'handled';
}
