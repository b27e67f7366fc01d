/**
 * The members of a cluster as etcd writes them, `NAME=URL,NAME=URL`: a name stands once for each URL of its member.
 * The same notation is used by `--initial-cluster` and by members that register with a discovery service.
 *
 * Invariant: a URL keeps the characters that its owner wrote, because member ids are derived from them.
 */
import { parseAddress } from './address.ts';
import { FlagError } from './flag-error.ts';

export interface ListedMember {
  readonly name: string;
  readonly peerUrl: string;
}

/** Throws `FlagError`. An empty text is an empty list. */
export function parseInitialCluster(given: string): readonly ListedMember[] {
  if (given.trim() === '') return [];
  return given.split(',').map((pair) => {
    const [name = '', peerUrl = ''] = pair.trim().split(/=(.*)/s);
    if (name === '') throw new FlagError(`expected NAME=URL[,NAME=URL…], got "${pair}"`);
    if (peerUrl === '') {
      throw new FlagError(`empty URLs given for "${name}"; expected NAME=URL[,NAME=URL…]`);
    }
    return { name, peerUrl: parseAddress(peerUrl).text };
  });
}

/** The same list for the same members, in whatever order they were given: sorted as etcd sorts it. */
export function formatInitialCluster(members: readonly ListedMember[]): string {
  return members
    .map(({ name, peerUrl }) => `${name}=${peerUrl}`)
    .sort()
    .join(',');
}

/** The URLs of each name, sorted. */
export function peerUrlsByName(
  members: readonly ListedMember[],
): ReadonlyMap<string, readonly string[]> {
  const urls = new Map<string, string[]>();
  for (const { name, peerUrl } of members) urls.set(name, [...(urls.get(name) ?? []), peerUrl]);
  for (const list of urls.values()) list.sort();
  return urls;
}
