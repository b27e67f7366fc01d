/**
 * Who belongs to the cluster, and in what capacity (Raft §6, thesis chapter 4).
 *
 * While `votersOutgoing` is not empty the cluster is between two configurations (joint consensus):
 * elections and commitment need a majority of `voters` and a majority of `votersOutgoing`.
 *
 * Invariants: 1. the lists are sorted and hold nobody twice; 2. nobody is in `learners` and in
 * either list of voters; 3. `learnersNext` is a subset of `votersOutgoing` and is empty outside a
 * joint configuration, and so is `autoLeave` false; 4. `voters` is empty only before a member has
 * joined any cluster.
 */
import { assert } from '../assert.ts';
import { NOBODY } from '../member-id.ts';
import type { MemberId } from '../member-id.ts';

export interface Configuration {
  /** The voters; in a joint configuration the incoming ones. */
  readonly voters: readonly MemberId[];
  /** In a joint configuration the voters that are being left behind, otherwise empty. */
  readonly votersOutgoing: readonly MemberId[];
  /** Members that receive the log and neither vote nor count for commitment (thesis §4.2.1). */
  readonly learners: readonly MemberId[];
  /** Outgoing voters that become learners when the joint configuration is left. */
  readonly learnersNext: readonly MemberId[];
  /** Whether the leader leaves the joint configuration by itself as soon as it is applied. */
  readonly autoLeave: boolean;
}

/** A configuration of voters and learners that is not joint. */
export function createConfiguration(
  voters: readonly MemberId[],
  learners: readonly MemberId[] = [],
): Configuration {
  const configuration = {
    voters: sortedIds(voters),
    votersOutgoing: [],
    learners: sortedIds(learners),
    learnersNext: [],
    autoLeave: false,
  };
  assertValid(configuration);
  return configuration;
}

export function isJoint(configuration: Configuration): boolean {
  return configuration.votersOutgoing.length > 0;
}

/** Whether the member's vote counts, in either half of a joint configuration. */
export function isVoter(configuration: Configuration, id: MemberId): boolean {
  return configuration.voters.includes(id) || configuration.votersOutgoing.includes(id);
}

export function isLearner(configuration: Configuration, id: MemberId): boolean {
  return configuration.learners.includes(id);
}

/** Whether this member alone is a quorum, so that it need not ask anyone. */
export function isSoleVoter(configuration: Configuration, id: MemberId): boolean {
  return (
    configuration.voters.length === 1 && configuration.voters[0] === id && !isJoint(configuration)
  );
}

/** Everybody that receives the log, each once, in ascending order. */
export function membersOf(configuration: Configuration): readonly MemberId[] {
  const { voters, votersOutgoing, learners } = configuration;
  return sortedIds(new Set([...voters, ...votersOutgoing, ...learners]));
}

/** Everybody whose vote counts, each once, in ascending order. */
export function votersOf(configuration: Configuration): readonly MemberId[] {
  return sortedIds(new Set([...configuration.voters, ...configuration.votersOutgoing]));
}

/** Ascending order; `Array.prototype.sort` by itself would compare ids as text. */
export function sortedIds(ids: Iterable<MemberId>): readonly MemberId[] {
  return [...ids].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/**
 * Checks the invariants above. Whoever builds a configuration, or reads one from disk or wire,
 * calls this once; everybody else may take them as given.
 *
 * @throws AssertionError naming the invariant that is broken
 */
export function assertValid(configuration: Configuration): void {
  const { voters, votersOutgoing, learners, learnersNext, autoLeave } = configuration;
  for (const ids of [voters, votersOutgoing, learners, learnersNext]) {
    assert(!ids.includes(NOBODY), 'no member has the id zero');
    for (let i = 1; i < ids.length; i++) {
      assert((ids[i - 1] as MemberId) < (ids[i] as MemberId), 'member ids are sorted and distinct');
    }
  }
  assert(!learners.some((id) => isVoter(configuration, id)), 'no member is voter and learner');
  assert(
    learnersNext.every((id) => votersOutgoing.includes(id) && !voters.includes(id)),
    'a learner-to-be is an outgoing voter',
  );
  assert(isJoint(configuration) || !autoLeave, 'only a joint configuration leaves itself');
  assert(voters.length > 0 || membersOf(configuration).length === 0, 'a cluster has a voter');
}
