/** What a replica is told once, when it is made: who it is, its limits, and what was found on disk. */
import type { Configuration, Entry, HardState, RaftConfig } from '@concord/raft';

export interface ReplicaOptions {
  readonly clusterId: bigint;
  readonly memberId: bigint;
  readonly raft: Pick<RaftConfig, 'electionTicks' | 'heartbeatTicks' | 'preVote'>;
  /** How long a request waits for its answer. etcd: 5 s and two election timeouts. */
  readonly requestTimeoutMs: number;
  readonly electionTimeoutMs: number;
  /** Applied entries that stay in memory for followers that are a little behind. */
  readonly logEntriesKept: number;
  /** Time between progress notices to watches that ask for them. */
  readonly progressNotifyMs: number;
  /** From this size on a watch response is cut, for watches that take fragments. */
  readonly fragmentBytes: number;
}

/** What the log on disk held: everything after what the store has applied. */
export interface RecoveredState {
  readonly hardState: HardState;
  readonly configuration: Configuration;
  readonly entries: readonly Entry[];
}
