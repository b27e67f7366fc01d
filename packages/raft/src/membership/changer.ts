/**
 * Computes the configuration that a membership change leads to (Raft §6, thesis §4.1 and §4.3).
 *
 * A change of at most one voter is made in one step, since any two majorities of the sets before
 * and after overlap. Anything larger goes through a joint configuration. The result depends on the
 * configuration and the change alone, so every member that applies the same log agrees on it.
 */
import { isJoint, sortedIds } from './configuration.ts';
import type { MembershipChange } from './change.ts';
import type { Configuration } from './configuration.ts';
import { NOBODY } from '../member-id.ts';
import type { MemberId } from '../member-id.ts';

/** Why a change does not fit a configuration. */
export type MembershipRefusal =
  'already-joint' | 'not-joint' | 'no-voter-left' | 'invalid-member' | 'invalid-change';

export type MembershipResult =
  | { readonly ok: true; readonly configuration: Configuration }
  | { readonly ok: false; readonly reason: MembershipRefusal };

/** What `change` makes of `current`, or why it makes nothing of it. */
export function changeConfiguration(
  current: Configuration,
  change: MembershipChange,
): MembershipResult {
  if (change.members.length === 0) return leaveJoint(current);
  if (isJoint(current)) return { ok: false, reason: 'already-joint' };
  if (change.members.some(({ member }) => member === NOBODY)) {
    return { ok: false, reason: 'invalid-member' };
  }
  const next = draft(current, change);
  if (next.voters.size === 0) return { ok: false, reason: 'no-voter-left' };
  const isSmall = change.transition === 'auto' && votersDiffering(current, next) <= 1;
  // Without voters there is no half to be left behind.
  const simple = isSmall || current.voters.length === 0;
  return { ok: true, configuration: simple ? settle(next) : enterJoint(current, next, change) };
}

interface Draft {
  readonly voters: Set<MemberId>;
  readonly learners: Set<MemberId>;
}

function draft(current: Configuration, change: MembershipChange): Draft {
  const voters = new Set(current.voters);
  const learners = new Set(current.learners);
  for (const { kind, member } of change.members) {
    voters.delete(member);
    learners.delete(member);
    if (kind === 'add-voter') voters.add(member);
    if (kind === 'add-learner') learners.add(member);
  }
  return { voters, learners };
}

function votersDiffering(current: Configuration, next: Draft): number {
  const added = [...next.voters].filter((id) => !current.voters.includes(id)).length;
  const removed = current.voters.filter((id) => !next.voters.has(id)).length;
  return added + removed;
}

function settle(next: Draft): Configuration {
  return {
    voters: sortedIds(next.voters),
    votersOutgoing: [],
    learners: sortedIds(next.learners),
    learnersNext: [],
    autoLeave: false,
  };
}

/**
 * Both sets of voters decide together. A voter that is being demoted still votes in the outgoing
 * half, so it waits in `learnersNext` until the joint configuration is left.
 */
function enterJoint(current: Configuration, next: Draft, change: MembershipChange): Configuration {
  const outgoing = current.voters;
  const learners = [...next.learners];
  return {
    voters: sortedIds(next.voters),
    votersOutgoing: outgoing,
    learners: sortedIds(learners.filter((id) => !outgoing.includes(id))),
    learnersNext: sortedIds(learners.filter((id) => outgoing.includes(id))),
    autoLeave: change.transition !== 'joint-explicit',
  };
}

function leaveJoint(current: Configuration): MembershipResult {
  if (!isJoint(current)) return { ok: false, reason: 'not-joint' };
  const learners = new Set([...current.learners, ...current.learnersNext]);
  const voters = new Set(current.voters);
  return { ok: true, configuration: settle({ voters, learners }) };
}
