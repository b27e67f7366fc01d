/** Who holds locks and who waits for them, as people want to see it. Reads the store, keeps nothing. */
import { ConcordError, type Client, type LeaseTimeToLive } from '@concord/client';
import { checkName, divide, isElection, kindOfLine, Line, type Place } from '@concord/lock/records';
import { LineScan } from './line-scan.ts';
import type { ElectionDocument, LockDocument, PlaceDocument } from './lock-schemas.ts';
import { findCycles, type Cycle } from './wait-cycles.ts';

/** Lines that are looked at together. */
const LINES_AT_ONCE = 16;
/** Of each line in a list; an inspection of the one shows more. */
const WAITERS_LISTED = 10;
const WAITERS_SHOWN_MAX = 1_000;
/** Each lease is a question of its own to the cluster. */
const LEASES_ASKED_MAX = 200;

export interface ListedLocks {
  readonly locks: readonly LockDocument[];
  readonly cycles: readonly Cycle[];
  readonly revision: number;
  readonly nextCursor: string | undefined;
}

export interface ListQuery {
  readonly prefix: string;
  readonly search?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

interface Lined {
  readonly name: string;
  readonly revision: number;
  /** The oldest first. */
  readonly places: readonly Place[];
}

export class LockInspector {
  readonly #client: Client;
  readonly #scan: LineScan;

  constructor(client: Client) {
    this.#client = client;
    this.#scan = new LineScan(client);
  }

  /** @param mayRead - whether the caller may see the line of that name */
  async list(query: ListQuery, mayRead: (name: string) => boolean): Promise<ListedLocks> {
    const { lines, revision, nextCursor } = await this.#lines(query, mayRead);
    const locks = lines.filter((line) => !isElection(line.places));
    const times = new LeaseTimes(this.#client);
    return {
      locks: await inParts(locks, (line) => this.#lock(line, times, WAITERS_LISTED)),
      cycles: findCycles(locks.map(({ name, places }) => ({ name, ...divide(places) }))),
      revision,
      nextCursor,
    };
  }

  async elections(
    query: ListQuery,
    mayRead: (name: string) => boolean,
  ): Promise<{
    readonly elections: readonly ElectionDocument[];
    readonly revision: number;
    readonly nextCursor: string | undefined;
  }> {
    const { lines, revision, nextCursor } = await this.#lines(query, mayRead);
    const times = new LeaseTimes(this.#client);
    const wanted = lines.filter((line) => isElection(line.places));
    const elections = await inParts(wanted, (line) => this.#election(line, times, WAITERS_LISTED));
    return { elections, revision, nextCursor };
  }

  /** A lock that nobody has is shown as such: its name is all there is of it. */
  async lock(name: string): Promise<LockDocument> {
    return this.#lock(
      await this.#line(checkName('locks', name)),
      new LeaseTimes(this.#client),
      WAITERS_SHOWN_MAX,
    );
  }

  async election(name: string): Promise<ElectionDocument> {
    return this.#election(
      await this.#line(checkName('elections', name)),
      new LeaseTimes(this.#client),
      WAITERS_SHOWN_MAX,
    );
  }

  async #lines(
    { prefix, search, limit, cursor }: ListQuery,
    mayRead: (name: string) => boolean,
  ): Promise<{ lines: readonly Lined[]; revision: number; nextCursor: string | undefined }> {
    const isWanted = (name: string): boolean =>
      (search === undefined || name.includes(search)) && mayRead(name);
    const { names, ...page } = await this.#scan.names(prefix, limit, cursor, isWanted);
    const lines = await inParts(names, (name) => this.#line(name));
    // Whoever left between the scan and the look.
    return { ...page, lines: lines.filter(({ places }) => places.length > 0) };
  }

  async #line(name: string): Promise<Lined> {
    const { revision, places } = await new Line(this.#client, name).ahead(undefined, {});
    return { name, revision, places: places.toReversed() };
  }

  async #lock(
    { name, revision, places }: Lined,
    times: LeaseTimes,
    waitersMax: number,
  ): Promise<LockDocument> {
    const { holders, waiters } = divide(places);
    const shown = waiters.slice(0, waitersMax);
    return {
      name,
      kind: kindOfLine(name, places),
      holders: await inParts(holders, (place) => placeDocument(place, times)),
      waiters: await inParts(shown, (place) => placeDocument(place, times)),
      waiterCount: waiters.length,
      revision,
    };
  }

  async #election(
    { name, revision, places }: Lined,
    times: LeaseTimes,
    candidatesMax: number,
  ): Promise<ElectionDocument> {
    const [leader, ...rest] = await inParts(
      places.slice(0, candidatesMax + 1),
      async ({ lease, createRevision, value }) => ({
        lease: lease.toString(16),
        token: createRevision,
        value,
        ...(await times.of(lease)),
      }),
    );
    return {
      name,
      ...(leader !== undefined && { leader }),
      candidates: rest,
      candidateCount: Math.max(0, places.length - 1),
      revision,
    };
  }
}

/** What is left of leases; each is asked for once, and no more than {@link LEASES_ASKED_MAX} in all. */
class LeaseTimes {
  readonly #client: Client;
  readonly #asked = new Map<bigint, Promise<LeaseTimeToLive | undefined>>();

  constructor(client: Client) {
    this.#client = client;
  }

  async of(lease: bigint): Promise<Pick<PlaceDocument, 'ttlMs' | 'remainingMs'>> {
    const known = this.#asked.get(lease);
    if (known === undefined && this.#asked.size >= LEASES_ASKED_MAX) return {};
    const asked = known ?? this.#ask(lease);
    this.#asked.set(lease, asked);
    const time = await asked;
    if (time === undefined) return {};
    return { ttlMs: time.ttlMs, remainingMs: time.remainingMs };
  }

  async #ask(lease: bigint): Promise<LeaseTimeToLive | undefined> {
    try {
      return await this.#client.leases.timeToLive(lease);
    } catch (error) {
      if (ConcordError.is(error, 'NOT_FOUND')) return undefined;
      throw error;
    }
  }
}

async function placeDocument(
  { lease, createRevision, claim }: Place,
  times: LeaseTimes,
): Promise<PlaceDocument> {
  const { mode, app, label, since } = claim;
  return {
    lease: lease.toString(16),
    token: createRevision,
    mode,
    ...(claim.mode === 'permits' && { count: claim.count, permits: claim.permits }),
    ...(app !== undefined && { app }),
    ...(label !== undefined && { label }),
    ...(since !== undefined && { since: since.toISOString() }),
    ...(await times.of(lease)),
  };
}

/** `work` on each, some at a time, in their order. */
async function inParts<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let at = 0; at < all.length; at += LINES_AT_ONCE) {
    done.push(...(await Promise.all(all.slice(at, at + LINES_AT_ONCE).map(work))));
  }
  return done;
}
