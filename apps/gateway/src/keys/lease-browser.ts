/** The cluster's leases, with what goes with each. */
import { ConcordError, type Client, type LeaseTimeToLive } from '@concord/client';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../http/page.ts';
import { Problem } from '../http/problem.ts';
import type { leaseSchema } from './lease-schemas.ts';

export type LeaseDocument = z.output<typeof leaseSchema>;

const KEYS_SHOWN_MAX = 100;
/** Each lease of a page is a call of its own: so many at a time. */
const CALLS_AT_ONCE = 16;

const position = z.object({ after: z.string().regex(/^\d+$/) });

export class LeaseBrowser {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** In the order of their ids; one that ends while the page is read is left out. */
  async list(
    limit: number,
    cursor: string | undefined,
  ): Promise<{
    readonly leases: readonly LeaseDocument[];
    readonly count: number;
    readonly nextCursor: string | undefined;
  }> {
    const all = [...(await this.#client.leases.list())].sort((a, b) => (a < b ? -1 : 1));
    const after = cursor === undefined ? -1n : BigInt(decodeCursor(cursor, position).after);
    const rest = all.filter((id) => id > after);
    const ids = rest.slice(0, limit);
    const leases: LeaseDocument[] = [];
    for (let at = 0; at < ids.length; at += CALLS_AT_ONCE) {
      const asked = ids.slice(at, at + CALLS_AT_ONCE).map((id) => this.#find(id));
      leases.push(...(await Promise.all(asked)).filter((lease) => lease !== undefined));
    }
    const last = ids.at(-1);
    const hasMore = last !== undefined && rest.length > ids.length;
    return {
      leases,
      count: all.length,
      nextCursor: hasMore ? encodeCursor({ after: String(last) }) : undefined,
    };
  }

  /** @throws Problem `not-found` */
  async get(id: bigint): Promise<LeaseDocument> {
    const lease = await this.#find(id);
    if (lease === undefined) throw noLease(id);
    return lease;
  }

  /** Ends a lease and deletes its keys. @throws Problem `not-found` */
  async revoke(id: bigint): Promise<void> {
    try {
      await this.#client.leases.revoke(id);
    } catch (error) {
      throw ConcordError.is(error, 'NOT_FOUND') ? noLease(id) : error;
    }
  }

  async #find(id: bigint): Promise<LeaseDocument | undefined> {
    try {
      return document(await this.#client.leases.timeToLive(id, { keys: true }));
    } catch (error) {
      if (ConcordError.is(error, 'NOT_FOUND')) return undefined;
      throw error;
    }
  }
}

const document = ({ lease, ttlMs, remainingMs, keys }: LeaseTimeToLive): LeaseDocument => ({
  id: lease.toString(16),
  ttlMs,
  remainingMs,
  keys: keys.slice(0, KEYS_SHOWN_MAX),
  keyCount: keys.length,
});

const noLease = (id: bigint): Problem =>
  new Problem('not-found', {
    detail: `there is no lease ${id.toString(16)}: it was revoked, or ran out`,
  });
