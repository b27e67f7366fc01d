/**
 * What a view knows of a service, as a state machine: values of keys go in, one by one; what changed for consumers
 * comes out when asked for. Many changes between two publications are one, so that a consumer never does more work
 * than it can, and an instance that came and went is nothing.
 *
 * Time is handed in: `nowMs` of the monotonic clock, `wallMs` of the wall clock, which `until` of an override is on.
 */
import type { Instance, Override } from '../instance.ts';
import type { EntryValue } from '../instance-record.ts';
import { decodeInstance, decodeOverride } from '../instance-record.ts';
import { isInForce, withOverride } from '../override.ts';
import type { MetadataVerdict } from '../service-definition.ts';
import type { HoldCause } from './expiry-guard.ts';
import type { HoldDecision } from './hold-decision.ts';
import { ExpiryGuard, type ExpiryProtection } from './expiry-guard.ts';

/**
 * Why an instance is no longer in a view.
 *
 * - `deregistered`: it said that it goes, and went.
 * - `expired`: its lease ran out, or somebody removed it.
 * - `replaced`: another incarnation has its id.
 * - `filtered`: it no longer meets the view's `where`.
 */
export type RemovalReason = 'deregistered' | 'expired' | 'replaced' | 'filtered';

export interface RemovedInstance<M = unknown> {
  readonly instance: Instance<M>;
  readonly reason: RemovalReason;
}

export interface ChangedInstance<M = unknown> {
  readonly previous: Instance<M>;
  readonly current: Instance<M>;
}

/** What one publication changed. */
export interface ViewDifference<M = unknown> {
  readonly added: readonly Instance<M>[];
  readonly removed: readonly RemovedInstance<M>[];
  readonly changed: readonly ChangedInstance<M>[];
}

export interface ViewStateOptions {
  readonly service: string;
  readonly where: (instance: Instance) => boolean;
  readonly validate: (metadata: unknown) => MetadataVerdict;
  readonly protection: ExpiryProtection | undefined;
}

interface StoredOverride {
  readonly value: Override;
  readonly modRevision: number;
}

export class ViewState {
  readonly #options: ViewStateOptions;
  readonly #guard: ExpiryGuard;
  /** What the keys say, overrides apart. */
  readonly #instances = new Map<string, Instance>();
  readonly #overrides = new Map<string, StoredOverride>();
  readonly #published = new Map<string, Instance>();
  readonly #touched = new Set<string>();
  readonly #departures = new Map<string, RemovalReason>();
  #array: readonly Instance[] = Object.freeze([]);
  #hasDrains = false;

  constructor(options: ViewStateOptions) {
    this.#options = options;
    this.#guard = new ExpiryGuard(options.protection);
  }

  /** What was published last, in no order that means anything; never changed in place. */
  get instances(): readonly Instance[] {
    return this.#array;
  }

  get hold(): HoldCause | undefined {
    return this.#guard.cause;
  }

  get hasUnpublished(): boolean {
    return this.#touched.size > 0;
  }

  /** Whether somebody has begun to drain since the last time this was asked, selected by `where` or not. */
  takeDrains(): boolean {
    const hasDrains = this.#hasDrains;
    this.#hasDrains = false;
    return hasDrains;
  }

  /** How many keys there are, those included that the view's `where` leaves out. */
  get liveCount(): number {
    return this.#instances.size;
  }

  ids(): IterableIterator<string> {
    return this.#instances.keys();
  }

  overrideIds(): IterableIterator<string> {
    return this.#overrides.keys();
  }

  /** @returns what is wrong with the value; it is then as if it had not been written */
  putInstance(id: string, entry: EntryValue): string | undefined {
    const decoded = decodeInstance(this.#options.service, id, entry);
    if (!decoded.ok) return decoded.problem;
    if (decoded.value.state === 'draining') this.#hasDrains = true;
    const metadata = this.#options.validate(decoded.value.metadata);
    if (!metadata.ok) return `its metadata is refused: ${metadata.problem}`;
    const instance =
      metadata.value === decoded.value.metadata
        ? decoded.value
        : Object.freeze({ ...decoded.value, metadata: metadata.value });
    const isNew = !this.#instances.has(id);
    this.#instances.set(id, instance);
    this.#touched.add(id);
    if (isNew) this.#touch(this.#guard.appeared(id, this.#instances.size));
    return undefined;
  }

  /**
   * The keys of these instances are gone.
   *
   * @param isReread - whether this was found by reading the list anew
   */
  deleteInstances(ids: readonly string[], nowMs: number, isReread = false): void {
    const expired = this.#remove(ids);
    this.#touch(this.#guard.expired(expired, this.#instances.size, nowMs, isReread));
  }

  /** These instances were known from a file alone, and are not there: nothing is to be concluded from that. */
  forgetInstances(ids: readonly string[]): void {
    this.#remove(ids);
  }

  /** @returns those that had not drained */
  #remove(ids: readonly string[]): Instance[] {
    const expired: Instance[] = [];
    for (const id of ids) {
      const instance = this.#instances.get(id);
      if (instance === undefined) continue;
      this.#instances.delete(id);
      this.#touched.add(id);
      const hasDrained = instance.declared.state === 'draining';
      this.#departures.set(id, hasDrained ? 'deregistered' : 'expired');
      if (!hasDrained) expired.push(instance);
    }
    return expired;
  }

  putOverride(id: string, text: string, modRevision: number): string | undefined {
    const decoded = decodeOverride(text);
    if (!decoded.ok) return decoded.problem;
    if (decoded.value.state === 'draining') this.#hasDrains = true;
    this.#overrides.set(id, { value: decoded.value, modRevision });
    this.#touched.add(id);
    return undefined;
  }

  deleteOverride(id: string): void {
    if (this.#overrides.delete(id)) this.#touched.add(id);
  }

  /** Ends what has an end: holds, and overrides with `until`. */
  tick(nowMs: number, wallMs: number): void {
    this.#touch(this.#guard.due(nowMs));
    for (const [id, { value }] of this.#overrides) {
      const published = this.#published.get(id);
      const wasInForce = published?.override !== undefined;
      if (wasInForce && !isInForce(value, published.incarnation, wallMs)) this.#touched.add(id);
    }
  }

  /** Lets go of all that is held. */
  releaseHold(): void {
    this.#touch(this.#guard.release());
  }

  /** What an operator decided about the hold; nothing where there is none. */
  decideHold(decision: HoldDecision, nowMs: number, wallMs: number): void {
    if (decision.action === 'release') this.releaseHold();
    else this.#guard.extend(nowMs + (decision.until - wallMs));
  }

  /** What has changed since the last time; undefined where nothing has. */
  publish(wallMs: number): ViewDifference | undefined {
    if (this.#touched.size === 0) return undefined;
    const added: Instance[] = [];
    const removed: RemovedInstance[] = [];
    const changed: ChangedInstance[] = [];
    for (const id of this.#touched) {
      const previous = this.#published.get(id);
      const current = this.#effective(id, wallMs);
      if (current !== undefined) this.#published.set(id, current);
      else this.#published.delete(id);
      if (previous === undefined) {
        if (current !== undefined) added.push(current);
      } else if (current === undefined) {
        removed.push({ instance: previous, reason: this.#reason(id) });
      } else if (current.incarnation !== previous.incarnation) {
        removed.push({ instance: previous, reason: 'replaced' });
        added.push(current);
      } else if (isDifferent(previous, current)) {
        changed.push({ previous, current });
      }
    }
    this.#touched.clear();
    this.#departures.clear();
    if (added.length + removed.length + changed.length === 0) return undefined;
    this.#array = Object.freeze([...this.#published.values()]);
    return { added, removed, changed };
  }

  #effective(id: string, wallMs: number): Instance | undefined {
    const live = this.#instances.get(id);
    const held = live === undefined ? this.#guard.held(id) : undefined;
    const own = live ?? (held === undefined ? undefined : Object.freeze({ ...held, held: true }));
    if (own === undefined) return undefined;
    const instance = withOverride(own, this.#overrides.get(id), wallMs);
    return this.#options.where(instance) ? instance : undefined;
  }

  #reason(id: string): RemovalReason {
    if (this.#instances.has(id)) return 'filtered';
    return this.#departures.get(id) ?? 'expired';
  }

  #touch(ids: readonly string[]): void {
    for (const id of ids) this.#touched.add(id);
  }
}

/** The same life of an instance, written again: whether a consumer could tell. */
function isDifferent(previous: Instance, current: Instance): boolean {
  return (
    previous.modRevision !== current.modRevision ||
    previous.held !== current.held ||
    previous.override !== current.override
  );
}
