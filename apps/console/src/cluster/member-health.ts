/** How a member is doing, from what it said of itself and what the others are at. */

export interface MemberSample {
  readonly isLearner?: boolean;
  readonly raftIndex?: number;
  readonly errors?: readonly string[];
  /** Undefined: it did not answer. */
  readonly latencyMs?: number;
}

export type MemberHealth = 'well' | 'behind' | 'troubled' | 'away';

/** Entries that a member may be behind without anybody noticing: a few round trips of a busy cluster. */
const LAG_NOTICED = 1_000;

/** Entries between a member and the one that is furthest. */
export const lagOf = (member: MemberSample, all: readonly MemberSample[]): number | undefined =>
  member.raftIndex === undefined
    ? undefined
    : Math.max(...all.map(({ raftIndex = 0 }) => raftIndex)) - member.raftIndex;

export function healthOf(member: MemberSample, all: readonly MemberSample[]): MemberHealth {
  if (member.raftIndex === undefined) return 'away';
  if ((member.errors?.length ?? 0) > 0) return 'troubled';
  return lagOf(member, all)! > LAG_NOTICED ? 'behind' : 'well';
}

/** How the cluster stands when `removed` more members that vote are gone. */
export function quorumWithout(
  voters: number,
  answering: number,
  removed: number,
): { readonly needed: number; readonly left: number; readonly holds: boolean } {
  const needed = Math.floor((voters - removed) / 2) + 1;
  const left = answering - removed;
  return { needed, left, holds: voters - removed > 0 && left >= needed };
}
