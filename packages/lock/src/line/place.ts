/**
 * A place in line: one key under the lock's name, bound to a lease. The line is ordered by create revision, as that of
 * etcd's concurrency package is, so whoever came first is served first whatever language they speak.
 */
import type { Entry } from '@concord/client';
import { decodeClaim, type Claim } from './claim.ts';

export interface Place {
  readonly key: string;
  /** The fencing token: it grows with every place that anyone takes, anywhere in the cluster. */
  readonly createRevision: number;
  readonly lease: bigint;
  readonly claim: Claim;
  /** What lies under the key: the claim as it was written, or what a candidate proclaims. */
  readonly value: string;
}

/** Where the keys of `name`'s line begin. */
export function linePrefix(name: string): string {
  return `${name}/`;
}

/** The key of `lease`'s place: the very one that etcd's concurrency package takes, which prints leases as signed. */
export function placeKey(name: string, lease: bigint): string {
  return `${linePrefix(name)}${BigInt.asIntN(64, lease).toString(16)}`;
}

/** The place that an entry under the line's prefix stands for. */
export function placeOf(entry: Entry): Place {
  const { key, createRevision, lease, text } = entry;
  return { key, createRevision, lease, claim: decodeClaim(text), value: text };
}

/**
 * Whether `key` is a place in the line of `name`, and not one in the line of another lock below it: the keys of
 * `/jobs/nightly` begin with the prefix of `/jobs`, too.
 */
export function isPlaceKey(name: string, key: string): boolean {
  const prefix = linePrefix(name);
  return key.startsWith(prefix) && /^-?[0-9a-f]{1,16}$/.test(key.slice(prefix.length));
}

/**
 * The name of the line that an entry is a place in, if it is one. Lines have no register: a place is bound to a lease, and
 * the last segment of its key is that lease.
 */
export function lineOf({ key, lease }: Pick<Entry, 'key' | 'lease'>): string | undefined {
  if (lease === 0n) return undefined;
  const cut = key.lastIndexOf('/');
  if (cut <= 0) return undefined;
  const name = key.slice(0, cut);
  return placeKey(name, lease) === key ? name : undefined;
}
