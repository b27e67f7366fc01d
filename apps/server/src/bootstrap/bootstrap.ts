/**
 * How a member with an empty data directory learns who it is and who else there is, as etcd does it: from a list
 * (`--initial-cluster`), from DNS (`--discovery-srv`), from a cluster that runs (`--discovery-endpoints`), or from the
 * cluster that it joins (`--initial-cluster-state existing`).
 */
import type { Configuration } from '../config/configuration.ts';
import { formatId, type Identity } from '../identity.ts';
import { joinCluster } from './join.ts';
import { assertDistinctUrls, assertListsOwnName, assertListsOwnUrls } from './listing.ts';
import { assertNotBootstrapped, foundCluster } from './new-cluster.ts';
import { readPeerTls } from './peer-request.ts';
import { systemResolver, type Resolver } from './resolver.ts';
import { UrlMatcher } from './url-match.ts';

export interface InitialMember {
  readonly id: bigint;
  /** Empty where the others cannot know it: for a member that has not started yet. */
  readonly name: string;
  readonly peerUrls: readonly string[];
  /** Empty for members of a new cluster: each publishes its own. */
  readonly clientUrls: readonly string[];
  readonly isLearner: boolean;
}

export type Bootstrap =
  /** A new cluster: every initial member computes the same. */
  | {
      readonly kind: 'new';
      readonly identity: Identity;
      readonly members: readonly InitialMember[];
    }
  /** A cluster that runs already, which was told of this member by a member-add. */
  | {
      readonly kind: 'join';
      readonly identity: Identity;
      readonly members: readonly InitialMember[];
    };

/** What bootstrap has to tell while it waits for others. */
export interface BootstrapLog {
  info(message: string): void;
  warn(message: string): void;
}

export interface BootstrapWorld {
  readonly log: BootstrapLog;
  /** Default: the system's. */
  readonly resolver?: Resolver;
}

/**
 * Call for a data directory that is new; a used one wins over everything here (`ignoredFlags`). Throws
 * `ConfigurationError` that says what does not fit and what to do.
 */
export async function bootstrap(
  { values, initialCluster: listed }: Configuration,
  { log, resolver = systemResolver }: BootstrapWorld,
): Promise<Bootstrap> {
  const { name } = values;
  const tls = readPeerTls(values);
  const matcher = new UrlMatcher(resolver);
  if (values['initial-cluster-state'] === 'existing') {
    const joined = await joinCluster({ name, listed, tls, matcher });
    const self = joined.members.find(({ id }) => id === joined.identity.memberId);
    if (self !== undefined && self.clientUrls.length > 0) log.warn(hasRunBefore(self));
    return joined;
  }
  assertListsOwnName(name, listed);
  await assertListsOwnUrls(values, listed, matcher);
  assertDistinctUrls(listed, 'initial');
  const founded = foundCluster(name, listed, values['initial-cluster-token']);
  for (const warning of await assertNotBootstrapped(founded, tls)) log.warn(warning);
  return founded;
}

/** etcd lets it pass, and so do scripts that rely on it; but it may vote twice in a term that it voted in before. */
const hasRunBefore = ({ id, name, peerUrls }: InitialMember): string =>
  `member ${formatId(id)} has run before, and this data directory is empty: what it promised then is forgotten, and ` +
  `may be lost. The safe way is \`etcdctl member remove ${formatId(id)}\`, \`etcdctl member add ${name} ` +
  `--peer-urls=${peerUrls.join()}\`, and to start it anew`;
