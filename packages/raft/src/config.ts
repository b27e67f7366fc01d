/**
 * What a replica is told once, when it is made. Time is counted in ticks, whose length only the
 * caller knows, and chance comes in through `random`: given the same calls, a replica always does
 * the same.
 */
import { assert } from './assert.ts';
import { NOBODY } from './member-id.ts';
import type { MemberId } from './member-id.ts';

export interface RaftConfig {
  /** The own id: any unsigned 64-bit number but zero. */
  readonly id: MemberId;
  /**
   * A uniformly distributed number in [0, 1), as `Math.random` gives; a simulator hands in a seeded
   * one. It spreads election timeouts and tells forwarded reads of two incarnations apart.
   */
  readonly random: () => number;
  /**
   * How long a follower waits for a leader before it stands for election, in ticks; drawn anew from
   * [electionTicks, 2 * electionTicks) each time (Raft §5.2). Default 10.
   */
  readonly electionTicks?: number;
  /** How often a leader makes itself heard, in ticks; well below `electionTicks`. Default 1. */
  readonly heartbeatTicks?: number;
  /**
   * Ask whether an election could be won before a term is started (thesis §9.6), so that a member
   * that comes back from a partition disturbs nobody. Default true.
   */
  readonly preVote?: boolean;
  /**
   * A leader that has not heard a quorum for `electionTicks` steps down, and followers that hear a
   * leader ignore candidates (thesis §6.2 and §4.2.3). Default true.
   */
  readonly checkQuorum?: boolean;
  /** How many appends a follower may owe an answer to. Default 256. */
  readonly inflightMessagesMax?: number;
  /** How many bytes of entries a follower may owe an answer to. Default 64 MiB. */
  readonly inflightBytesMax?: number;
  /**
   * How many bytes of entries one append carries, unless its first entry alone is bigger. Default
   * 1 MiB: large enough to fill a network round trip, small enough not to hold up a heartbeat.
   */
  readonly appendBytesMax?: number;
  /** How many bytes of entries one Ready hands to the state machine. Default 4 MiB. */
  readonly committedBytesMax?: number;
  /**
   * How many bytes a leader accepts beyond what is committed; bounds what a leader without a quorum
   * gathers in memory. Default 256 MiB.
   */
  readonly uncommittedBytesMax?: number;
  /** How many reads may wait for their index. Default 65,536. */
  readonly pendingReadsMax?: number;
}

/** A configuration with all its defaults filled in. */
export type ResolvedRaftConfig = Required<RaftConfig>;

const MEBIBYTE = 1 << 20;

/**
 * Fills in the defaults and checks what does not depend on anything else.
 *
 * @throws AssertionError naming the value that cannot work
 */
export function resolveConfig(config: RaftConfig): ResolvedRaftConfig {
  const resolved: ResolvedRaftConfig = {
    id: config.id,
    random: config.random,
    electionTicks: config.electionTicks ?? 10,
    heartbeatTicks: config.heartbeatTicks ?? 1,
    preVote: config.preVote ?? true,
    checkQuorum: config.checkQuorum ?? true,
    inflightMessagesMax: config.inflightMessagesMax ?? 256,
    inflightBytesMax: config.inflightBytesMax ?? 64 * MEBIBYTE,
    appendBytesMax: config.appendBytesMax ?? MEBIBYTE,
    committedBytesMax: config.committedBytesMax ?? 4 * MEBIBYTE,
    uncommittedBytesMax: config.uncommittedBytesMax ?? 256 * MEBIBYTE,
    pendingReadsMax: config.pendingReadsMax ?? 65_536,
  };
  assert(resolved.id !== NOBODY, 'a member has an id other than zero');
  assert(resolved.heartbeatTicks >= 1, 'heartbeatTicks is at least 1');
  assert(
    resolved.electionTicks > resolved.heartbeatTicks,
    'electionTicks is greater than heartbeatTicks',
  );
  assert(resolved.inflightMessagesMax >= 1, 'inflightMessagesMax is at least 1');
  return resolved;
}
