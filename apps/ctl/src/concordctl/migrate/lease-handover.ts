/**
 * Leases of the source at the destination, under their own ids. They come last: until then keys are there without, so that
 * none runs out at the destination while it is renewed at the source, or while nobody migrates.
 *
 * A lease that is renewed must be renewable for as long as before, and one that is not must end when it would have. Which
 * it is shows in what is left of it: who renews does so long before half of the time is over. So a lease in its first half
 * gets its whole time again, any other what it has left.
 */
import { ConcordError, op, type Client, type Operation } from '@concord/client';
import type { Destination } from '../replication/destination.ts';
import type { Checkpoint } from '../replication/checkpoint.ts';
import type { KeyMap } from '../replication/key-map.ts';
import { pages } from '../replication/pager.ts';
import { persistently, type Patience } from '../replication/patience.ts';

export interface HandoverParts {
  readonly source: Client;
  readonly destination: Destination;
  readonly keys: KeyMap;
  readonly patience: Patience;
  readonly opsMax: number;
}

export interface HandedOver {
  readonly leases: number;
  readonly keys: number;
  /** When a lease ends at the destination if nobody renews it, by `performance.now()`. */
  readonly endsAtMs: ReadonlyMap<bigint, number>;
}

/** Questions on their way at a time: many, since each waits for the network and costs little. */
const LEASES_AT_ONCE = 64;

/** Keys that may vanish while their leases are taken off: each is another lease that ran out meanwhile. */
const DETACH_ATTEMPTS_MAX = 20;

/** Grants what leases there are at the source, and attaches the keys that have them at `revision`. */
export async function attachLeases(
  parts: HandoverParts,
  revision: number,
  checkpoint: Checkpoint,
): Promise<HandedOver> {
  const { source, destination, keys, patience, opsMax } = parts;
  const endsAtMs = new Map<bigint, number>();
  const ids = await persistently(() => source.leases.list(), patience);
  for (let at = 0; at < ids.length; at += LEASES_AT_ONCE) {
    await grantAll(parts, ids.slice(at, at + LEASES_AT_ONCE), endsAtMs);
  }
  let attached = 0;
  for await (const page of pages(source, keys.source, { revision, keysOnly: true, patience })) {
    const leased = page.filter(({ lease }) => lease !== 0n);
    const ungranted = [...new Set(leased.map(({ lease }) => lease))].filter(
      (lease) => !endsAtMs.has(lease),
    );
    // It has run out at the source, and its keys are about to.
    await grantAll(parts, ungranted, endsAtMs);
    const operations = leased.flatMap(({ keyBytes, lease }): Operation[] => {
      const key = keys.toDestination(keyBytes);
      return key === undefined ? [] : [op.put(key, '', { lease, keepValue: true })];
    });
    for (let at = 0; at < operations.length; at += opsMax) {
      await destination.commit(operations.slice(at, at + opsMax), checkpoint);
    }
    attached += operations.length;
  }
  return { leases: endsAtMs.size, keys: attached, endsAtMs };
}

async function grantAll(
  { source, destination, patience }: HandoverParts,
  ids: readonly bigint[],
  endsAtMs: Map<bigint, number>,
): Promise<void> {
  await Promise.all(
    ids.map(async (id) => {
      const ttlMs = await persistently(() => ttlMsOf(source, id), patience);
      await persistently(() => grant(destination.client, id, ttlMs), patience);
      endsAtMs.set(id, performance.now() + ttlMs);
    }),
  );
}

/** For a lease that has run out, servers make the shortest that they have of this. */
const SHORTEST_MS = 1000;

async function ttlMsOf(source: Client, id: bigint): Promise<number> {
  try {
    const { remainingMs, ttlMs } = await source.leases.timeToLive(id);
    return Math.max(SHORTEST_MS, remainingMs * 2 >= ttlMs ? ttlMs : remainingMs);
  } catch (error) {
    if (ConcordError.is(error, 'NOT_FOUND')) return SHORTEST_MS;
    throw error;
  }
}

async function grant(client: Client, id: bigint, ttlMs: number): Promise<void> {
  try {
    await client.leases.grant(ttlMs, { id });
  } catch (error) {
    // An attempt before, whose answer was lost.
    if (!ConcordError.is(error, 'CONFLICT')) throw error;
  }
}

/** Takes leases off again that an earlier attempt has attached: the source goes on, and renews its own. */
export async function detachLeases(parts: HandoverParts, checkpoint: Checkpoint): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await detachOnce(parts, checkpoint);
      return;
    } catch (error) {
      if (!ConcordError.is(error, 'NOT_FOUND') || attempt === DETACH_ATTEMPTS_MAX) throw error;
    }
  }
}

async function detachOnce(parts: HandoverParts, checkpoint: Checkpoint): Promise<void> {
  const { source, destination, keys, patience, opsMax } = parts;
  const { client } = destination;
  const found = new Set<bigint>();
  for await (const page of pages(client, keys.destination, { keysOnly: true, patience })) {
    const leased = page.filter(
      ({ keyBytes, lease }) => lease !== 0n && keys.isReplicated(keyBytes),
    );
    for (const { lease } of leased) found.add(lease);
    const operations = leased.map(({ keyBytes }) => op.put(keyBytes, '', { keepValue: true }));
    for (let at = 0; at < operations.length; at += opsMax) {
      await destination.commit(operations.slice(at, at + opsMax), checkpoint);
    }
  }
  for (const lease of await persistently(() => source.leases.list(), patience)) found.add(lease);
  const granted = await persistently(() => client.leases.list(), patience);
  for (const lease of granted.filter((id) => found.has(id))) {
    await persistently(() => revoke(client, lease), patience);
  }
}

async function revoke(client: Client, lease: bigint): Promise<void> {
  try {
    await client.leases.revoke(lease);
  } catch (error) {
    if (!ConcordError.is(error, 'NOT_FOUND')) throw error;
  }
}
