/**
 * A data directory that has been used knows its member and cluster, and wins over every flag of bootstrap. A flag that
 * says something else is a misunderstanding that its owner should hear of.
 */
import type { Configuration } from '../config/configuration.ts';
import { formatId, identify, type Identity } from '../identity.ts';

/** What to warn of, each a sentence. */
export function ignoredFlags(
  { values, dataDirectory, initialCluster }: Configuration,
  identity: Identity,
): readonly string[] {
  const holds = `${dataDirectory} holds member ${formatId(identity.memberId)} of cluster ${formatId(identity.clusterId)}`;
  if (values['discovery-endpoints'] !== '' || values['discovery-srv'] !== '') {
    return [`discovery token is ignored since cluster already initialized: ${holds}`];
  }
  // A member that joined later got its id from the cluster, and membership changes: then the flags tell nothing.
  const tells = values['initial-cluster'].length > 0 && values['initial-cluster-state'] === 'new';
  if (!tells || !initialCluster.some(({ name }) => name === values.name)) return [];
  const described = identify(values.name, initialCluster, values['initial-cluster-token']);
  if (described.clusterId === identity.clusterId) return [];
  return [
    `--initial-cluster and --initial-cluster-token are ignored: they describe member ` +
      `${formatId(described.memberId)} of cluster ${formatId(described.clusterId)}, and ${holds}. ` +
      'To start that other cluster, give it a --data-dir of its own',
  ];
}
