/**
 * A member that joins a cluster which runs already. The cluster was told of it by a member-add, so it knows the id of
 * this member: ask the other listed members, find oneself in their list by one's peer URLs.
 *
 * Invariant: a member never guesses its id or its cluster here. Whatever does not fit is told, with what to do.
 */
import { ConfigurationError } from '../config/command-line.ts';
import { peerUrlsByName, type ListedMember } from '../config/initial-cluster.ts';
import type { JoinedCluster } from './bootstrap.ts';
import {
  explainDifferentClusters,
  explainMismatch,
  explainSilence,
  explainUnequalCount,
} from './join-diagnosis.ts';
import { assertDistinctUrls, assertListsOwnName } from './listing.ts';
import type { PeerClientTls } from './peer-request.ts';
import { explainIncompatibility } from './peer-version.ts';
import { askMembers, type RunningCluster, type RunningMember } from './running-cluster.ts';
import type { UrlMatcher } from './url-match.ts';

export interface JoinRequest {
  readonly name: string;
  readonly listed: readonly ListedMember[];
  readonly tls: PeerClientTls;
  readonly matcher: UrlMatcher;
}

/** Throws `ConfigurationError`. */
export async function joinCluster(request: JoinRequest): Promise<JoinedCluster> {
  const { name, listed, tls } = request;
  assertListsOwnName(name, listed);
  assertDistinctUrls(listed, 'initial');
  const others = listed.filter((member) => member.name !== name);
  const { answers, silences } = await askMembers(others.map(({ peerUrl }) => peerUrl).sort(), tls);
  const first = answers[0];
  if (first === undefined) throw new ConfigurationError(explainSilence(silences));
  const stranger = answers.find(({ clusterId }) => clusterId !== first.clusterId);
  if (stranger !== undefined) {
    throw new ConfigurationError(explainDifferentClusters(first, stranger));
  }
  const { cluster, own } = await firstThatKnows(answers, request);
  const incompatibility = await explainIncompatibility(cluster, own.id, tls);
  if (incompatibility !== undefined) throw new ConfigurationError(incompatibility);
  const { clusterId, members } = cluster;
  return {
    kind: 'join',
    identity: { memberId: own.id, clusterId },
    members: members.map((member) => (member.id === own.id ? { ...member, name } : member)),
  };
}

/** A member that is behind, or cut off, has not heard of this one yet: that one of them has is enough. */
async function firstThatKnows(
  answers: readonly RunningCluster[],
  request: JoinRequest,
): Promise<{ cluster: RunningCluster; own: RunningMember }> {
  let refusal: unknown;
  for (const cluster of answers) {
    try {
      return { cluster, own: await findSelf(cluster, request) };
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      refusal ??= error;
    }
  }
  throw refusal;
}

/** Every running member must be listed, and nobody else: etcd's guard against joining the wrong cluster. */
async function findSelf(
  cluster: RunningCluster,
  { name, listed, matcher }: JoinRequest,
): Promise<RunningMember> {
  const unclaimed = new Map(peerUrlsByName(listed));
  if (unclaimed.size !== cluster.members.length) {
    throw new ConfigurationError(explainUnequalCount(cluster, name, listed));
  }
  const nameOf = new Map<bigint, string>();
  const claim = (member: RunningMember, listedName: string): void => {
    unclaimed.delete(listedName);
    nameOf.set(member.id, listedName);
  };
  // What is the same to the letter needs no DNS: a name that does not resolve must not hold up a join.
  for (const member of cluster.members) {
    const same = [...unclaimed].find(([, urls]) => matcher.isSameText(urls, member.peerUrls));
    if (same !== undefined) claim(member, same[0]);
  }
  for (const member of cluster.members) {
    if (nameOf.has(member.id)) continue;
    let reason: string | undefined;
    for (const [listedName, urls] of unclaimed) {
      reason = await matcher.compare(member.peerUrls, urls);
      if (reason !== undefined) continue;
      claim(member, listedName);
      break;
    }
    if (!nameOf.has(member.id)) {
      throw new ConfigurationError(explainMismatch(cluster, member, unclaimed, reason));
    }
  }
  const own = cluster.members.find(({ id }) => nameOf.get(id) === name);
  if (own === undefined) throw new Error('as many members are listed as run, and each was matched');
  return own;
}
