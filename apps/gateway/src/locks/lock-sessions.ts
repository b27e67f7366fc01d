/**
 * Sessions of programs that have no SDK: a lease that they keep alive by requests. What is said of one lies beside it, bound
 * to the lease itself, so that any gateway knows it, and nothing is left of it in the end.
 *
 * Nobody stands in a line with the session of another: leases are shown to everybody who may look at a lock.
 */
import { ConcordError, missing, op, type Client } from '@concord/client';
import type { Actor } from '../access/actor.ts';
import { Problem } from '../http/problem.ts';
import type { SessionDocument } from './session-schemas.ts';

const KEYS = '/concord/gateway/sessions/';

interface SessionRecord {
  readonly by: string;
  readonly label?: string;
  readonly at: string;
}

/** The session of a caller, found and known to be theirs. */
export interface CallerSession {
  readonly lease: bigint;
  readonly label: string | undefined;
  readonly by: string;
}

export class LockSessions {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  async open(
    actor: Actor,
    { ttlMs, label }: { readonly ttlMs: number; readonly label?: string | undefined },
  ): Promise<SessionDocument> {
    const grant = await this.#client.leases.grant(ttlMs);
    const at = new Date().toISOString();
    const record: SessionRecord = { by: actor.name, ...(label !== undefined && { label }), at };
    const key = keyOf(grant.lease);
    const { succeeded } = await this.#client.kv
      .txn()
      .if(missing(key))
      .then(op.put(key, JSON.stringify(record), { lease: grant.lease }))
      .commit({ repeatable: true });
    // A first attempt whose answer was lost has written the same.
    if (!succeeded) await this.find(actor, grant.lease.toString(16));
    return documentOf(grant.lease, record, { ttlMs: grant.ttlMs, remainingMs: grant.ttlMs }, []);
  }

  /** @throws Problem `not-found` for one that has ended or never was, `forbidden` for another's */
  async find(actor: Actor, id: string): Promise<CallerSession> {
    const { lease, record } = await this.#known(actor, id);
    return { lease, label: record.label, by: record.by };
  }

  async get(actor: Actor, id: string): Promise<SessionDocument> {
    const { lease, record } = await this.#known(actor, id);
    const { ttlMs, remainingMs, keys } = await orEnded(
      id,
      this.#client.leases.timeToLive(lease, { keys: true }),
    );
    return documentOf(
      lease,
      record,
      { ttlMs, remainingMs },
      keys.filter((key) => key !== keyOf(lease)),
    );
  }

  async keepAlive(actor: Actor, id: string): Promise<SessionDocument> {
    const { lease, record } = await this.#known(actor, id);
    const { ttlMs } = await orEnded(id, this.#client.leases.renew(lease));
    return documentOf(lease, record, { ttlMs, remainingMs: ttlMs }, undefined);
  }

  /** Ends it: everything that it holds or waits for is given up. */
  async close(actor: Actor, id: string): Promise<void> {
    const { lease } = await this.#known(actor, id);
    await orEnded(id, this.#client.leases.revoke(lease));
  }

  async #known(actor: Actor, id: string): Promise<{ lease: bigint; record: SessionRecord }> {
    const lease = BigInt(`0x${id}`);
    const entry = await this.#client.kv.get(keyOf(lease));
    if (entry === undefined) throw ended(id);
    const record = JSON.parse(entry.text) as SessionRecord;
    if (record.by === actor.name || actor.isAdministrator) return { lease, record };
    throw new Problem('forbidden', {
      detail: `session ${id} is another’s: open one with POST /v1/sessions`,
    });
  }
}

/** Its last segment is not the lease: or it would look like a place in a line. */
const keyOf = (lease: bigint): string => `${KEYS}${lease.toString(16)}/session`;

const documentOf = (
  lease: bigint,
  { by, label, at }: SessionRecord,
  time: { readonly ttlMs: number; readonly remainingMs: number },
  keys: readonly string[] | undefined,
): SessionDocument => ({
  id: lease.toString(16),
  by,
  ...(label !== undefined && { label }),
  at,
  ...time,
  ...(keys !== undefined && { keys: [...keys] }),
});

async function orEnded<T>(id: string, asking: Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    throw ConcordError.is(error, 'NOT_FOUND') ? ended(id) : error;
  }
}

const ended = (id: string): Problem =>
  new Problem('not-found', {
    detail: `there is no session ${id}: it has ended, or was never opened here; open one with POST /v1/sessions`,
  });
