/**
 * Does the list of members agree with what this member says about itself? Asked before anything is computed from the
 * list, for a new data directory alone: a used one knows its cluster.
 */
import { ConfigurationError } from '../config/command-line.ts';
import type { FlagValues } from '../config/flags.ts';
import {
  formatInitialCluster,
  peerUrlsByName,
  type ListedMember,
} from '../config/initial-cluster.ts';
import type { UrlMatcher } from './url-match.ts';

const ADVERTISED_BY_DEFAULT = 'http://localhost:2380';

/** Throws `ConfigurationError` where the list lacks this member's `--name`. */
export function assertListsOwnName(name: string, listed: readonly ListedMember[]): void {
  if (listed.length === 0) {
    throw new ConfigurationError(
      'initial cluster unset and no discovery URL found; give --initial-cluster NAME=URL[,NAME=URL…], ' +
        'or --initial-advertise-peer-urls for a cluster of this member alone',
    );
  }
  const names = [...peerUrlsByName(listed).keys()];
  if (names.includes(name)) return;
  throw new ConfigurationError(
    `couldn't find local name "${name}" in the initial cluster configuration; it lists ${names.join(', ')}: ` +
      `start this member with one of these as --name, or add ${name}=URL to --initial-cluster`,
  );
}

/** Throws `ConfigurationError` where two members, or one twice, are listed with the same URL. */
export function assertDistinctUrls(
  listed: readonly ListedMember[],
  origin: 'initial' | 'discovery',
): void {
  const seen = new Map<string, string>();
  for (const { name, peerUrl } of listed) {
    const other = seen.get(peerUrl);
    if (other !== undefined) {
      const owners = other === name ? `${name} has it twice` : `${other} and ${name} both have it`;
      throw new ConfigurationError(
        `${origin} cluster ${formatInitialCluster(listed)} has duplicate url ${peerUrl}: ${owners}; ` +
          'each member needs peer URLs of its own',
      );
    }
    seen.set(peerUrl, name);
  }
}

/**
 * Throws `ConfigurationError` where this member is listed with other URLs than it advertises: the others would look
 * for it elsewhere. A host name and its IP are the same.
 */
export async function assertListsOwnUrls(
  values: FlagValues,
  listed: readonly ListedMember[],
  matcher: UrlMatcher,
): Promise<void> {
  const { name } = values;
  const own = peerUrlsByName(listed).get(name) ?? [];
  const advertised = values['initial-advertise-peer-urls'].map(({ text }) => text).sort();
  const mismatch = await matcher.compare(advertised, own);
  if (mismatch === undefined) return;
  const unadvertised = own.filter((url) => !advertised.includes(url));
  if (unadvertised.length > 0) {
    const pairs = unadvertised.map((url) => `${name}=${url}`).join();
    const other = listed.find(({ peerUrl }) => advertised.includes(peerUrl))?.name ?? name;
    const rename = `${advertised.join()} is listed as ${other}: start this member with --name ${other}, or with`;
    throw new ConfigurationError(
      `--initial-cluster has ${pairs} but missing from --initial-advertise-peer-urls=${advertised.join()} ` +
        `(${mismatch}); ${other === name ? forgotten(advertised) : rename} --initial-advertise-peer-urls ${own.join()}`,
    );
  }
  const unlisted = advertised.filter((url) => !own.includes(url));
  const pairs = advertised.map((url) => `${name}=${url}`).join();
  if (unlisted.length > 0) {
    throw new ConfigurationError(
      `--initial-advertise-peer-urls has ${unlisted.join()} but missing from --initial-cluster=` +
        `${own.map((url) => `${name}=${url}`).join()}; list this member there as ${pairs}`,
    );
  }
  throw new ConfigurationError(
    `failed to resolve ${advertised.join()} to match --initial-cluster=${pairs} (${mismatch})`,
  );
}

const forgotten = (advertised: readonly string[]): string =>
  advertised.join() === ADVERTISED_BY_DEFAULT
    ? 'forgot to set --initial-advertise-peer-urls? Start this member with'
    : 'start this member with';
