/** What is known of services: the registry's keys, held in memory by one watch and read as often as anybody likes. */
import type { Entry } from '@concord/client';
import {
  decodeInstance,
  decodeOverride,
  registryKeys,
  withOverride,
} from '@concord/registry/records';
import type { Instance, Override } from '@concord/registry';
import { Problem } from '../http/problem.ts';
import type { Entries } from '../live/entry-index.ts';
import type { LiveSource, SourceChange } from '../live/live-source.ts';
import type { LiveSources } from '../live/live-sources.ts';

/** A gateway that has just started waits for its first list; one that cannot have it says so. */
const READY_MS_MAX = 5000;
/** While it stays so, nobody else is kept waiting as long. */
const STILL_AWAY_MS = 250;
/** How long the writer of something waits until it would read it here. */
const OWN_WRITE_MS_MAX = 1000;

export interface StoredOverride {
  readonly value: Override;
  readonly modRevision: number;
}

/** An instance as consumers should treat it, and the entry that it is made of. */
export interface ListedInstance {
  readonly instance: Instance;
  readonly entry: Entry;
  readonly override: StoredOverride | undefined;
}

export class ServiceDirectory {
  readonly source: LiveSource;
  #names: readonly string[] | undefined;
  readonly #known = new Set<string>();
  /** Of each service, the number of its latest change among all changes. */
  readonly #versions = new Map<string, number>();
  #changes = 0;
  #isAway: boolean;

  /** @param isAway - the cluster has not answered this gateway yet */
  constructor(sources: LiveSources, isAway: boolean) {
    this.#isAway = isAway;
    this.source = sources.of(registryKeys.all);
    this.source.onChange((change) => this.#take(change));
  }

  /** @throws Problem `cluster-away` while nothing is known */
  async ready(): Promise<void> {
    try {
      await this.source.ready({ timeout: this.#isAway ? STILL_AWAY_MS : READY_MS_MAX });
      this.#isAway = false;
    } catch (cause) {
      this.#isAway = true;
      throw new Problem('cluster-away', {
        detail: 'the cluster has not been heard since this gateway started: try again',
        headers: { 'retry-after': '1' },
        cause,
      });
    }
  }

  get revision(): number {
    return this.source.revision;
  }

  /** For how long the cluster has been away, in seconds; undefined while it is there. */
  get staleSeconds(): number | undefined {
    const { staleMs } = this.source;
    return staleMs === 0 ? undefined : Math.ceil(staleMs / 1000);
  }

  /** The names of all services that have instances, in order. */
  names(): readonly string[] {
    return (this.#names ??= [...this.#known].sort());
  }

  /** Another one whenever something about the service has changed, overrides included. */
  version(service: string): number {
    return this.#versions.get(service) ?? 0;
  }

  instances(service: string): ListedInstance[] {
    return [...listedIn(service, this.source.entries)];
  }

  /** As they were at a revision that has not been compacted. */
  async instancesAt(service: string, revision: number): Promise<ListedInstance[]> {
    const prefixes = [registryKeys.instances(service), registryKeys.overrides(service)];
    return [...listedIn(service, await this.source.entriesAt(prefixes, revision))];
  }

  instance(service: string, id: string): ListedInstance | undefined {
    return listed(service, id, this.source.entries);
  }

  entry(service: string, id: string): Entry | undefined {
    return this.source.entries.get(registryKeys.instance(service, id));
  }

  override(service: string, id: string): StoredOverride | undefined {
    return overrideOf(service, id, this.source.entries);
  }

  observers(service: string): Iterable<Entry> {
    return this.source.entries.in(registryKeys.observers(service));
  }

  #take({ keys }: SourceChange): void {
    const { allInstances, allOverrides } = registryKeys;
    for (const key of keys) {
      const isInstance = key.startsWith(allInstances);
      if (!isInstance && !key.startsWith(allOverrides)) continue;
      const from = isInstance ? allInstances.length : allOverrides.length;
      const service = key.slice(from, key.indexOf('/', from));
      if (isInstance) this.#note(service);
      if (this.#known.has(service)) this.#versions.set(service, ++this.#changes);
      else this.#versions.delete(service);
    }
  }

  /** The list of names is made anew only when it is another. */
  #note(service: string): void {
    const [first] = this.source.entries.in(registryKeys.instances(service));
    const isKnown = first !== undefined;
    if (this.#known.has(service) === isKnown) return;
    if (isKnown) this.#known.add(service);
    else this.#known.delete(service);
    this.#names = undefined;
  }

  /** After a write here, so that whoever wrote reads it here; later if the cluster is slow. */
  async reached(revision: number): Promise<void> {
    await this.source.reached(revision, OWN_WRITE_MS_MAX).catch(() => undefined);
  }
}

/** Values are read once, however often they are looked at: an entry never changes. */
const decodedInstances = new WeakMap<Entry, Instance | null>();
const decodedOverrides = new WeakMap<Entry, Override | null>();

/** The instance of an entry as it says of itself; undefined for a value that cannot be read. */
export function instanceOf(service: string, id: string, entry: Entry): Instance | undefined {
  const known = decodedInstances.get(entry);
  if (known !== undefined) return known ?? undefined;
  const decoded = decodeInstance(service, id, entry);
  decodedInstances.set(entry, decoded.ok ? decoded.value : null);
  return decoded.ok ? decoded.value : undefined;
}

export function overrideOf(
  service: string,
  id: string,
  entries: Entries,
): StoredOverride | undefined {
  const entry = entries.get(registryKeys.override(service, id));
  if (entry === undefined) return undefined;
  let value = decodedOverrides.get(entry);
  if (value === undefined) {
    const decoded = decodeOverride(entry.text);
    value = decoded.ok ? decoded.value : null;
    decodedOverrides.set(entry, value);
  }
  return value === null ? undefined : { value, modRevision: entry.modRevision };
}

export function listed(service: string, id: string, entries: Entries): ListedInstance | undefined {
  const entry = entries.get(registryKeys.instance(service, id));
  return entry === undefined ? undefined : listedOf(service, id, entry, entries);
}

export function* listedIn(service: string, entries: Entries): Iterable<ListedInstance> {
  const directory = registryKeys.instances(service);
  for (const entry of entries.in(directory)) {
    const one = listedOf(service, entry.key.slice(directory.length), entry, entries);
    if (one !== undefined) yield one;
  }
}

function listedOf(
  service: string,
  id: string,
  entry: Entry,
  entries: Entries,
): ListedInstance | undefined {
  const own = instanceOf(service, id, entry);
  if (own === undefined) return undefined;
  const override = overrideOf(service, id, entries);
  return { instance: withOverride(own, override, Date.now()), entry, override };
}
