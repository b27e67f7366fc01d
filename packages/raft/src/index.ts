/** The Raft consensus algorithm as a pure state machine; see README.md and DESIGN.md. */
export { assert, assertNever, AssertionError } from './assert.ts';
export type { RaftConfig } from './config.ts';
export type { Entry, EntryKind, LogPosition } from './entry.ts';
export { ENTRY_OVERHEAD_BYTES, entriesBytes } from './entry-size.ts';
export type { HardState } from './hard-state.ts';
export type { TransferOutcome } from './leader.ts';
export { NOBODY } from './member-id.ts';
export type { MemberId } from './member-id.ts';
export { LEAVE_JOINT } from './membership/change.ts';
export type { MemberChange, MembershipChange, MembershipTransition } from './membership/change.ts';
export {
  decodeMembershipChange,
  encodeMembershipChange,
  MEMBER_CHANGES_MAX,
} from './membership/change-codec.ts';
export { changeConfiguration } from './membership/changer.ts';
export type { MembershipRefusal, MembershipResult } from './membership/changer.ts';
export {
  assertValid,
  createConfiguration,
  isJoint,
  isLearner,
  isVoter,
  membersOf,
  votersOf,
} from './membership/configuration.ts';
export type { Configuration } from './membership/configuration.ts';
export { MemoryLog } from './memory-log.ts';
export type { MemoryLogOptions } from './memory-log.ts';
export type {
  AppendAccepted,
  AppendRefused,
  AppendReply,
  AppendRequest,
  CommitNotice,
  Heartbeat,
  HeartbeatReply,
  Message,
  PreVoteReply,
  PreVoteRequest,
  ProposeForward,
  ReadIndexReply,
  ReadIndexRequest,
  SnapshotRequest,
  TimeoutNow,
  VoteReply,
  VoteRequest,
} from './message.ts';
export type {
  MembershipProposalRefusal,
  ProposalRefusal,
  ProposalRefused,
  Proposed,
  ProposeMembershipResult,
  ProposeResult,
} from './proposal.ts';
export { Raft } from './raft.ts';
export type { ReadIndexOutcome } from './raft.ts';
export type { RaftLog } from './raft-log.ts';
export type { ReadState, Ready, RoleChange } from './ready.ts';
export type { RoleKind } from './role.ts';
export type { Snapshot } from './snapshot.ts';
export type { MemberStatus, RaftStatus } from './status.ts';
export type { StepOutcome } from './step-outcome.ts';
