/**
 * A cluster that begins now. Every initial member computes the same ids from the same list and token, so that nobody
 * has to be asked; each makes sure only that it has not been a member before, under an id that others still count on.
 */
import { ConfigurationError } from '../config/command-line.ts';
import { peerUrlsByName, type ListedMember } from '../config/initial-cluster.ts';
import { clusterId, formatId, memberId } from '../identity.ts';
import type { InitialMember, NewCluster } from './bootstrap.ts';
import type { PeerClientTls } from './peer-request.ts';
import { askMembers } from './running-cluster.ts';

/** etcd's: a member that runs answers at once, and of a new cluster nobody else may run yet. */
const ALREADY_MEMBER_MS_MAX = 1000;

/** Throws `ConfigurationError` where two members come out with the same id. */
export function newCluster(
  name: string,
  listed: readonly ListedMember[],
  token: string,
): NewCluster {
  const members = new Map<bigint, InitialMember>();
  for (const [memberName, peerUrls] of peerUrlsByName(listed)) {
    const id = memberId(peerUrls, token);
    const twin = members.get(id);
    if (twin !== undefined) {
      throw new ConfigurationError(
        `member exists with identical ID ${formatId(id)}: ${twin.name} and ${memberName}; ` +
          'each member needs peer URLs of its own',
      );
    }
    if (id === 0n) throw new ConfigurationError(`cannot use 0 as member id, of ${memberName}`);
    members.set(id, { id, name: memberName, peerUrls, clientUrls: [], isLearner: false });
  }
  const byId = [...members.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const own = byId.find((member) => member.name === name);
  if (own === undefined) throw new Error(`"${name}" is not among the initial members`);
  const identity = { memberId: own.id, clusterId: clusterId([...members.keys()]) };
  return { kind: 'new', identity, members: byId };
}

/**
 * Throws `ConfigurationError` where another member knows this one as having run before: a second beginning, with
 * an empty log, could undo what the first has promised. Answers what should be said about peers of other clusters.
 */
export async function assertNotBootstrapped(
  { identity, members }: NewCluster,
  tls: PeerClientTls,
): Promise<readonly string[]> {
  const others = members.filter(({ id }) => id !== identity.memberId);
  const urls = others.flatMap(({ peerUrls }) => peerUrls).sort();
  const { answers } = await askMembers(urls, tls, ALREADY_MEMBER_MS_MAX);
  const id = formatId(identity.memberId);
  for (const { clusterId: runs, members: known, toldBy } of answers) {
    const self = known.find((member) => member.id === identity.memberId);
    // Its first members are noted before a cluster answers: who is not there has been removed since.
    if (self === undefined && runs === identity.clusterId) {
      throw new ConfigurationError(
        `member ${id} was removed from cluster ${formatId(runs)}, says ${toldBy}, and cannot come back under its ` +
          'id; to bring the machine back, use `etcdctl member add` and --initial-cluster-state existing',
      );
    }
    if (self === undefined || self.clientUrls.length === 0) continue;
    throw new ConfigurationError(
      `member ${id} has already been bootstrapped, says ${toldBy}; start it with the --data-dir that it had. ` +
        `If that is lost: \`etcdctl member remove ${id}\`, \`etcdctl member add ${self.name} ` +
        `--peer-urls=${self.peerUrls.join()}\`, and start it with --initial-cluster-state existing`,
    );
  }
  return answers
    .filter(({ clusterId: id }) => id !== identity.clusterId)
    .map(
      ({ clusterId: id, toldBy }) =>
        `${toldBy} runs cluster ${formatId(id)} already, and this member starts cluster ` +
        `${formatId(identity.clusterId)}: they will not accept each other. To join that cluster, use ` +
        '`etcdctl member add` and --initial-cluster-state existing',
    );
}
