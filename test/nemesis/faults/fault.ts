/** A fault: something that happens to a cluster, and is over when its promise resolves. */
import type { Random } from '@concord/testing';
import type { Cluster } from '../../cluster/cluster.ts';

/** What a fault may know and do. */
export interface FaultContext {
  readonly cluster: Cluster;
  readonly random: Random;
  /** What faults are busy with at present, as `member 2`: no second one is to touch it. */
  readonly busy: Set<string>;
  /** The newest revision that the observer was told of. */
  observedRevision(): number;
  /** Number of the member that leads, as most recently known; undefined where nobody does. */
  leader(): Promise<number | undefined>;
  /** Waits, or less where the run is about to end. */
  wait(milliseconds: number): Promise<void>;
  /** A leader was killed now: how long until a write succeeds is of interest. */
  leaderKilled(): void;
}

/** A network that can be cut, a disk that can be filled, etcd's command line, a member whose wall clock can be set. */
export type Need = 'network' | 'small disk' | 'etcdctl' | 'wall clock';

export interface Fault {
  readonly name: string;
  /** What a machine may lack. */
  readonly needs?: Need;
  /** Resolves when it is over, with a description for the report; undefined where there was no opportunity. */
  inject(context: FaultContext): Promise<string | undefined>;
}

/**
 * Runs `body` with a member, or its line, that no other fault touches meanwhile; undefined where all candidates are
 * taken.
 */
export async function reserving(
  { busy, cluster }: FaultContext,
  candidates: readonly number[],
  body: (member: number) => Promise<string | undefined>,
  what: 'member' | 'line' = 'member',
): Promise<string | undefined> {
  const member = candidates.find(
    (number) => cluster.hasMember(number) && !busy.has(`${what} ${number}`),
  );
  if (member === undefined) return undefined;
  const name = `${what} ${member}`;
  busy.add(name);
  try {
    return await body(member);
  } finally {
    busy.delete(name);
  }
}

/** All members of the cluster in random order. */
export const anyMember = ({ cluster, random }: FaultContext): number[] =>
  random.shuffled(cluster.members.map(({ number }) => number));

/** The leader alone, where there is one. */
export async function leaderOnly(context: FaultContext): Promise<number[]> {
  const leader = await context.leader();
  return leader === undefined ? [] : [leader];
}

/** Everybody else, in random order. */
export async function followersOnly(context: FaultContext): Promise<number[]> {
  const leader = await context.leader();
  return anyMember(context).filter((number) => number !== leader);
}
