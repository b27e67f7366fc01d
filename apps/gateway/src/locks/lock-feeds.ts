/** What can be followed of locks and elections: those that a caller may see. */
import type { Client } from '@concord/client';
import {
  divide,
  isElection,
  isPlaceKey,
  kindOfLine,
  linePrefix,
  placeOf,
  type Place,
} from '@concord/lock/records';
import type { Actor } from '../access/actor.ts';
import type { Entries } from '../live/entry-index.ts';
import type { Feed } from '../live/feed.ts';
import type { Subject } from '../live/subject.ts';
import { LockSource } from './lock-source.ts';

const WAITERS_SHOWN = 10;
const IDLE_MS_MAX = 60_000;
const TICK_MS = 1_000;
/** A line where many come and go is told as one change. */
const COALESCE_MS = 50;

export class LockFeeds implements AsyncDisposable {
  readonly #client: Client;
  readonly #ticking: NodeJS.Timeout;
  #source: LockSource | undefined;

  constructor(client: Client) {
    this.#client = client;
    this.#ticking = setInterval(() => this.#tick(), TICK_MS);
    this.#ticking.unref();
  }

  async locks(actor: Actor, prefix: string): Promise<Feed> {
    return this.#feed('locks', actor, prefix, (name, places) =>
      isElection(places) ? undefined : lockItem(name, places),
    );
  }

  /** @param name - of one election, or undefined for all */
  async elections(actor: Actor, prefix: string, name?: string): Promise<Feed> {
    return this.#feed(
      name === undefined ? 'elections' : `election ${name}`,
      actor,
      prefix,
      (of, places) =>
        name === undefined
          ? isElection(places)
            ? electionItem(of, places)
            : undefined
          : name === of
            ? electionItem(of, places)
            : undefined,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#ticking);
    await this.#source?.[Symbol.asyncDispose]();
  }

  async #feed(
    what: string,
    actor: Actor,
    prefix: string,
    item: (name: string, places: readonly Place[]) => object | undefined,
  ): Promise<Feed> {
    this.#source ??= new LockSource(this.#client);
    const source = this.#source;
    await source.ready;
    const mayRead = (name: string): boolean => actor.may('read', { prefix: linePrefix(name) });
    // Who is not the administrator has a feed of their own: roles differ.
    const audience = actor.isAdministrator
      ? 'administrators'
      : `${actor.via} ${actor.name} ${actor.token ?? ''}`;
    const isWanted = (name: string): boolean => name.startsWith(prefix) && mayRead(name);
    const subject: Subject<object> = {
      name: JSON.stringify([what, prefix, audience]),
      prefixes: [''],
      coalesceMs: COALESCE_MS,
      itemKey: (key) => {
        const name = key.slice(0, key.lastIndexOf('/'));
        return isWanted(name) ? name : undefined;
      },
      item: (name, entries) => {
        const places = placesOf(name, entries);
        return places.length === 0 ? undefined : item(name, places);
      },
    };
    return source.feed(subject);
  }

  #tick(): void {
    const source = this.#source;
    if (source === undefined) return;
    source.tick(performance.now(), IDLE_MS_MAX);
    if (source.idleMs !== Infinity) return;
    this.#source = undefined;
    void source[Symbol.asyncDispose]();
  }
}

function placesOf(name: string, entries: Entries): Place[] {
  return [...entries.in(linePrefix(name))]
    .filter(({ key }) => isPlaceKey(name, key))
    .map(placeOf)
    .sort((one, other) => one.createRevision - other.createRevision);
}

/** The lock as the list shows it, without what only its leases know: times. */
function lockItem(name: string, places: readonly Place[]): object {
  const { holders, waiters } = divide(places);
  return {
    name,
    kind: kindOfLine(name, places),
    holders: holders.map(placeItem),
    waiters: waiters.slice(0, WAITERS_SHOWN).map(placeItem),
    waiterCount: waiters.length,
  };
}

function electionItem(name: string, places: readonly Place[]): object {
  const [leader, ...rest] = places.map(({ lease, createRevision, value }) => ({
    lease: lease.toString(16),
    token: createRevision,
    value,
  }));
  return { name, leader, candidates: rest.slice(0, WAITERS_SHOWN), candidateCount: rest.length };
}

const placeItem = ({ lease, createRevision, claim }: Place): object => ({
  lease: lease.toString(16),
  token: createRevision,
  mode: claim.mode,
  ...(claim.mode === 'permits' && { count: claim.count, permits: claim.permits }),
  ...(claim.app !== undefined && { app: claim.app }),
  ...(claim.label !== undefined && { label: claim.label }),
  ...(claim.since !== undefined && { since: claim.since.toISOString() }),
});
