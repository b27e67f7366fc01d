/** Who this member is, by the flags that name all initial members. */
import { clusterId, memberId, type Identity } from '@concord/storage';
import type { ListedMember } from './config/initial-cluster.ts';

export { clusterId, formatId, memberId, type Identity } from '@concord/storage';

export function identify(
  name: string,
  initialCluster: readonly ListedMember[],
  token: string,
): Identity {
  const urls = Map.groupBy(initialCluster, (member) => member.name);
  const ids = new Map(
    [...urls].map(([member, listed]) => [
      member,
      memberId(
        listed.map(({ peerUrl }) => peerUrl),
        token,
      ),
    ]),
  );
  const own = ids.get(name);
  if (own === undefined) throw new Error(`"${name}" is not among the initial members`);
  return { memberId: own, clusterId: clusterId([...ids.values()]) };
}
