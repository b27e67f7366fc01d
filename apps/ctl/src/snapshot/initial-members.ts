/**
 * The members of the cluster that a restoration founds, by the flags that the restoration of each of them gets alike.
 * What does not fit is refused in etcdutl's words.
 */
import { Member } from '@concord/protocol';
import { clusterId, formatId, memberId, type Identity } from '@concord/storage';
import { CommandError } from '../command-error.ts';
import { checkPeerUrl } from '../peer-url.ts';

export interface InitialMemberFlags {
  readonly name: string;
  readonly 'initial-cluster': string;
  readonly 'initial-cluster-token': string;
  readonly 'initial-advertise-peer-urls': string;
}

export interface InitialMembers {
  readonly identity: Identity;
  readonly members: readonly Member[];
}

/** Throws `CommandError`. */
export function initialMembers(flags: InitialMemberFlags): InitialMembers {
  const advertised = parseUrls(flags['initial-advertise-peer-urls'].split(','));
  const urls = parseCluster(flags['initial-cluster']);
  const own = urls.get(flags.name);
  if (own === undefined) {
    throw new CommandError(
      `couldn't find local name "${flags.name}" in the initial cluster configuration`,
    );
  }
  assertAdvertised(flags.name, own, advertised);
  assertNoDuplicate(urls);
  const members = new Map<bigint, Member>();
  for (const [name, peerURLs] of urls) {
    const ID = memberId(peerURLs, flags['initial-cluster-token']);
    if (members.has(ID)) throw new CommandError(`member exists with identical ID ${formatId(ID)}`);
    if (ID === 0n) throw new CommandError('cannot use 0 as member id');
    members.set(ID, Member.create({ ID, name, peerURLs: [...peerURLs] }));
  }
  const ids = [...members.keys()];
  const ownId = memberId(own, flags['initial-cluster-token']);
  return {
    identity: { memberId: ownId, clusterId: clusterId(ids) },
    members: [...members.values()].sort((a, b) => (a.ID < b.ID ? -1 : 1)),
  };
}

/** The URLs of each name, sorted. */
function parseCluster(given: string): ReadonlyMap<string, readonly string[]> {
  const texts = new Map<string, string[]>();
  for (const pair of given.split(',').filter((text) => text !== '')) {
    const [name = '', url = ''] = pair.split(/=(.*)/s);
    texts.set(name, [...(texts.get(name) ?? []), url]);
  }
  return new Map([...texts].map(([name, urls]) => [name, parseUrls(urls)]));
}

function parseUrls(given: readonly string[]): readonly string[] {
  return given.map((text) => checkPeerUrl(text.trim())).sort();
}

/** The two lists of this member's URLs must be the same, letter by letter: names are not resolved here. */
function assertAdvertised(
  name: string,
  listed: readonly string[],
  advertised: readonly string[],
): void {
  const unadvertised = listed.filter((url) => !advertised.includes(url));
  if (unadvertised.length > 0) {
    const missing = unadvertised.map((url) => `${name}=${url}`).join();
    throw new CommandError(
      `--initial-cluster has ${missing} but missing from --initial-advertise-peer-urls=${advertised.join()}`,
    );
  }
  const unlisted = advertised.filter((url) => !listed.includes(url));
  if (unlisted.length > 0) {
    const cluster = advertised.map((url) => `${name}=${url}`).join();
    throw new CommandError(
      `--initial-advertise-peer-urls has ${unlisted.join()} but missing from --initial-cluster=${cluster}`,
    );
  }
}

function assertNoDuplicate(urls: ReadonlyMap<string, readonly string[]>): void {
  const all = [...urls.values()].flat();
  if (new Set(all).size === all.length) return;
  const cluster = [...urls].flatMap(([name, own]) => own.map((url) => `${name}=${url}`)).sort();
  throw new CommandError(`initial cluster ${cluster.join()} has duplicate url`);
}
