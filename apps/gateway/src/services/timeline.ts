/** What happened to a service's instances lately, as this gateway saw it: for whoever asks what happened at 14:05. */
import type { Instance } from '@concord/registry';
import { decodeHoldDecision, registryKeys } from '@concord/registry/records';
import type { SourceChange } from '../live/live-source.ts';
import { instanceOf, overrideOf, type ServiceDirectory } from './service-directory.ts';
import type { TimelineEvent } from './service-schemas.ts';

const EVENTS_MAX = 500;
/** Services whose events are kept; the one that was quiet longest goes first. */
const SERVICES_MAX = 2000;

export class Timeline implements Disposable {
  /** Since when it has watched. */
  readonly since = new Date().toISOString();
  readonly #directory: ServiceDirectory;
  readonly #events = new Map<string, TimelineEvent[]>();
  readonly #instances = new Map<string, Instance>();
  readonly #overridden = new Set<string>();
  readonly #listening: Disposable;
  #hasBegun = false;

  constructor(directory: ServiceDirectory) {
    this.#directory = directory;
    this.#listening = directory.source.onChange((change) => this.#take(change));
  }

  /** The newest first. */
  of(service: string, { limit, instance }: { limit: number; instance?: string | undefined }) {
    const events = this.#events.get(service) ?? [];
    return events
      .filter((event) => instance === undefined || event.instance === instance)
      .slice(-limit)
      .reverse();
  }

  has(service: string): boolean {
    return this.#events.has(service);
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]();
  }

  #take({ revision, keys }: SourceChange): void {
    const { allInstances, allOverrides } = registryKeys;
    for (const key of keys) {
      if (key.startsWith(allInstances)) this.#instanceChanged(key, revision);
      else if (key.startsWith(allOverrides)) this.#overrideChanged(key, revision);
    }
    // The first batch is what was there before: nothing of it happened now.
    this.#hasBegun = true;
  }

  #instanceChanged(key: string, revision: number): void {
    const [service = '', id = ''] = key.slice(registryKeys.allInstances.length).split('/');
    const entry = this.#directory.source.entries.get(key);
    const [before, after] = [
      this.#instances.get(key),
      entry === undefined ? undefined : instanceOf(service, id, entry),
    ];
    if (after === undefined) this.#instances.delete(key);
    else this.#instances.set(key, after);
    const told = difference(before, after);
    if (told !== undefined) this.#tell(service, { revision, instance: id, ...told });
  }

  #overrideChanged(key: string, revision: number): void {
    const [service = '', id = ''] = key.slice(registryKeys.allOverrides.length).split('/');
    if (key === registryKeys.hold(service)) {
      this.#holdDecided(service, key, revision);
      return;
    }
    const stored = overrideOf(service, id, this.#directory.source.entries);
    if (stored !== undefined) {
      const { weight, state, reason, by } = stored.value;
      const what = [
        ...(state === undefined ? [] : [`state ${state}`]),
        ...(weight === undefined ? [] : [`weight ${weight}`]),
      ];
      const detail = `${what.join(', ')}: ${reason}`;
      this.#overridden.add(key);
      this.#tell(service, { revision, kind: 'override', instance: id, detail, by });
    } else if (this.#overridden.delete(key)) {
      const detail = 'what it says of itself counts again';
      this.#tell(service, { revision, kind: 'override-ended', instance: id, detail });
    }
  }

  #holdDecided(service: string, key: string, revision: number): void {
    const text = this.#directory.source.entries.get(key)?.text;
    const decision = text === undefined ? undefined : decodeHoldDecision(text);
    if (decision === undefined) return;
    const { action, reason, by } = decision;
    const told = { revision, instance: '', detail: reason, by };
    if (action === 'release') this.#tell(service, { ...told, kind: 'hold-released' });
    else {
      const until = new Date(decision.until).toISOString();
      this.#tell(service, { ...told, kind: 'hold-extended', until });
    }
  }

  #tell(service: string, event: Omit<TimelineEvent, 'at'>): void {
    if (!this.#hasBegun) return;
    const events = this.#events.get(service) ?? [];
    events.push({ at: new Date().toISOString(), ...event });
    if (events.length > EVENTS_MAX) events.shift();
    this.#events.delete(service);
    this.#events.set(service, events);
    if (this.#events.size > SERVICES_MAX) this.#events.delete(this.#events.keys().next().value!);
  }
}

function difference(
  before: Instance | undefined,
  after: Instance | undefined,
): Pick<TimelineEvent, 'kind' | 'detail'> | undefined {
  if (after === undefined) {
    if (before === undefined) return undefined;
    return before.declared.state === 'draining'
      ? { kind: 'deregistered', detail: `${before.endpoint} went, drained` }
      : { kind: 'expired', detail: `${before.endpoint} was lost, or removed while it served` };
  }
  if (before === undefined) {
    return { kind: 'registered', detail: `at ${after.endpoint}, ${after.declared.state}` };
  }
  if (before.incarnation !== after.incarnation) {
    return { kind: 'replaced', detail: `another life of it, at ${after.endpoint}` };
  }
  const [was, is] = [before.declared, after.declared];
  if (was.state !== is.state) return { kind: 'state', detail: `${was.state} → ${is.state}` };
  if (was.weight !== is.weight) return { kind: 'weight', detail: `${was.weight} → ${is.weight}` };
  return { kind: 'changed', detail: 'its labels, metadata or place' };
}
