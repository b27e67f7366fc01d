/**
 * Can this member live in that cluster? Members of one cluster speak Concord's own protocol among each other, so a
 * member of etcd's is no company, however alike they are to clients; nor is a cluster of a newer version.
 */
import { formatId } from '../identity.ts';
import { CLUSTER_VERSION } from '../version.ts';
import { askPeer, type PeerClientTls } from './peer-request.ts';
import type { RunningCluster } from './running-cluster.ts';

/** A member that runs answers at once; one that does not is no reason to stay out. */
const ANSWER_MS_MAX = 2000;

export interface Versions {
  readonly etcdserver?: string;
  readonly etcdcluster?: string;
  /** Concord's own version: only Concord has it. */
  readonly concord?: string;
}

/** The reason why not, or undefined. Does not reject: who does not answer is not judged. */
export async function explainIncompatibility(
  { members }: RunningCluster,
  ownId: bigint,
  tls: PeerClientTls,
): Promise<string | undefined> {
  const others = members.filter(({ id }) => id !== ownId);
  const reasons = await Promise.all(
    others.map(async ({ id, peerUrls }) => {
      const versions = await askVersions(peerUrls, tls);
      return versions && judge(versions, `member ${formatId(id)} at ${peerUrls.join()}`);
    }),
  );
  return reasons.find((reason) => reason !== undefined);
}

/** Pure: what one member's versions mean for joining its cluster. */
export function judge(
  { etcdserver, etcdcluster, concord }: Versions,
  who: string,
): string | undefined {
  const text = 'incompatible with current running cluster';
  if (concord === undefined) {
    return (
      `${text}: ${who} is etcd ${etcdserver ?? '(unknown version)'}, and Concord joins clusters of Concord; ` +
      'start a new cluster, and bring the data over with `etcdctl make-mirror`'
    );
  }
  if (etcdcluster !== undefined && isNewer(etcdcluster, CLUSTER_VERSION)) {
    return (
      `${text}: ${who} says that the cluster has version ${etcdcluster}, and this member knows versions up to ` +
      `${CLUSTER_VERSION}; start it with the version that the other members run`
    );
  }
  return undefined;
}

/** By major and minor; a cluster that has not decided its version yet is not newer. */
function isNewer(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [thanMajor = 0, thanMinor = 0] = than.split('.').map(Number);
  return major > thanMajor || (major === thanMajor && minor > thanMinor);
}

async function askVersions(
  urls: readonly string[],
  tls: PeerClientTls,
): Promise<Versions | undefined> {
  for (const url of urls) {
    try {
      const answer = await askPeer(`${url}/version`, tls, AbortSignal.timeout(ANSWER_MS_MAX));
      const versions = answer.status === 200 ? parseVersions(answer.body) : undefined;
      if (versions !== undefined) return versions;
    } catch {
      // The next URL may answer; a member that is down is not judged.
    }
  }
  return undefined;
}

/** undefined where the answer is no member's. Throws where it is no JSON. */
function parseVersions(body: string): Versions | undefined {
  const content: unknown = JSON.parse(body);
  if (typeof content !== 'object' || content === null || !('etcdserver' in content)) {
    return undefined;
  }
  // Every field is read as a text and nothing else.
  return Object.fromEntries(Object.entries(content).map(([name, text]) => [name, String(text)]));
}
