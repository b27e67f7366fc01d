/** The flags that say which cluster a member belongs to, and how a new data directory learns of the others. */
import { addresses, initialCluster, integer, text, toggle } from './flag.ts';
import { FlagError } from './flag-error.ts';
import type { Flag } from './flag.ts';

type ClusterState = 'new' | 'existing';

/** Not `oneOf`: etcd words its refusal in its own way, whether the value stands in a flag or in a file. */
const clusterState: Flag<ClusterState> = {
  group: 'Clustering',
  help: 'Whether the cluster is new, or runs and was told of this member.',
  initial: 'new',
  value: 'new|existing',
  parse: (given) => {
    if (given === 'new' || given === 'existing') return given;
    throw new FlagError(`unexpected clusterState "${given}"; expected new or existing`);
  },
};

export const clusterFlags = {
  'initial-advertise-peer-urls': addresses(
    'Clustering',
    'http://localhost:2380',
    'Peer addresses that the other members are told; by default, and listening on 0.0.0.0, the host of the default route.',
  ),
  'advertise-client-urls': addresses(
    'Clustering',
    'http://localhost:2379',
    'Client addresses that clients are told; by default, and listening on 0.0.0.0, the host of the default route.',
  ),
  'initial-cluster': initialCluster(
    'Clustering',
    'Members of the cluster; this member alone when not given.',
  ),
  'initial-cluster-state': clusterState,
  'initial-cluster-token': text(
    'Clustering',
    'etcd-cluster',
    'TOKEN',
    'Tells clusters with equal addresses apart.',
  ),
  'force-new-cluster': toggle(
    'Clustering',
    false,
    'Make a cluster of this member alone out of its data, when the majority is lost for good.',
  ),
  'strict-reconfig-check': toggle(
    'Clustering',
    true,
    'Refuse changes of membership that would cost the majority.',
  ),
  'max-learners': integer('Clustering', 1, 'N', 'Learners that a cluster may have.', { min: 0 }),
  'pre-vote': toggle(
    'Clustering',
    true,
    'Ask for votes before raising the term, so that a returning member does not disturb.',
  ),
} as const;
