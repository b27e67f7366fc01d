/**
 * Writes of instances. Every one is a transaction on the revision that was read, so that nobody's change is lost, and each
 * writes what the SDK would: a service registered here is discovered there.
 */
import { ConcordError, compare, missing, op, type Client, type Entry } from '@concord/client';
import type { Instance, InstanceState } from '@concord/registry';
import {
  RECORD_BYTES_MAX,
  encodeRecord,
  registryKeys,
  type InstanceRecord,
} from '@concord/registry/records';
import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { checkKeys } from '../health-checks/check-keys.ts';
import type { Precondition } from '../http/etag.ts';
import { Problem } from '../http/problem.ts';
import { spanMs } from '../live/long-poll.ts';
import { instanceOf, type ServiceDirectory } from './service-directory.ts';
import type { PatchBody, RegisterBody } from './service-schemas.ts';

/** Each attempt that fails has seen a newer entry; so many in a row means that somebody fights for the key. */
const ATTEMPTS_MAX = 8;

export interface InstanceName {
  readonly service: string;
  readonly id: string;
}

/** A record as it is stored, whoever wrote it: what is not known here is kept. */
type StoredRecord = InstanceRecord & Readonly<Record<string, unknown>>;

interface Stored {
  readonly entry: Entry;
  readonly instance: Instance;
  readonly record: StoredRecord;
}

export interface RegisterOptions {
  readonly precondition: Precondition;
  /** Whether the id may be taken over from another address. */
  readonly replace: boolean;
}

export interface Registered {
  readonly revision: number;
  readonly isNew: boolean;
}

export class Registrar {
  readonly #client: Client;
  readonly #directory: ServiceDirectory;

  constructor(client: Client, directory: ServiceDirectory) {
    this.#client = client;
    this.#directory = directory;
  }

  /**
   * Registers an instance, or writes it anew. The same address is the same instance: its lease and incarnation go on, so
   * that repeating the request does no harm. Another address has to be meant: by `replace`, or by its ETag.
   *
   * @throws Problem `conflict`, `precondition-failed`
   */
  async register(
    name: InstanceName,
    body: RegisterBody,
    { precondition, replace }: RegisterOptions,
  ): Promise<Registered> {
    portOf(body);
    let entry = this.#directory.entry(name.service, name.id);
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      // What is held in memory may be a little old: a refusal is never founded on it.
      if (attempt > 0) entry = await this.#read(name);
      const refusal = refusalOf(name, entry, body, precondition, replace);
      if (refusal !== undefined) {
        if (attempt > 0) throw refusal;
        continue;
      }
      const written = await this.#write(name, entry, body);
      if (written !== undefined) return written;
    }
    throw fought(name);
  }

  /**
   * Changes what an instance says of itself. Its owner may say otherwise later: an operator's decision is an override.
   *
   * @throws Problem `not-found`, `precondition-failed`
   */
  async patch(name: InstanceName, patch: PatchBody, precondition: Precondition): Promise<number> {
    return await this.#change(name, precondition, (record) => patched(record, patch));
  }

  /** Marks it as draining: consumers pick it no more. */
  async drain(name: InstanceName, precondition: Precondition): Promise<number> {
    return await this.patch(name, { state: 'draining' }, precondition);
  }

  /** Deletes it, and with it its health check, unless it was written since `revision`. */
  async remove({ service, id }: InstanceName, revision: number): Promise<number | undefined> {
    const key = registryKeys.instance(service, id);
    const lease = this.#directory.entry(service, id)?.lease ?? 0n;
    const what = [key, checkKeys.check(service, id), checkKeys.result(service, id)];
    const answer = await this.#client.kv
      .txn()
      .if(compare(key).modRevision('=', revision))
      .then(...what.map((each) => op.delete(each)))
      .commit({ repeatable: true });
    await this.#directory.reached(answer.revision);
    if (answer.succeeded) this.#letGo(lease);
    return answer.succeeded ? answer.revision : undefined;
  }

  async #write(
    { service, id }: InstanceName,
    entry: Entry | undefined,
    body: RegisterBody,
  ): Promise<Registered | undefined> {
    const key = registryKeys.instance(service, id);
    const ttlMs = spanMs(body.ttl);
    const known = entry === undefined ? undefined : instanceOf(service, id, entry);
    const text = encodeRecord(recordOf(service, id, body, known));
    assertSize(text);
    const lease = await this.#leaseFor(entry, known, ttlMs);
    const isAsRead =
      entry === undefined ? missing(key) : compare(key).modRevision('=', entry.modRevision);
    const answer = await this.#client.kv
      .txn()
      .if(isAsRead)
      .then(op.put(key, text, { lease }))
      .commit({ repeatable: true });
    if (!answer.succeeded) {
      if (lease !== entry?.lease) this.#letGo(lease);
      return undefined;
    }
    if (entry !== undefined && entry.lease !== lease) this.#letGo(entry.lease);
    await this.#directory.reached(answer.revision);
    return { revision: answer.revision, isNew: entry === undefined };
  }

  /** Its own, if that lives and lasts as long as is asked for. */
  async #leaseFor(
    entry: Entry | undefined,
    known: Instance | undefined,
    ttlMs: number,
  ): Promise<bigint> {
    if (entry !== undefined && entry.lease !== 0n && known?.ttlMs === ttlMs) {
      try {
        return (await this.#client.leases.renew(entry.lease)).lease;
      } catch (error) {
        if (!ConcordError.is(error, 'NOT_FOUND')) throw error;
      }
    }
    return (await this.#client.leases.grant(ttlMs)).lease;
  }

  async #change(
    name: InstanceName,
    precondition: Precondition,
    change: (record: StoredRecord) => StoredRecord,
  ): Promise<number> {
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      const { entry, record } = await this.#stored(name);
      assertPrecondition(name, entry, precondition);
      const text = JSON.stringify(change(record));
      assertSize(text);
      if (text === entry.text) return entry.modRevision;
      const answer = await this.#client.kv
        .txn()
        .if(compare(entry.key).modRevision('=', entry.modRevision))
        .then(op.put(entry.key, text, { keepLease: true }))
        .commit();
      if (!answer.succeeded) continue;
      await this.#directory.reached(answer.revision);
      return answer.revision;
    }
    throw fought(name);
  }

  async #stored(name: InstanceName): Promise<Stored> {
    const entry = await this.#read(name);
    if (entry === undefined) throw unknownInstance(name);
    const instance = instanceOf(name.service, name.id, entry);
    if (instance === undefined) {
      throw new Problem('conflict', {
        detail: `the record of ${named(name)} cannot be read: register it anew with PUT`,
      });
    }
    return { entry, instance, record: entry.json<StoredRecord>() };
  }

  #read({ service, id }: InstanceName): Promise<Entry | undefined> {
    return this.#client.kv.get(registryKeys.instance(service, id));
  }

  /** A lease that has nothing left to hold is ended; failing that, it runs out. */
  #letGo(lease: bigint): void {
    if (lease === 0n) return;
    const { leases } = this.#client;
    void leases
      .timeToLive(lease, { keys: true })
      .then(({ keys }) => (keys.length === 0 ? leases.revoke(lease) : undefined))
      .catch(() => undefined);
  }
}

function refusalOf(
  name: InstanceName,
  entry: Entry | undefined,
  body: RegisterBody,
  precondition: Precondition,
  replace: boolean,
): Problem | undefined {
  if (precondition.kind === 'absent' && entry !== undefined) {
    return failed(`${named(name)} is registered already, at revision ${entry.modRevision}`);
  }
  if (precondition.kind === 'present' && entry === undefined) {
    return failed(`${named(name)} is not registered`);
  }
  if (precondition.kind === 'revision') {
    if (entry?.modRevision === precondition.revision) return undefined;
    return failed(
      entry === undefined
        ? `${named(name)} is not registered`
        : `${named(name)} stands at revision ${entry.modRevision}, not ${precondition.revision}`,
    );
  }
  if (entry === undefined || replace) return undefined;
  const holder = instanceOf(name.service, name.id, entry);
  if (holder === undefined) return undefined;
  if (holder.address === body.address && holder.port === portOf(body)) return undefined;
  return new Problem('conflict', {
    detail: `${named(name)} is registered at ${holder.endpoint}: choose another id, or take it over with ?replace=true`,
  });
}

const failed = (detail: string): Problem => new Problem('precondition-failed', { detail });

export function assertPrecondition(
  name: InstanceName,
  entry: { readonly modRevision: number },
  precondition: Precondition,
): void {
  if (precondition.kind === 'none' || precondition.kind === 'present') return;
  if (precondition.kind === 'absent') throw failed(`${named(name)} is registered`);
  if (precondition.revision === entry.modRevision) return;
  throw failed(
    `${named(name)} stands at revision ${entry.modRevision}, not ${precondition.revision}: read it again`,
  );
}

function portOf({ port, ports }: RegisterBody): number {
  const named = Object.values(ports ?? {});
  const first = port ?? named[0];
  if (first === undefined) throw portFault('give the port, or several as "ports"');
  if (named.length > 0 && !named.includes(first)) throw portFault('is none of "ports"');
  return first;
}

function portFault(message: string): Problem {
  return new Problem('invalid-request', {
    detail: `body.port: ${message}`,
    errors: [{ field: 'body.port', message }],
  });
}

function recordOf(
  service: string,
  id: string,
  body: RegisterBody,
  known: Instance | undefined,
): InstanceRecord {
  const now = Date.now();
  const { address, ports, weight, ttl, zone, labels, metadata, state, warmup, app } = body;
  const port = portOf(body);
  const isSame = known?.address === address && known.port === port;
  const incarnation = body.incarnation ?? (isSame ? known.incarnation : randomUUID());
  // The same life goes on: what it was since then stays.
  const before = known?.incarnation === incarnation ? known : undefined;
  const servingSince =
    state === 'starting'
      ? undefined
      : before?.declared.state === 'serving'
        ? (before.servingSince ?? now)
        : now;
  const warmupMs = warmup === undefined ? 0 : spanMs(warmup);
  return {
    id,
    service,
    address,
    port,
    ...(ports !== undefined && { ports }),
    weight,
    ...(zone !== undefined && { zone }),
    labels,
    metadata,
    state,
    incarnation,
    ...(warmupMs > 0 && { warmupMs }),
    ttlMs: spanMs(ttl),
    registeredAt: before?.registeredAt ?? now,
    ...(servingSince !== undefined && { servingSince }),
    ...(app !== undefined && { app }),
  };
}

function patched(record: StoredRecord, patch: PatchBody): StoredRecord {
  const { weight, state, zone, labels, metadata } = patch;
  const { zone: oldZone, servingSince: oldSince, ...rest } = record;
  const nextZone = zone === undefined ? oldZone : (zone ?? undefined);
  const nextState: InstanceState = state ?? record.state;
  const since = nextState === 'starting' ? undefined : sinceOf(oldSince, record.state, nextState);
  return {
    ...rest,
    ...(weight !== undefined && { weight }),
    ...(state !== undefined && { state }),
    ...(nextZone !== undefined && { zone: nextZone }),
    ...(labels !== undefined && { labels: mergedLabels(record.labels, labels) }),
    ...(metadata !== undefined && { metadata }),
    ...(since !== undefined && { servingSince: since }),
  };
}

function sinceOf(
  since: number | undefined,
  from: InstanceState | undefined,
  to: InstanceState,
): number | undefined {
  // What was unready, or on its way out, warms up again.
  return to === 'serving' && from !== undefined && from !== 'serving' ? Date.now() : since;
}

function mergedLabels(
  labels: Readonly<Record<string, string>> | undefined,
  patch: Readonly<Record<string, string | null>>,
): Record<string, string> {
  const merged = { ...labels, ...patch };
  return Object.fromEntries(
    Object.entries(merged).filter((pair): pair is [string, string] => pair[1] !== null),
  );
}

function assertSize(text: string): void {
  const bytes = Buffer.byteLength(text);
  if (bytes <= RECORD_BYTES_MAX) return;
  const message = `makes a record of ${bytes} bytes: an instance has ${RECORD_BYTES_MAX}, labels included`;
  throw new Problem('invalid-request', {
    detail: `body.metadata: ${message}`,
    errors: [{ field: 'body.metadata', message }],
  });
}

export const named = ({ service, id }: InstanceName): string => `instance "${id}" of "${service}"`;

export const unknownInstance = (name: InstanceName): Problem =>
  new Problem('not-found', {
    detail:
      `${named(name)} is not registered: it never was, its lease ran out, or it was deregistered; ` +
      `register it with PUT /v1/services/${name.service}/instances/${name.id}`,
  });

const fought = (name: InstanceName): Problem =>
  new Problem('conflict', {
    detail: `somebody else keeps writing ${named(name)}: give every instance an id of its own`,
  });
