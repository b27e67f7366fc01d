/**
 * How a pod of a StatefulSet gets into its cluster. The set's members find each other by the names of their pods; what a
 * pod knows is its volume, the list that it was given, and what the others answer. Pure: the asking is done elsewhere.
 *
 * Invariant: a member that may have voted is never started again without its data under the same id. A pod that lost its
 * volume comes back as a new member, in the place of the one that it was.
 */
import { formatId, type Identity } from '../identity.ts';

/** A member as its cluster knows it. */
export interface KnownMember {
  readonly id: bigint;
  readonly peerUrls: readonly string[];
  /** Empty for one that has not started yet. */
  readonly clientUrls: readonly string[];
  readonly isLearner: boolean;
}

export interface KnownCluster {
  readonly clusterId: bigint;
  readonly members: readonly KnownMember[];
}

export interface Situation {
  /** Who this pod would be among the first members of the cluster. */
  readonly founder: Identity;
  /** Where the others reach this pod. */
  readonly peerUrls: readonly string[];
  /** `--initial-cluster-state`: whether the cluster may be one that begins now. */
  readonly state: 'new' | 'existing';
  /** Whose data the volume holds. */
  readonly held: Identity | undefined;
  /** The volume was used last by this very pod, not by one before it. */
  readonly isSamePod: boolean;
  /** What the others say; undefined where nobody answers. */
  readonly cluster: KnownCluster | undefined;
}

export type Admission =
  /** The volume says who this is. */
  | { readonly kind: 'go-on' }
  /** One of the first members of a new cluster. */
  | { readonly kind: 'found' }
  | {
      readonly kind: 'join';
      /** The member whose place this pod takes: its data is lost. */
      readonly replaces: bigint | undefined;
      /** The cluster has yet to be told of this pod. */
      readonly adds: boolean;
      /** The volume holds the data of a member that was removed. */
      readonly clears: boolean;
    }
  /** Nothing can be done now; it may be different soon. */
  | { readonly kind: 'wait'; readonly reason: string }
  /** Only a person can tell what should be. */
  | { readonly kind: 'refuse'; readonly reason: string };

export function admissionOf(situation: Situation): Admission {
  const { cluster, held, state } = situation;
  if (cluster !== undefined) {
    return held === undefined
      ? ofEmptyVolume(situation, cluster)
      : ofHeld(situation, held, cluster);
  }
  if (held !== undefined) return { kind: 'go-on' };
  if (state === 'new') return { kind: 'found' };
  const reason =
    'this volume is empty, the cluster is not new, and no other member answers: waiting for them';
  return { kind: 'wait', reason };
}

function ofHeld({ isSamePod }: Situation, held: Identity, cluster: KnownCluster): Admission {
  if (held.clusterId !== cluster.clusterId) {
    const reason =
      `this volume holds member ${formatId(held.memberId)} of cluster ${formatId(held.clusterId)}, and the others are ` +
      `cluster ${formatId(cluster.clusterId)}: delete this pod's volume claim if its data is of no use, or those of the others`;
    return { kind: 'refuse', reason };
  }
  if (cluster.members.some(({ id }) => id === held.memberId)) return { kind: 'go-on' };
  if (!isSamePod) return { kind: 'join', replaces: undefined, adds: true, clears: true };
  // Whoever removes a member makes the set smaller next: coming back in between would undo it.
  const reason = `member ${formatId(held.memberId)} was removed from the cluster: waiting for this pod to be deleted`;
  return { kind: 'wait', reason };
}

function ofEmptyVolume({ founder, peerUrls, state }: Situation, cluster: KnownCluster): Admission {
  const own = cluster.members.find((member) =>
    member.peerUrls.some((url) => peerUrls.includes(url)),
  );
  const join = { kind: 'join', replaces: undefined, adds: true, clears: false } as const;
  if (own === undefined) return join;
  if (own.clientUrls.length > 0) return { ...join, replaces: own.id };
  // The others are waiting for their first majority, and this pod is part of it.
  const isFounding = state === 'new' && own.id === founder.memberId;
  return isFounding && cluster.clusterId === founder.clusterId
    ? { kind: 'found' }
    : { ...join, adds: false };
}
