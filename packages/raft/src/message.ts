/**
 * What replicas say to each other: a union with a literal `kind`, all fields readonly, so that a
 * message can sit in a queue, in a simulator or in a transcript without being copied.
 *
 * Every message carries the sender's term, except `pre-vote` and a granted `pre-vote-reply`, which
 * carry the term that the sender would move to (thesis §9.6).
 */
import type { Entry, EntryKind, LogPosition } from './entry.ts';
import type { MemberId } from './member-id.ts';
import type { Snapshot } from './snapshot.ts';

interface Envelope {
  readonly from: MemberId;
  readonly to: MemberId;
  readonly term: number;
}

/**
 * Elections tell what is committed. A member whose vote is needed and refused, or that needs votes
 * of members which have left since, may not know that the change is committed which would free it
 * from them; whoever holds the named position then learns it.
 */
interface Ballot extends Envelope {
  /** The last position that the sender knows to be committed. */
  readonly commit: LogPosition;
}

/** "Would you vote for me?": asked before a term is started, so that nobody is disturbed. */
export interface PreVoteRequest extends Ballot {
  readonly kind: 'pre-vote';
  /** Where the asker's log ends. */
  readonly last: LogPosition;
}

export interface PreVoteReply extends Ballot {
  readonly kind: 'pre-vote-reply';
  readonly granted: boolean;
}

/** RequestVote of Raft figure 2. */
export interface VoteRequest extends Ballot {
  readonly kind: 'vote';
  /** Where the candidate's log ends. */
  readonly last: LogPosition;
  /** The leader itself asked for this election, so its lease does not stand in the way. */
  readonly transfer: boolean;
}

export interface VoteReply extends Ballot {
  readonly kind: 'vote-reply';
  readonly granted: boolean;
}

/** AppendEntries of Raft figure 2; with no entries it only probes and tells the commit index. */
export interface AppendRequest extends Envelope {
  readonly kind: 'append';
  /** The position just before `entries`. */
  readonly previous: LogPosition;
  readonly entries: readonly Entry[];
  readonly commit: number;
}

/**
 * "What you hold up to this position is committed." Sent where an append would carry no entries. It is not answered:
 * one that is lost, or comes before the entries it speaks of, is made up for by the next append or heartbeat.
 */
export interface CommitNotice extends Envelope {
  readonly kind: 'commit';
  readonly commit: LogPosition;
}

/** "I hold your log up to `index`, durably." */
export interface AppendAccepted extends Envelope {
  readonly kind: 'append-reply';
  readonly accepted: true;
  readonly index: number;
}

/** "I do not hold `index`": the previous index of the refused append. */
export interface AppendRefused extends Envelope {
  readonly kind: 'append-reply';
  readonly accepted: false;
  readonly index: number;
  /**
   * Where the logs may still agree: the last position of the follower's log whose term is not above
   * the one it was asked about (Raft §5.3, "the conflicting term").
   */
  readonly hint: LogPosition;
}

export type AppendReply = AppendAccepted | AppendRefused;

export interface Heartbeat extends Envelope {
  readonly kind: 'heartbeat';
  /** Never beyond what the receiver has acknowledged: a heartbeat does not compare logs. */
  readonly commit: number;
  /** The newest read round, see `read-rounds.ts`. */
  readonly round: number;
}

export interface HeartbeatReply extends Envelope {
  readonly kind: 'heartbeat-reply';
  /** The round of the heartbeat that this answers. */
  readonly round: number;
}

/** InstallSnapshot of Raft §7; how `snapshot.data` travels is the transport's business. */
export interface SnapshotRequest extends Envelope {
  readonly kind: 'snapshot';
  readonly snapshot: Snapshot;
}

/** A follower asks the leader for an index at which a linearizable read may be served. */
export interface ReadIndexRequest extends Envelope {
  readonly kind: 'read-index';
  /** Chosen by the asker, unique over its restarts; only it may look into it. */
  readonly request: number;
}

export interface ReadIndexReply extends Envelope {
  readonly kind: 'read-index-reply';
  readonly request: number;
  readonly index: number;
}

/** The leader tells its chosen successor to start an election at once (thesis §3.10). */
export interface TimeoutNow extends Envelope {
  readonly kind: 'timeout-now';
}

/** A proposal that reached a follower, on its way to the leader. It is not answered. */
export interface ProposeForward extends Envelope {
  readonly kind: 'propose';
  readonly entryKind: EntryKind;
  readonly payloads: readonly Uint8Array[];
}

export type Message =
  | PreVoteRequest
  | PreVoteReply
  | VoteRequest
  | VoteReply
  | AppendRequest
  | AppendReply
  | CommitNotice
  | Heartbeat
  | HeartbeatReply
  | SnapshotRequest
  | ReadIndexRequest
  | ReadIndexReply
  | TimeoutNow
  | ProposeForward;
