/**
 * What a leader does with time, with answers, and with what is asked of it.
 */
import { assert } from './assert.ts';
import type { RaftCore } from './core.ts';
import { NOBODY } from './member-id.ts';
import type { MemberId } from './member-id.ts';
import type { AppendReply, HeartbeatReply, Message, ProposeForward } from './message.ts';
import { decodeMembershipChange } from './membership/change-codec.ts';
import { isSoleVoter, isVoter } from './membership/configuration.ts';
import type { Progress } from './progress/progress.ts';
import { appendOpening, propose, proposeMembership } from './proposal.ts';
import { quorumOutcome, quorumReached } from './quorum/joint.ts';
import { broadcastHeartbeat, replicate } from './replication.ts';
import { becomeFollower, becomeLeader, syncProgress } from './transitions.ts';
import type { LeaderRole } from './role.ts';
import type { StepOutcome } from './step-outcome.ts';

/**
 * Takes office: an entry of the new term goes into the log at once, because only by committing one
 * of its own does a leader commit what it inherited (Raft §5.4.2).
 */
export function openTerm(core: RaftCore): void {
  appendOpening(core, becomeLeader(core));
}

export function stepLeader(core: RaftCore, role: LeaderRole, message: Message): StepOutcome {
  switch (message.kind) {
    case 'append-reply':
      return withProgress(role, message, (progress) => {
        handleAppendReply(core, role, progress, message);
      });
    case 'heartbeat-reply':
      return withProgress(role, message, (progress) => {
        handleHeartbeatReply(core, role, progress, message);
      });
    case 'read-index':
      if (role.reads.size >= core.config.pendingReadsMax) return 'unexpected';
      role.reads.add({ origin: message.from, request: message.request });
      return 'handled';
    case 'propose':
      return handlePropose(core, message);
    case 'append':
    case 'commit':
    case 'heartbeat':
    case 'snapshot':
      assert(false, 'a term has one leader');
      return 'unexpected';
    default:
      return 'unexpected';
  }
}

export function tickLeader(core: RaftCore, role: LeaderRole): void {
  const { electionTicks, heartbeatTicks, checkQuorum } = core.config;
  if (role.transferee !== NOBODY && ++role.transferElapsed >= electionTicks) {
    role.transferee = NOBODY;
  }
  core.electionElapsed++;
  if (core.electionElapsed >= electionTicks) {
    core.electionElapsed = 0;
    if (checkQuorum && !heardQuorum(core, role)) {
      becomeFollower(core, core.term, NOBODY);
      return;
    }
  }
  if (++role.heartbeatElapsed >= heartbeatTicks) {
    role.heartbeatElapsed = 0;
    if (role.reads.hasGathered && core.hasCommittedInTerm) role.reads.start(core.log.commit);
    broadcastHeartbeat(core, role);
  }
}

/** Whether a quorum was heard since this was last asked; everybody has to be heard anew. */
function heardQuorum(core: RaftCore, role: LeaderRole): boolean {
  const outcome = quorumOutcome(
    core.configuration,
    (id) => role.progress.get(id)?.recentActive ?? false,
  );
  for (const progress of role.progress.values()) progress.recentActive = progress.id === core.id;
  return outcome === 'won';
}

/** Sends what has become due since the last Ready. */
export function flushLeader(core: RaftCore, role: LeaderRole): void {
  startReads(core, role);
  replicate(core, role);
}

/** The leader's own disk has caught up: only now does it count itself (Raft §5.3, thesis §10.2.1). */
export function handleOwnProgress(core: RaftCore, role: LeaderRole): void {
  if (role.progress.get(core.id)?.acknowledge(core.log.durable) === true) {
    advanceCommit(core, role);
  }
}

/**
 * Commits what a quorum holds, if the last of it is of this term. An entry of an earlier term is
 * never committed by counting: a later leader could still overwrite it (Raft §5.4.2, figure 8).
 */
function advanceCommit(core: RaftCore, role: LeaderRole): void {
  const { log, term, configuration } = core;
  const index = quorumReached(configuration, (id) => role.progress.get(id)?.match ?? 0);
  if (index <= log.commit || log.term(index) !== term) return;
  log.commitTo(index);
  role.uncommitted.release(index);
}

function withProgress(
  role: LeaderRole,
  message: Message,
  handle: (progress: Progress) => void,
): StepOutcome {
  const progress = role.progress.get(message.from);
  if (progress === undefined) return 'unknown-member';
  progress.recentActive = true;
  handle(progress);
  return 'handled';
}

function handleAppendReply(
  core: RaftCore,
  role: LeaderRole,
  progress: Progress,
  reply: AppendReply,
): void {
  if (!reply.accepted) {
    const { index, term } = reply.hint;
    // Everybody agrees on index 0, unless it has no configuration to begin from.
    if (reply.index === 0) progress.needSnapshot();
    progress.retreat(reply.index, core.log.lastNotAbove(index, term));
    return;
  }
  assert(reply.index <= core.log.lastIndex, 'a follower acknowledges only what it was sent');
  const isNews = progress.acknowledge(reply.index);
  const isMeeting = progress.state === 'probe' && reply.index === progress.match;
  const isCaughtUp =
    progress.state === 'snapshot' && progress.match + 1 >= core.log.firstIndex && isNews;
  if (isMeeting || isCaughtUp) progress.becomeReplicate();
  if (isNews) advanceCommit(core, role);
  if (progress.id === role.transferee) finishTransfer(core, progress);
}

function handleHeartbeatReply(
  core: RaftCore,
  role: LeaderRole,
  progress: Progress,
  reply: HeartbeatReply,
): void {
  progress.probeSent = false;
  progress.nudged = progress.match < core.log.lastIndex;
  role.reads.acknowledge(progress.id, reply.round);
  answerReads(core, role);
}

function handlePropose(core: RaftCore, message: ProposeForward): StepOutcome {
  if (message.entryKind === 'normal') {
    return propose(core, message.payloads).ok ? 'handled' : 'unexpected';
  }
  const change = decodeMembershipChange(message.payloads[0] ?? new Uint8Array(0));
  if (change === undefined) return 'unexpected';
  return proposeMembership(core, change).ok ? 'handled' : 'unexpected';
}

/** One round at a time: what is asked for while it is under way shares the next one. */
function startReads(core: RaftCore, role: LeaderRole): void {
  const { reads } = role;
  if (!reads.hasGathered || reads.hasStarted || !core.hasCommittedInTerm) return;
  reads.start(core.log.commit);
  if (isSoleVoter(core.configuration, core.id)) answerReads(core, role);
  else broadcastHeartbeat(core, role);
}

function answerReads(core: RaftCore, role: LeaderRole): void {
  for (const { index, reads } of role.reads.takeConfirmed(core.configuration, core.id)) {
    for (const { origin, request } of reads) {
      if (origin === core.id) core.readStates.push({ context: request, index });
      else {
        const { id: from, term } = core;
        core.send({ kind: 'read-index-reply', from, to: origin, term, request, index });
      }
    }
  }
}

/** What became of the wish to hand leadership over. */
export type TransferOutcome = 'started' | 'not-leader' | 'already-leader' | 'not-voter';

/**
 * Hands leadership to another voter (thesis §3.10): no more proposals are taken, the successor is
 * brought up to date and told to stand for election at once. Given up after `electionTicks`.
 */
export function startTransfer(core: RaftCore, role: LeaderRole, to: MemberId): TransferOutcome {
  if (to === core.id) return 'already-leader';
  const progress = role.progress.get(to);
  if (progress === undefined || !isVoter(core.configuration, to)) return 'not-voter';
  if (role.transferee === to) return 'started';
  role.transferee = to;
  role.transferElapsed = 0;
  // What it has not acknowledged may be lost: ask at once rather than at the next heartbeat.
  progress.probeSent = false;
  progress.nudged = progress.match < core.log.lastIndex;
  finishTransfer(core, progress);
  return 'started';
}

function finishTransfer(core: RaftCore, progress: Progress): void {
  if (progress.match < core.log.lastIndex) return;
  core.send({ kind: 'timeout-now', from: core.id, to: progress.id, term: core.term });
}

/** The configuration has changed under this leader, which may no longer be a part of it. */
export function adoptConfiguration(core: RaftCore, role: LeaderRole): void {
  syncProgress(core, role, true);
  if (!core.isVoter) {
    // The Ready that handed out the entry has told the followers that it is committed.
    becomeFollower(core, core.term, NOBODY);
    return;
  }
  if (!isVoter(core.configuration, role.transferee)) role.transferee = NOBODY;
  advanceCommit(core, role);
  answerReads(core, role);
}
