/**
 * The four doors between the roles of a replica.
 *
 * Invariant: no other code assigns `core.role` or `core.term`, or clears `core.votedFor`.
 */
import { assert } from './assert.ts';
import type { RaftCore } from './core.ts';
import { NOBODY } from './member-id.ts';
import type { MemberId } from './member-id.ts';
import { membersOf } from './membership/configuration.ts';
import { Progress } from './progress/progress.ts';
import { ReadRounds } from './read-rounds.ts';
import type { LeaderRole, Role } from './role.ts';
import { UncommittedBytes } from './uncommitted-bytes.ts';

/** Follows `leader`, or nobody yet, in `term`. */
export function becomeFollower(core: RaftCore, term: number, leader: MemberId): void {
  assert(term >= core.term, 'a term never goes back');
  if (term > core.term) {
    core.term = term;
    core.votedFor = NOBODY;
  }
  enter(core, { kind: 'follower', leader });
}

/** Asks around, without a term of its own, whether an election could be won. */
export function becomePreCandidate(core: RaftCore): void {
  assert(core.role.kind !== 'leader', 'a leader does not stand for election');
  enter(core, { kind: 'pre-candidate', votes: new Map() });
}

/** Starts a new term and gives it the own vote. */
export function becomeCandidate(core: RaftCore): void {
  assert(core.role.kind !== 'leader', 'a leader does not stand for election');
  core.term += 1;
  core.votedFor = core.id;
  enter(core, { kind: 'candidate', votes: new Map() });
}

/** Takes over; the caller appends the entry that opens the term. */
export function becomeLeader(core: RaftCore): LeaderRole {
  assert(core.role.kind === 'candidate', 'only a candidate becomes leader');
  const role: LeaderRole = {
    kind: 'leader',
    progress: new Map(),
    reads: new ReadRounds(),
    uncommitted: new UncommittedBytes(core.config.uncommittedBytesMax),
    heartbeatElapsed: 0,
    transferee: NOBODY,
    transferElapsed: 0,
    pendingMembershipIndex: core.log.lastIndex,
  };
  syncProgress(core, role, false);
  enter(core, role);
  return role;
}

/**
 * Makes the leader's table hold exactly the members of the configuration.
 *
 * @param alive whether members that are new in the table are taken to be alive. So is a member that
 *   joins under a leader, which might otherwise lose its quorum before the newcomer can answer.
 */
export function syncProgress(core: RaftCore, role: LeaderRole, alive: boolean): void {
  const members = membersOf(core.configuration);
  for (const id of role.progress.keys()) {
    if (!members.includes(id)) role.progress.delete(id);
  }
  for (const id of members) {
    if (role.progress.has(id)) continue;
    const limits = {
      messagesMax: core.config.inflightMessagesMax,
      bytesMax: core.config.inflightBytesMax,
    };
    const progress = new Progress(id, core.log.lastIndex + 1, limits);
    progress.recentActive = alive || id === core.id;
    if (id === core.id) {
      progress.acknowledge(core.log.durable);
      progress.becomeReplicate();
    }
    role.progress.set(id, progress);
  }
}

function enter(core: RaftCore, role: Role): void {
  core.abandonReads();
  core.role = role;
  core.resetElectionTimer();
}
