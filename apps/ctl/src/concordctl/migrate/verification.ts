/** Whether the destination has what the source had at one revision: every key, its value and its lease. */
import { createHash, type Hash } from 'node:crypto';
import type { Client, Entry } from '@concord/client';
import type { KeyMap } from '../replication/key-map.ts';
import { ahead, pages } from '../replication/pager.ts';
import { paired } from '../replication/paired.ts';
import type { Patience } from '../replication/patience.ts';

export interface VerificationParts {
  readonly source: Client;
  readonly destination: Client;
  readonly keys: KeyMap;
  readonly patience: Patience;
  /** When a lease ends at the destination, by `performance.now()`. */
  readonly endsAtMs: ReadonlyMap<bigint, number>;
  /** Is told the number of keys that have been compared. */
  readonly onProgress: (keys: number) => void;
}

export interface Verification {
  readonly keys: { readonly source: number; readonly destination: number };
  /** SHA-256 of keys, values and leases, in hex. */
  readonly hash: { readonly source: string; readonly destination: string };
  /** The first ones, in words. */
  readonly differences: readonly string[];
  /** Keys whose leases have ended at the destination meanwhile, as they should. */
  readonly ended: number;
}

/** More than these say nothing new. */
const DIFFERENCES_SHOWN_MAX = 10;

/** Who lets a lease end is not to the millisecond where we are. */
const LEASE_MARGIN_MS = 5000;

export async function verify(parts: VerificationParts, revision: number): Promise<Verification> {
  const { source, destination, keys, patience, endsAtMs, onProgress } = parts;
  const sides = { source: new Side(), destination: new Side() };
  const differences: string[] = [];
  let ended = 0;
  const theirs = ahead(pages(source, keys.source, { revision, patience }));
  const ours = ahead(pages(destination, keys.destination, { patience }));
  for await (const pair of paired(theirs, ours, (key) => keys.toDestination(key))) {
    const { source: left, destination: right } = pair;
    if (left === undefined && right !== undefined && !keys.isReplicated(right.keyBytes)) continue;
    if (left !== undefined && right === undefined && left.lease !== 0n) {
      const endsMs = endsAtMs.get(left.lease) ?? 0;
      if (endsMs < performance.now() + LEASE_MARGIN_MS) {
        ended++;
        continue;
      }
    }
    const name = left && keys.toDestination(left.keyBytes);
    if (left !== undefined && name !== undefined) sides.source.add(name, left);
    if (right !== undefined) sides.destination.add(right.keyBytes, right);
    const difference = differenceOf(left, right);
    if (difference !== undefined && differences.length < DIFFERENCES_SHOWN_MAX) {
      differences.push(difference);
    }
    onProgress(sides.source.count);
  }
  return {
    keys: { source: sides.source.count, destination: sides.destination.count },
    hash: { source: sides.source.digest(), destination: sides.destination.digest() },
    differences,
    ended,
  };
}

export const isEqual = ({ keys, hash }: Verification): boolean =>
  keys.source === keys.destination && hash.source === hash.destination;

function differenceOf(left: Entry | undefined, right: Entry | undefined): string | undefined {
  const key = JSON.stringify((left ?? right)?.key);
  if (right === undefined) return `${key} is missing at the destination`;
  if (left === undefined) return `${key} is at the destination alone`;
  if (Buffer.compare(left.value, right.value) !== 0) return `${key} has different values`;
  if (left.lease === right.lease) return undefined;
  const [theirs, ours] = [left, right].map(({ lease }) => lease.toString(16));
  return `${key} has lease ${theirs} at the source and ${ours} at the destination`;
}

class Side {
  count = 0;
  readonly #hash: Hash = createHash('sha256');

  add(key: Uint8Array, { value, lease }: Entry): void {
    this.count++;
    const head = `${key.length} ${value.length} ${lease.toString(16)} `;
    this.#hash.update(head).update(key).update(value);
  }

  digest(): string {
    return this.#hash.digest('hex');
  }
}
