/**
 * What a replica tells about itself: for operators, for metrics, and for deciding whether a learner
 * is ready to be promoted.
 */
import type { RaftCore } from './core.ts';
import type { MemberId } from './member-id.ts';
import { isLearner } from './membership/configuration.ts';
import type { Configuration } from './membership/configuration.ts';
import type { ProgressState } from './progress/progress.ts';
import type { RoleKind } from './role.ts';

/** A leader's view of one member. */
export interface MemberStatus {
  readonly state: ProgressState;
  /** The last index that the member is known to hold durably. */
  readonly match: number;
  /** The next index to send to it. */
  readonly next: number;
  /** Heard since the leader last checked its quorum. */
  readonly recentActive: boolean;
}

export interface RaftStatus {
  readonly id: MemberId;
  readonly role: RoleKind;
  readonly term: number;
  /** `0n` when no leader is known. */
  readonly leader: MemberId;
  /** Who got the own vote in `term`, `0n` for nobody. */
  readonly votedFor: MemberId;
  readonly commit: number;
  readonly applied: number;
  readonly lastIndex: number;
  /** The last index that is durable on this member. */
  readonly durable: number;
  readonly configuration: Configuration;
  /** The member that leadership is being handed to, `0n` when it is not. */
  readonly transferee: MemberId;
  /** What a leader has accepted and not committed, in bytes; 0 elsewhere. */
  readonly uncommittedBytes: number;
  /** Empty unless this member leads. */
  readonly progress: ReadonlyMap<MemberId, MemberStatus>;
}

export function roleKind(core: RaftCore): RoleKind {
  const { kind } = core.role;
  return kind === 'follower' && isLearner(core.configuration, core.id) ? 'learner' : kind;
}

/** A copy: it does not change as the replica goes on. */
export function statusOf(core: RaftCore): RaftStatus {
  const { id, term, votedFor, leader, log, configuration, role } = core;
  const progress = new Map<MemberId, MemberStatus>();
  if (role.kind === 'leader') {
    for (const { id: member, state, match, next, recentActive } of role.progress.values()) {
      progress.set(member, { state, match, next, recentActive });
    }
  }
  return {
    id,
    role: roleKind(core),
    term,
    leader,
    votedFor,
    commit: log.commit,
    applied: log.applied,
    lastIndex: log.lastIndex,
    durable: log.durable,
    configuration,
    transferee: role.kind === 'leader' ? role.transferee : 0n,
    uncommittedBytes: role.kind === 'leader' ? role.uncommitted.bytes : 0,
    progress,
  };
}
