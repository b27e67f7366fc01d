/** What becomes of the majority when a member goes. */

export interface Voter {
  readonly id: string;
  readonly isLearner: boolean;
  readonly state: 'healthy' | 'unreachable' | 'leaderless' | 'not-started';
}

export interface QuorumAfter {
  /** Members that must answer. */
  readonly needed: number;
  /** Members that do. */
  readonly left: number;
  readonly holds: boolean;
  /** Whether one more may fail then. */
  readonly spare: number;
}

/** How many of so many voters must answer. */
export const majorityOf = (voters: number): number => Math.floor(voters / 2) + 1;

export function quorumWithout(members: readonly Voter[], removed: string): QuorumAfter {
  const voters = members.filter(({ isLearner, id }) => !isLearner && id !== removed);
  const left = voters.filter(({ state }) => state === 'healthy' || state === 'leaderless').length;
  const needed = majorityOf(voters.length);
  return { needed, left, holds: left >= needed, spare: Math.max(0, left - needed) };
}
