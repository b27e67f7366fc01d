/**
 * Who has registered for a new cluster, as a discovery service holds it, in the keys of etcd's v3 discovery:
 *
 *     /_etcd/registry/<token>/_config/size            how many members the cluster gets, in decimal
 *     /_etcd/registry/<token>/members/<id in hex>     NAME=URL[,NAME=URL…]
 *
 * The first `size` to register are the cluster, in the order in which their keys were created. Pure.
 */
import { posix } from 'node:path';
import { formatId } from '../identity.ts';
import { parseInitialCluster, type ListedMember } from '../config/initial-cluster.ts';
import { FlagError } from '../config/flag-error.ts';

const PREFIX = '/_etcd/registry';

export const sizeKey = (token: string): string => posix.join(PREFIX, token, '_config/size');
/** What the keys of all members begin with. */
export const membersPrefix = (token: string): string => posix.join(PREFIX, token, 'members');
export const memberKey = (token: string, id: bigint): string =>
  posix.join(membersPrefix(token), formatId(id));

/** One key below `membersPrefix`. */
export interface Registration {
  readonly key: string;
  readonly value: string;
  readonly createRevision: number;
}

/** The cluster cannot come about; the message begins with etcd's text. */
export class DiscoveryError extends Error {
  override readonly name = 'DiscoveryError';
}

/** Throws `DiscoveryError`. */
export function parseSize(value: string | undefined, token: string): number {
  const key = sizeKey(token);
  const remedy = `put the number of members there first: \`etcdctl put ${key} 3\``;
  if (value === undefined) {
    throw new DiscoveryError(`discovery: size key not found: there is no ${key}; ${remedy}`);
  }
  const size = /^\+?\d+$/.test(value) ? Number(value) : 0;
  if (size > 0 && Number.isSafeInteger(size)) return size;
  throw new DiscoveryError(`discovery: size key is bad: ${key} holds "${value}"; ${remedy}`);
}

/** Registrations that mean something, oldest first. A value without `=` is nobody's, says etcd. */
export function inOrder(registrations: readonly Registration[]): readonly Registration[] {
  return registrations
    .map(({ key, value, createRevision }) => ({
      key: key.trim(),
      value: value.trim(),
      createRevision,
    }))
    .filter(({ value }) => value.includes('='))
    .sort((a, b) => a.createRevision - b.createRevision);
}

/** Throws `DiscoveryError` where `size` others have registered before the owner of `ownKey`. */
export function assertHasPlace(
  ordered: readonly Registration[],
  size: number,
  ownKey: string,
): void {
  const members = ordered.slice(0, size);
  if (members.length < size || members.some(({ key }) => key === ownKey)) return;
  throw new DiscoveryError(
    `discovery: cluster is full: ${size} members have registered (${members.map(({ value }) => value).join()}); ` +
      'join them with `etcdctl member add` and --initial-cluster-state existing, or take a new --discovery-token',
  );
}

/**
 * The cluster that the registrations make. Throws `DiscoveryError` where two members would be taken for one, which
 * etcd overlooks: it makes a member with the URLs of both.
 */
export function clusterOf(members: readonly Registration[]): readonly ListedMember[] {
  const owners = new Map<string, string>();
  return members.flatMap(({ key, value }) => {
    const listed = parse(value, key);
    for (const name of new Set(listed.map((member) => member.name))) {
      const other = owners.get(name);
      if (other !== undefined) {
        throw new DiscoveryError(
          `discovery: found duplicate name: "${name}" is registered as ${other} and as ${key}; give each member ` +
            'a --name of its own, and all of them a new --discovery-token',
        );
      }
      owners.set(name, key);
    }
    return listed;
  });
}

function parse(value: string, key: string): readonly ListedMember[] {
  try {
    return parseInitialCluster(value);
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    throw new DiscoveryError(
      `discovery: invalid peer URL: ${key} holds "${value}": ${error.message}; delete the key, or take a new ` +
        '--discovery-token',
    );
  }
}
