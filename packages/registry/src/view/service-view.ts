/**
 * A service as this process sees it: always there, always the newest that is known, read without waiting.
 *
 * Changes are taken in as they come, and published together when several come at once, so that a service of thousands
 * of instances that changes all the time costs no more than it must.
 */
import type { CallOptions, Client, Events, Logger } from '@concord/client';
import { ConcordError, durationMs, EventSource } from '@concord/client';
import type { Instance } from '../instance.ts';
import type { RegistryMetrics, ViewGauge } from '../metrics.ts';
import { validateMetadata, type ServiceDefinition } from '../service-definition.ts';
import { DISCOVER, type CheckedViewOptions } from './discover-options.ts';
import type { HoldCause } from './expiry-guard.ts';
import type { Observer, Observers } from './observers.ts';
import { ServiceFeed } from './service-feed.ts';
import type { SavedService } from './snapshot-file.ts';
import { SnapshotKeeper, type SnapshotSource } from './snapshot-keeper.ts';
import { ViewState, type ViewDifference } from './view-state.ts';
import { ViewUpdates } from './view-updates.ts';

/** Publications are at least so far apart: 10,000 instances are copied 50 times a second at most. */
const PUBLISH_INTERVAL_MS = 20;
/** How often holds, overrides and files are looked after. */
const TICK_MS = 1000;
/** How long `discover` waits for the cluster, unless told otherwise. */
const READY_MS_DEFAULT = 5000;
/** Keys whose bad values are reported; more are counted only. */
const INVALID_REPORTED_MAX = 1000;

/**
 * Where a view is from. `live`: current. `stale`: the cluster is away, this is the last known. `disk` and `capsule`:
 * the cluster has not been reached since the start, this was saved.
 */
export type ViewSource = 'live' | 'stale' | 'disk' | 'capsule';

/** What a view has at a moment; never changes. */
export interface ViewSnapshot<Metadata = unknown> {
  /** The cluster's revision up to which it is complete. */
  readonly revision: number;
  readonly instances: readonly Instance<Metadata>[];
  readonly source: ViewSource;
  /** How long ago it was known to be current; 0 while it is. */
  readonly ageMs: number;
  /** Why it may not be what the cluster says: instances whose leases ran out together are held for a while. */
  readonly degraded: HoldCause | null;
}

export interface ViewUpdate<Metadata = unknown> extends ViewDifference<Metadata> {
  readonly snapshot: ViewSnapshot<Metadata>;
}

export interface ViewEvents<Metadata = unknown> {
  update: ViewUpdate<Metadata>;
  degraded: { readonly from: HoldCause | null; readonly to: HoldCause | null };
  source: { readonly from: ViewSource; readonly to: ViewSource };
  /** A value that could not be read, and was skipped. Once a key. */
  invalid: { readonly key: string; readonly problem: string };
}

export interface ViewContext {
  readonly client: Client;
  readonly logger: Logger;
  readonly metrics: RegistryMetrics;
  readonly observers: Observers;
  /** Is told when it is closed. */
  readonly onClosed: (view: object) => void;
}

export class ServiceView<Metadata = unknown>
  implements AsyncDisposable, AsyncIterable<ViewUpdate<Metadata>>
{
  readonly service: string;
  readonly #context: ViewContext;
  readonly #options: CheckedViewOptions;
  readonly #state: ViewState;
  readonly #feed: ServiceFeed;
  readonly #saved: SnapshotKeeper | undefined;
  readonly #events: EventSource<ViewEvents<Metadata>>;
  readonly #updates = new Set<ViewUpdates<ViewUpdate<Metadata>>>();
  readonly #reported = new Set<string>();
  readonly #waiters = new Set<() => void>();
  readonly #gauge: ViewGauge;
  readonly #ticking: NodeJS.Timeout;
  #observer: Observer | undefined;
  #loaded: SnapshotSource | undefined;
  #source: ViewSource = 'stale';
  #degraded: HoldCause | null = null;
  #publishedAtMs = -Infinity;
  #changedAtMs: number | undefined;
  #publishing: NodeJS.Timeout | undefined;
  #closing: Promise<void> | undefined;

  private constructor(
    context: ViewContext,
    definition: ServiceDefinition,
    options: CheckedViewOptions,
  ) {
    const { client, logger, metrics } = context;
    this.service = definition.name;
    this.#context = context;
    this.#options = options;
    this.#events = new EventSource((error, type) =>
      logger.error(`a listener of the view of ${definition.name} threw`, {
        type,
        error: String(error),
      }),
    );
    this.#state = new ViewState({
      service: definition.name,
      where: (instance) => this.#isWanted(instance),
      validate: (metadata) => validateMetadata(definition.metadata, metadata),
      protection: options.protection,
    });
    this.#feed = new ServiceFeed(client, definition.name, this.#state, {
      onChange: () => this.#changed(),
      onInvalid: (key, problem) => this.#invalid(key, problem),
    });
    if (options.cache !== undefined) {
      this.#saved = new SnapshotKeeper(options.cache, definition.name, logger);
    }
    this.#gauge = {
      service: definition.name,
      sizes: () => this.#sizes(),
      staleMs: () => this.#ageMs(),
    };
    metrics.addView(this.#gauge);
    this.#ticking = setInterval(() => this.#tick(), TICK_MS).unref();
  }

  /** Used by `registry.discover`. */
  static async open<Metadata>(
    context: ViewContext,
    definition: ServiceDefinition<string, Metadata, unknown>,
    options: CheckedViewOptions,
    call: CallOptions,
  ): Promise<ServiceView<Metadata>> {
    const view = new ServiceView<Metadata>(context, definition, options);
    try {
      await view.#begin(call);
      if (options.waitFor > 0) await view.waitFor(options.waitFor, call);
      return view;
    } catch (error) {
      await view.close();
      throw error;
    }
  }

  /** What there is, now. */
  get snapshot(): ViewSnapshot<Metadata> {
    return {
      revision: this.#loaded?.saved.revision ?? this.#feed.revision,
      instances: this.#state.instances as readonly Instance<Metadata>[],
      source: this.#currentSource(),
      ageMs: this.#ageMs(),
      degraded: this.#state.hold ?? null,
    };
  }

  get events(): Events<ViewEvents<Metadata>> {
    return this.#events;
  }

  /** Calls `listener` with everything that changes from now on. One that throws is logged and stops nobody. */
  onUpdate(
    listener: (update: ViewUpdate<Metadata>) => void,
    options: { readonly signal?: AbortSignal } = {},
  ): Disposable {
    return this.#events.on('update', listener, options);
  }

  /** What there is, as the first update, and everything that changes from then on; several changes as one for the slow. */
  updates(
    options: { readonly signal?: AbortSignal } = {},
  ): AsyncIterableIterator<ViewUpdate<Metadata>> {
    const updates: ViewUpdates<ViewUpdate<Metadata>> = new ViewUpdates(
      this.#state.instances,
      (difference) => this.#update(difference),
      () => {
        this.#updates.delete(updates);
        options.signal?.removeEventListener('abort', end);
      },
    );
    const end = (): void => updates.end();
    this.#updates.add(updates);
    options.signal?.addEventListener('abort', end, { once: true });
    if (options.signal?.aborted === true || this.#closing !== undefined) end();
    return updates;
  }

  [Symbol.asyncIterator](): AsyncIterator<ViewUpdate<Metadata>> {
    return this.updates();
  }

  /**
   * Resolves when at least `count` instances can be picked.
   *
   * @throws ConcordError `NO_INSTANCES` when there are fewer after 5 s or `timeout`; `ABORTED`; `CLOSED`
   */
  async waitFor(count: number, call: CallOptions = {}): Promise<void> {
    const operation = `${DISCOVER}: waitFor`;
    const timeoutMs = durationMs(
      call.timeout ?? READY_MS_DEFAULT,
      `${operation}: option "timeout"`,
    );
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const failure = (code: 'NO_INSTANCES' | 'ABORTED' | 'CLOSED', problem: string): void =>
      reject(new ConcordError(code, { operation, subject: this.service, problem }));
    const look = (): void => {
      const pickable = this.#pickableCount();
      if (this.#closing !== undefined) failure('CLOSED', 'the view is closed');
      else if (pickable >= count) resolve();
    };
    const late = (): void => {
      const there = `${this.#pickableCount()} of ${count} instances of ${this.service} can be picked`;
      failure('NO_INSTANCES', `${there} after ${timeoutMs} ms`);
    };
    const aborted = (): void => failure('ABORTED', 'its signal aborted');
    const timer = setTimeout(late, timeoutMs);
    call.signal?.addEventListener('abort', aborted, { once: true });
    this.#waiters.add(look);
    try {
      if (call.signal?.aborted === true) aborted();
      look();
      await promise;
    } finally {
      clearTimeout(timer);
      call.signal?.removeEventListener('abort', aborted);
      this.#waiters.delete(look);
    }
  }

  /** Lets go of the instances that are held because they expired together. */
  releaseHold(): void {
    this.#state.releaseHold();
    this.#publish();
  }

  /** What a file would have of it: for `registry.saveCapsule`. */
  saved(): SavedService {
    return this.#feed.saved(Date.now());
  }

  /** Ends the view; what it had stays readable. */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #close(): Promise<void> {
    clearInterval(this.#ticking);
    clearTimeout(this.#publishing);
    this.#context.metrics.removeView(this.#gauge);
    for (const updates of [...this.#updates]) updates.end();
    for (const look of [...this.#waiters]) look();
    // Before the mirrors end: what they have is to be saved.
    if (this.#feed.isLoaded) await this.#saved?.save(() => this.#feed.saved(Date.now()));
    await this.#feed[Symbol.asyncDispose]();
    if (this.#observer !== undefined) await this.#context.observers.release(this.#observer);
    this.#events.close();
    this.#context.onClosed(this);
  }

  /** Waits for the cluster, or begins with what was saved. */
  async #begin(call: CallOptions): Promise<void> {
    const { cache, acknowledge } = this.#options;
    const timeoutMs = durationMs(
      call.timeout ?? READY_MS_DEFAULT,
      `${DISCOVER}: option "timeout"`,
      1,
    );
    const waitMs = Math.min(timeoutMs, cache?.waitMs ?? Infinity);
    try {
      await this.#feed.ready({ signal: call.signal, timeout: waitMs });
    } catch (error) {
      const isAway = ConcordError.is(error, 'DEADLINE') || ConcordError.is(error, 'UNAVAILABLE');
      if (!isAway || this.#saved === undefined) throw error;
      this.#loaded = await this.#saved.load();
      if (this.#loaded === undefined) {
        const timeout = Math.max(1, timeoutMs - waitMs);
        await this.#feed.ready({ signal: call.signal, timeout });
      } else if (!this.#feed.isLoaded) {
        this.#feed.load(this.#loaded.saved);
      }
    }
    if (acknowledge) this.#observer = this.#context.observers.observe(this.service);
    this.#publish();
    this.#acknowledge();
  }

  #isWanted(instance: Instance): boolean {
    try {
      return this.#options.where(instance);
    } catch (error) {
      this.#invalid(instance.id, `"where" threw ${String(error)}`);
      return false;
    }
  }

  #invalid(key: string, problem: string): void {
    const { metrics, logger } = this.#context;
    metrics.invalidValue(this.service);
    if (this.#reported.has(key) || this.#reported.size >= INVALID_REPORTED_MAX) return;
    this.#reported.add(key);
    logger.warn(`${key} is skipped: ${problem}`);
    this.#events.emit('invalid', { key, problem });
  }

  #changed(): void {
    if (this.#feed.isLoaded) this.#loaded = undefined;
    this.#changedAtMs ??= performance.now();
    if (this.#publishing !== undefined) return;
    const waitMs = this.#publishedAtMs + PUBLISH_INTERVAL_MS - performance.now();
    if (waitMs <= 0) this.#publish();
    else this.#publishing = setTimeout(() => this.#publish(), waitMs).unref();
  }

  #publish(): void {
    clearTimeout(this.#publishing);
    this.#publishing = undefined;
    this.#publishedAtMs = performance.now();
    const difference = this.#state.publish(Date.now());
    if (this.#changedAtMs !== undefined) {
      this.#context.metrics.viewLag(this.service, this.#publishedAtMs - this.#changedAtMs);
      this.#changedAtMs = undefined;
    }
    if (difference !== undefined) {
      for (const updates of this.#updates) updates.add(difference);
      this.#events.emit('update', this.#update(difference));
      for (const look of [...this.#waiters]) look();
    }
    this.#noteCondition();
    // After the publication: from here on, nobody here picks who drains.
    if (this.#state.takeDrains()) this.#acknowledge();
  }

  #update(difference: ViewDifference): ViewUpdate<Metadata> {
    return { ...(difference as ViewDifference<Metadata>), snapshot: this.snapshot };
  }

  #acknowledge(): void {
    if (!this.#feed.isLoaded) return;
    const { revision, overridesRevision: overrides } = this.#feed;
    this.#observer?.acknowledge({ revision, overrides });
  }

  #tick(): void {
    this.#state.tick(performance.now(), Date.now());
    if (this.#state.hasUnpublished) this.#publish();
    else this.#noteCondition();
    if (this.#feed.isLive)
      this.#saved?.saveIfDue(() => this.#feed.saved(Date.now()), this.#feed.changes);
  }

  #noteCondition(): void {
    const source = this.#currentSource();
    const degraded = this.#state.hold ?? null;
    const [from, was] = [this.#source, this.#degraded];
    this.#source = source;
    this.#degraded = degraded;
    if (from !== source) this.#events.emit('source', { from, to: source });
    if (was !== degraded) {
      this.#context.logger.warn(
        `the view of ${this.service} is ${degraded ?? 'no longer degraded'}`,
      );
      this.#events.emit('degraded', { from: was, to: degraded });
    }
  }

  #currentSource(): ViewSource {
    if (this.#loaded !== undefined) return this.#loaded.source;
    return this.#feed.isLive ? 'live' : 'stale';
  }

  #ageMs(): number {
    if (this.#loaded !== undefined) return Math.max(0, Date.now() - this.#loaded.saved.savedAt);
    return Math.round(this.#feed.staleMs);
  }

  #pickableCount(): number {
    let count = 0;
    for (const { state, weight } of this.#state.instances) {
      if (state === 'serving' && weight > 0) count += 1;
    }
    return count;
  }

  #sizes(): Record<string, number> {
    const sizes: Record<string, number> = { starting: 0, serving: 0, draining: 0, held: 0 };
    for (const { state, held } of this.#state.instances) {
      const name = held ? 'held' : state;
      sizes[name] = (sizes[name] ?? 0) + 1;
    }
    return sizes;
  }
}
