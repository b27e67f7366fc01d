/**
 * Why a member could not join, in the words that etcd uses, followed by what its owner has to do. Pure: what was found
 * out goes in, a text comes out.
 */
import { peerUrlsByName, type ListedMember } from '../config/initial-cluster.ts';
import { formatId } from '../identity.ts';
import {
  describeCluster,
  type RunningCluster,
  type RunningMember,
  type Silence,
} from './running-cluster.ts';

/** No listed peer told about the cluster. */
export function explainSilence(silences: readonly Silence[]): string {
  const text =
    'cannot fetch cluster info from peer urls: could not retrieve cluster information from the given URLs';
  if (silences.length === 0) {
    return `${text}: --initial-cluster lists no other member; list the members of the running cluster too`;
  }
  const list = silences.map(({ url, reason }) => `${url} (${reason})`).join(', ');
  return (
    `${text}: ${list}; check that these are the peer URLs of running members and reachable from here, ` +
    'or leave out --initial-cluster-state existing to start a new cluster'
  );
}

/** The listed peers are not of one cluster. */
export function explainDifferentClusters(one: RunningCluster, other: RunningCluster): string {
  return (
    `cluster ID mismatch: ${one.toldBy} belongs to cluster ${formatId(one.clusterId)} and ${other.toldBy} to ` +
    `cluster ${formatId(other.clusterId)}; list members of the one to join in --initial-cluster`
  );
}

/** The list has more or fewer members than the cluster. */
export function explainUnequalCount(
  cluster: RunningCluster,
  name: string,
  listed: readonly ListedMember[],
): string {
  const urls = peerUrlsByName(listed);
  const known = new Set(cluster.members.flatMap(({ peerUrls }) => peerUrls));
  const unknown = [...urls].filter(([, list]) => !list.some((url) => known.has(url)));
  const text = `error validating peerURLs ${describeCluster(cluster)}: member count is unequal`;
  const counts = `--initial-cluster lists ${urls.size}, and the cluster has ${cluster.members.length}`;
  const own = urls.get(name) ?? [];
  for (const [shared, list] of urls) {
    const owners = cluster.members.filter(({ peerUrls }) =>
      peerUrls.some((url) => list.includes(url)),
    );
    if (owners.length < 2) continue;
    const places = owners
      .map(({ id, peerUrls }) => `${formatId(id)} at ${peerUrls.join()}`)
      .join(' and ');
    return `${text}: ${counts}, since it gives the name ${shared} to ${places}; give each member a name of its own`;
  }
  if (unknown.some(([unknownName]) => unknownName === name)) {
    return (
      `${text}: ${counts}, which was not told of this member; add it first, then start it: ` +
      `\`${memberAdd(cluster, name, own)}\``
    );
  }
  return `${text}: ${counts}; start this member with --initial-cluster ${listOf(cluster, listed)}`;
}

/** A member of the cluster has URLs that nobody in the list has. */
export function explainMismatch(
  cluster: RunningCluster,
  member: RunningMember,
  unclaimed: ReadonlyMap<string, readonly string[]>,
  reason: string | undefined,
): string {
  const id = formatId(member.id);
  const left = [...unclaimed].flatMap(([name, urls]) => urls.map((url) => `${name}=${url}`));
  return (
    `error validating peerURLs ${describeCluster(cluster)}: PeerURLs: no match found for existing member ` +
    `(${id}, [${member.peerUrls.join(' ')}]), last resolver error (${reason ?? 'none'}); ` +
    `--initial-cluster has ${left.join()} instead: correct the URL there, or, if the member has moved, say ` +
    `\`etcdctl member update ${id} --peer-urls=URL\``
  );
}

/** The command that tells the cluster of this member, ready to be pasted into a shell. */
function memberAdd(cluster: RunningCluster, name: string, peerUrls: readonly string[]): string {
  const endpoints = cluster.members.flatMap(({ clientUrls }) => clientUrls);
  const at = endpoints.length > 0 ? ` --endpoints=${quoted(endpoints.join())}` : '';
  return `etcdctl${at} member add ${quoted(name)} --peer-urls=${quoted(peerUrls.join())}`;
}

/** The `--initial-cluster` that fits the cluster; a member without a name has not started, and keeps the listed one. */
function listOf(cluster: RunningCluster, listed: readonly ListedMember[]): string {
  const listedName = (url: string): string | undefined =>
    listed.find(({ peerUrl }) => peerUrl === url)?.name;
  return cluster.members
    .flatMap(({ name, peerUrls }) =>
      peerUrls.map((url) => `${name || (listedName(url) ?? 'NAME')}=${url}`),
    )
    .sort()
    .join();
}

const quoted = (word: string): string =>
  /^[\w@%+=:,./[\]-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
