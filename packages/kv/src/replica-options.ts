/** What a replica is told once, when it is made: who it is, its limits, and what was found on disk. */
import type { Entry, HardState, LogPosition, RaftConfig } from '@concord/raft';
import type { MembershipRules } from './membership-changes.ts';

export interface ReplicaOptions {
  readonly clusterId: bigint;
  readonly memberId: bigint;
  /** Who the replica is and where its chance comes from, Raft is told by the replica. */
  readonly raft: Omit<RaftConfig, 'id' | 'random'>;
  /** How long a request waits for its answer. etcd: 5 s and two election timeouts. */
  readonly requestTimeoutMs: number;
  readonly electionTimeoutMs: number;
  /** Applied entries that stay in memory for followers that are a little behind. */
  readonly logEntriesKept: number;
  readonly membership: MembershipRules;
  /** Time between progress notices to watches that ask for them. */
  readonly progressNotifyMs: number;
  /** How long a simple token lives without being used. Default: 5 minutes, as etcd's. */
  readonly tokenTtlMs?: number;
  /** From this size on a watch response is cut, for watches that take fragments. */
  readonly fragmentBytes: number;
}

/** What the log on disk held: everything after what the store has applied, and perhaps some before. */
export interface RecoveredState {
  readonly hardState: HardState;
  /** The position that the first of `entries` follows; not after what the store has applied. */
  readonly base: LogPosition;
  readonly entries: readonly Entry[];
}
