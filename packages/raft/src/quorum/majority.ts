/**
 * The arithmetic of one set of voters: what has a majority agreed on?
 *
 * Invariant: any two majorities of the same set have a member in common; everything that Raft
 * promises rests on this.
 */
import type { MemberId } from '../member-id.ts';

/** The answer to a vote so far. `lost`: too many refused for a majority to be possible any more. */
export type VoteOutcome = 'won' | 'lost' | 'pending';

/** Says how far a member has got, for instance the last index that it acknowledged. */
export type Acknowledged = (id: MemberId) => number;

/** Says how a member voted; `undefined` when it has not answered. */
export type Voted = (id: MemberId) => boolean | undefined;

/** How many of `count` voters are a majority. */
export function majoritySize(count: number): number {
  return Math.floor(count / 2) + 1;
}

/**
 * The highest value that a majority of the voters has reached. An empty set holds nothing back and
 * answers infinity, so that it disappears in the minimum which a joint configuration takes.
 */
export function majorityReached(voters: readonly MemberId[], acknowledged: Acknowledged): number {
  if (voters.length === 0) return Infinity;
  if (voters.length === 1) return acknowledged(voters[0] as MemberId);
  const descending = voters.map(acknowledged).sort((a, b) => b - a);
  return descending[majoritySize(voters.length) - 1] as number;
}

/** Counts the votes. An empty set never holds up the other half of a joint configuration. */
export function majorityOutcome(voters: readonly MemberId[], voted: Voted): VoteOutcome {
  if (voters.length === 0) return 'won';
  const needed = majoritySize(voters.length);
  let granted = 0;
  let missing = 0;
  for (const id of voters) {
    const vote = voted(id);
    if (vote === true) granted++;
    if (vote === undefined) missing++;
  }
  if (granted >= needed) return 'won';
  return granted + missing >= needed ? 'pending' : 'lost';
}
