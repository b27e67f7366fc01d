/**
 * What happened to a service's instances lately, for whoever asks what happened at 14:05: what the record in the cluster
 * says, and behind it what this gateway has seen since, until that is recorded, too. So all gateways tell the same.
 */
import type { Entry } from '@concord/client';
import { registryKeys } from '@concord/registry/records';
import type { SourceChange } from '../live/live-source.ts';
import type { ServiceDirectory } from './service-directory.ts';
import type { TimelineEvent } from './service-schemas.ts';
import { eventOf, type Untimed } from './timeline-event.ts';
import { EVENTS_MAX, type TimelineRecord } from './timeline-record.ts';

/** Services whose events are kept in memory; the one that was quiet longest goes first. */
const SERVICES_MAX = 2000;

interface Seen {
  readonly event: TimelineEvent;
  /**
   * Of a deletion, the entry before: a list tells of it at a later revision than the watch does, so what the record has
   * after that entry is the same.
   */
  readonly after: number | undefined;
}

export class Timeline implements Disposable {
  /** Since when this gateway has watched: what counts while there is no record. */
  readonly #since = new Date().toISOString();
  readonly #directory: ServiceDirectory;
  readonly #record: TimelineRecord;
  readonly #seen = new Map<string, Seen[]>();
  readonly #entries = new Map<string, Entry>();
  readonly #listening: Disposable;
  #hasBegun = false;

  constructor(directory: ServiceDirectory, record: TimelineRecord) {
    this.#directory = directory;
    this.#record = record;
    this.#listening = directory.source.onChange((change) => this.#take(change));
  }

  /** The newest first; what this gateway has seen itself while the cluster does not answer. */
  async of(
    service: string,
    { limit, instance }: { readonly limit: number; readonly instance?: string | undefined },
  ): Promise<{ items: TimelineEvent[]; since: string }> {
    const { events, mark } = await this.#recorded(service);
    const unrecorded = (this.#seen.get(service) ?? [])
      .filter((seen) => seen.event.revision > (mark?.revision ?? 0) && !isAmong(seen, events))
      .map(({ event }) => event)
      .reverse();
    const items = [...unrecorded, ...events]
      .filter((event) => instance === undefined || event.instance === instance)
      .slice(0, limit);
    return { items, since: mark?.since ?? this.#since };
  }

  /** Whether anything is known of the service. */
  async has(service: string): Promise<boolean> {
    if (this.#seen.has(service)) return true;
    if (this.#directory.staleSeconds !== undefined) return false;
    return this.#record.isKnown(service);
  }

  /** When this gateway saw an event happen; `undefined` for one that it did not see. */
  seenAt({ service, event }: Untimed): string | undefined {
    return this.#seen.get(service)?.findLast((seen) => isSame(seen, event))?.event.at;
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]();
  }

  async #recorded(service: string): ReturnType<TimelineRecord['read']> {
    const nothing = { events: [], mark: undefined };
    if (this.#directory.staleSeconds !== undefined) return nothing;
    return this.#record.read(service);
  }

  #take({ revision, keys }: SourceChange): void {
    const { allInstances, allOverrides } = registryKeys;
    for (const key of keys) {
      if (key.startsWith(allInstances) || key.startsWith(allOverrides))
        this.#changed(key, revision);
    }
    // The first batch is what was there before: nothing of it happened now.
    this.#hasBegun = true;
  }

  #changed(key: string, revision: number): void {
    const before = this.#entries.get(key);
    const after = this.#directory.source.entries.get(key);
    if (after === undefined) this.#entries.delete(key);
    else this.#entries.set(key, after);
    if (!this.#hasBegun) return;
    const at = after?.modRevision ?? revision;
    const told = eventOf({ key, before, after, revision: at });
    if (told !== undefined) this.#note(told, after === undefined ? before?.modRevision : undefined);
  }

  #note({ service, event }: Untimed, after: number | undefined): void {
    const seen = this.#seen.get(service) ?? [];
    seen.push({ event: { at: new Date().toISOString(), ...event }, after });
    if (seen.length > EVENTS_MAX) seen.shift();
    this.#seen.delete(service);
    this.#seen.set(service, seen);
    if (this.#seen.size > SERVICES_MAX) this.#seen.delete(this.#seen.keys().next().value!);
  }
}

const isSame = (
  { event: seen, after = seen.revision - 1 }: Seen,
  { instance, kind, revision }: Pick<TimelineEvent, 'instance' | 'kind' | 'revision'>,
): boolean =>
  seen.instance === instance && seen.kind === kind && revision > after && revision <= seen.revision;

const isAmong = (seen: Seen, events: readonly TimelineEvent[]): boolean =>
  events.some((event) => isSame(seen, event));
