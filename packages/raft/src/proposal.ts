/**
 * Taking proposals: the one place where a leader's log grows.
 */
import type { RaftCore } from './core.ts';
import { payloadBytes } from './entry-size.ts';
import type { EntryKind } from './entry.ts';
import { NOBODY } from './member-id.ts';
import type { MemberId } from './member-id.ts';
import { LEAVE_JOINT } from './membership/change.ts';
import type { MembershipChange } from './membership/change.ts';
import { encodeMembershipChange } from './membership/change-codec.ts';
import { changeConfiguration } from './membership/changer.ts';
import type { MembershipRefusal } from './membership/changer.ts';
import { isJoint } from './membership/configuration.ts';
import type { LeaderRole } from './role.ts';

/**
 * Why a proposal was not taken. `not-leader`: another member leads, see `leader`. `no-leader`: none
 * is known. `transferring`: leadership is being handed over; try again shortly.
 * `too-much-uncommitted`: the cluster does not keep up, or has lost its quorum.
 */
export type ProposalRefusal = 'no-leader' | 'not-leader' | 'transferring' | 'too-much-uncommitted';

/**
 * Why a membership change was not taken, beside what applies to any proposal.
 * `membership-pending`: an earlier change is not applied yet. `no-commit-in-term`: the leader has
 * only just been elected. The rest says why the change does not fit the configuration.
 */
export type MembershipProposalRefusal =
  ProposalRefusal | 'membership-pending' | 'no-commit-in-term' | MembershipRefusal;

/** The entries were appended, from `firstIndex` on; they are done when applied with this `term`. */
export interface Proposed {
  readonly ok: true;
  readonly firstIndex: number;
  readonly term: number;
}

export interface ProposalRefused<Reason extends string = ProposalRefusal> {
  readonly ok: false;
  readonly reason: Reason;
  /** Who to turn to, `0n` if nobody is known. */
  readonly leader: MemberId;
}

export type ProposeResult = Proposed | ProposalRefused;

export type ProposeMembershipResult = Proposed | ProposalRefused<MembershipProposalRefusal>;

/** Appends one entry for each payload, or none of them. */
export function propose(core: RaftCore, payloads: readonly Uint8Array[]): ProposeResult {
  const { role } = core;
  if (role.kind !== 'leader') return refuse(core, notLeader(core));
  if (role.transferee !== NOBODY) return refuse(core, 'transferring');
  let bytes = 0;
  for (const payload of payloads) bytes += payloadBytes(payload);
  if (!role.uncommitted.admits(bytes)) return refuse(core, 'too-much-uncommitted');
  return append(core, role, 'normal', payloads, bytes);
}

/**
 * Appends a membership change. One at a time: the next is taken when the one before is applied, and
 * none before an entry of the leader's own term is committed. Without the second rule two leaders
 * could each count a majority of a configuration that the other has never heard of.
 */
export function proposeMembership(
  core: RaftCore,
  change: MembershipChange,
): ProposeMembershipResult {
  const { role } = core;
  if (role.kind !== 'leader') return refuse(core, notLeader(core));
  if (role.transferee !== NOBODY) return refuse(core, 'transferring');
  if (!core.hasCommittedInTerm) return refuse(core, 'no-commit-in-term');
  if (core.log.applied < role.pendingMembershipIndex) return refuse(core, 'membership-pending');
  const result = changeConfiguration(core.configuration, change);
  if (!result.ok) return refuse(core, result.reason);
  return appendMembership(core, role, change);
}

/**
 * Leaves a joint configuration that leaves itself, once it is applied. The pending index keeps this
 * from being proposed twice.
 */
export function leaveJointWhenDue(core: RaftCore, role: LeaderRole): void {
  const { configuration, log } = core;
  if (!configuration.autoLeave || !isJoint(configuration)) return;
  if (log.applied < role.pendingMembershipIndex || !core.hasCommittedInTerm) return;
  appendMembership(core, role, LEAVE_JOINT);
}

/** Appends the empty entry that opens a leader's term (Raft §8); no limit applies to it. */
export function appendOpening(core: RaftCore, role: LeaderRole): void {
  const opening = new Uint8Array(0);
  append(core, role, 'normal', [opening], payloadBytes(opening));
}

function appendMembership(core: RaftCore, role: LeaderRole, change: MembershipChange): Proposed {
  const payload = encodeMembershipChange(change);
  const proposed = append(core, role, 'membership', [payload], payloadBytes(payload));
  role.pendingMembershipIndex = proposed.firstIndex;
  return proposed;
}

function append(
  core: RaftCore,
  role: LeaderRole,
  kind: EntryKind,
  payloads: readonly Uint8Array[],
  bytes: number,
): Proposed {
  const { term, log } = core;
  const firstIndex = log.lastIndex + 1;
  let index = firstIndex;
  for (const data of payloads) log.append({ term, index: index++, kind, data });
  if (payloads.length > 0) role.uncommitted.add(log.lastIndex, bytes);
  return { ok: true, firstIndex, term };
}

function notLeader(core: RaftCore): 'not-leader' | 'no-leader' {
  return core.leader === NOBODY ? 'no-leader' : 'not-leader';
}

function refuse<Reason extends string>(core: RaftCore, reason: Reason): ProposalRefused<Reason> {
  return { ok: false, reason, leader: core.leader };
}
