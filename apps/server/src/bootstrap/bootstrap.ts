/**
 * How a member with an empty data directory learns who it is and who else there is, as etcd does it: from a list
 * (`--initial-cluster`), from DNS (`--discovery-srv`), from a cluster that runs (`--discovery-endpoints`), or from the
 * cluster that it joins (`--initial-cluster-state existing`).
 */
import { ConfigurationError } from '../config/command-line.ts';
import type { Configuration } from '../config/configuration.ts';
import { formatInitialCluster } from '../config/initial-cluster.ts';
import { formatId, type Identity } from '../identity.ts';
import type { PeerTls } from '../peer/peer-tls.ts';
import { discoverMembers } from './discovery.ts';
import { joinCluster } from './join.ts';
import { assertDistinctUrls, assertListsOwnName, assertListsOwnUrls } from './listing.ts';
import { assertNotBootstrapped, newCluster } from './new-cluster.ts';
import { systemResolver, type Resolver } from './resolver.ts';
import { describeMembers, lookUpMembers } from './srv-records.ts';
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

/** A new cluster: every initial member computes the same. */
export interface NewCluster {
  readonly kind: 'new';
  readonly identity: Identity;
  readonly members: readonly InitialMember[];
}

/** A cluster that runs already, which was told of this member by a member-add. */
export interface JoinedCluster {
  readonly kind: 'join';
  readonly identity: Identity;
  readonly members: readonly InitialMember[];
}

export type Bootstrap = NewCluster | JoinedCluster;

/** What bootstrap has to tell while it waits for others. */
export interface BootstrapLog {
  info(message: string): void;
  warn(message: string): void;
}

export interface BootstrapWorld {
  readonly log: BootstrapLog;
  /** Ends the wait for other members, which may be long; default: never. */
  readonly signal?: AbortSignal;
  /** Default: the system's. */
  readonly resolver?: Resolver;
  /** Certificates for `https` peer URLs; default: none to show, and the machine's authorities. */
  readonly peerTls?: Pick<PeerTls, 'dial'>;
}

/**
 * Call for a data directory that is new; a used one wins over everything here (`ignoredFlags`). Throws
 * `ConfigurationError` that says what does not fit and what to do.
 */
export async function bootstrap(
  configuration: Configuration,
  {
    log,
    signal = new AbortController().signal,
    resolver = systemResolver,
    peerTls,
  }: BootstrapWorld,
): Promise<Bootstrap> {
  const { values } = configuration;
  const { name } = values;
  if (values['force-new-cluster']) log.warn(nothingToForce(configuration));
  const tls = peerTls?.dial() ?? {};
  const matcher = new UrlMatcher(resolver);
  const isDiscovered = values['discovery-endpoints'] !== '';
  let listed = configuration.initialCluster;
  if (values['discovery-srv'] !== '') {
    listed = await lookUpMembers(values, resolver);
    log.info(describeMembers(listed));
  }
  if (values['initial-cluster-state'] === 'existing') {
    if (isDiscovered) throw new ConfigurationError(DISCOVERS_AND_JOINS);
    const joined = await joinCluster({ name, listed, tls, matcher });
    const self = joined.members.find(({ id }) => id === joined.identity.memberId);
    if (self !== undefined && self.clientUrls.length > 0) log.warn(hasRunBefore(self));
    return joined;
  }
  assertListsOwnName(name, listed);
  await assertListsOwnUrls(values, listed, matcher);
  assertDistinctUrls(listed, 'initial');
  if (isDiscovered) {
    listed = await discoverMembers(values, listed, { log, signal });
    assertDistinctUrls(listed, 'discovery');
    log.info(`discovery found ${formatInitialCluster(listed)}`);
  }
  const token = values[isDiscovered ? 'discovery-token' : 'initial-cluster-token'];
  const founded = newCluster(name, listed, token);
  for (const warning of await assertNotBootstrapped(founded, tls)) log.warn(warning);
  return values['discovery-srv'] === '' ? founded : withoutNames(founded);
}

const DISCOVERS_AND_JOINS =
  'discovery URL should not be set when joining existing initial cluster; leave out --discovery-endpoints and ' +
  '--discovery-token, and list the members with --initial-cluster';

/** DNS knows none: the numbers that stand for them differ from member to member, and what members compute must not. */
const withoutNames = (founded: NewCluster): NewCluster => ({
  ...founded,
  members: founded.members.map((member) => ({ ...member, name: '' })),
});

/** Easily a mistyped directory, and then the data that is to be saved is elsewhere. */
const nothingToForce = ({ dataDirectory }: Configuration): string =>
  `--force-new-cluster has no effect: ${dataDirectory} is new, and so is the cluster; it is meant for the data of a ` +
  'member that is left of a cluster: check --data-dir';

/** etcd lets it pass, and so do scripts that rely on it; but it may vote twice in a term that it voted in before. */
const hasRunBefore = ({ id, name, peerUrls }: InitialMember): string =>
  `member ${formatId(id)} has run before, and this data directory is empty: what it promised then is forgotten, and ` +
  `may be lost. The safe way is \`etcdctl member remove ${formatId(id)}\`, \`etcdctl member add ${name} ` +
  `--peer-urls=${peerUrls.join()}\`, and to start it anew`;
