/**
 * A view at work: what the feed tells goes into the state, what has changed is published, drains are acknowledged,
 * files are written. {@link ServiceView} is what users see of it.
 *
 * Changes are taken in as they come, and published together when several come at once, so that a service of thousands
 * of instances that changes all the time costs no more than it must.
 */
import type { CallOptions, Client, Logger } from '@concord/client';
import { ConcordError, durationMs } from '@concord/client';
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

/** Publications are at least so far apart: 10,000 instances are copied 50 times a second at most. */
const PUBLISH_INTERVAL_MS = 20;
/** How often holds, overrides and files are looked after. */
const TICK_MS = 1000;
/** How long `discover` waits for the cluster, unless told otherwise. */
export const READY_MS_DEFAULT = 5000;
/** Keys whose bad values are reported; more are counted only. */
const INVALID_REPORTED_MAX = 1000;

/**
 * Where a view is from. `live`: current. `stale`: the cluster is away, this is the last known. `disk` and `capsule`:
 * the cluster has not been reached since the start, this was saved.
 */
export type ViewSource = 'live' | 'stale' | 'disk' | 'capsule';

export interface ViewContext {
  readonly client: Client;
  readonly logger: Logger;
  readonly metrics: RegistryMetrics;
  readonly observers: Observers;
  /** Is told when the view is closed. */
  readonly onClosed: (view: object) => void;
}

export interface ViewHooks {
  readonly onDifference: (difference: ViewDifference) => void;
  readonly onInvalid: (key: string, problem: string) => void;
  readonly onDegraded: (from: HoldCause | null, to: HoldCause | null) => void;
  readonly onSource: (from: ViewSource, to: ViewSource) => void;
}

export class ViewCore {
  readonly #context: ViewContext;
  readonly #service: string;
  readonly #options: CheckedViewOptions;
  readonly #hooks: ViewHooks;
  readonly #state: ViewState;
  readonly #feed: ServiceFeed;
  readonly #saved: SnapshotKeeper | undefined;
  readonly #reported = new Set<string>();
  readonly #gauge: ViewGauge;
  readonly #ticking: NodeJS.Timeout;
  #observer: Observer | undefined;
  /** Somebody drains, or the list was read: what is seen is to be said. */
  #mustAcknowledge = false;
  #loaded: SnapshotSource | undefined;
  #source: ViewSource = 'stale';
  #degraded: HoldCause | null = null;
  #publishedAtMs = -Infinity;
  #changedAtMs: number | undefined;
  #publishing: NodeJS.Timeout | undefined;

  constructor(
    context: ViewContext,
    { name, metadata: schema }: ServiceDefinition,
    options: CheckedViewOptions,
    hooks: ViewHooks,
  ) {
    const { client, logger, metrics } = context;
    this.#context = context;
    this.#service = name;
    this.#options = options;
    this.#hooks = hooks;
    this.#state = new ViewState({
      service: name,
      where: (instance) => this.#isWanted(instance),
      validate: (metadata) => validateMetadata(schema, metadata),
      protection: options.protection,
    });
    this.#feed = new ServiceFeed(client, name, this.#state, {
      onChange: (isReread) => this.#changed(isReread),
      onInvalid: (key, problem) => this.#invalid(key, problem),
    });
    if (options.cache !== undefined) {
      this.#saved = new SnapshotKeeper(options.cache, name, logger);
    }
    this.#gauge = { service: name, sizes: () => this.#sizes(), staleMs: () => this.ageMs };
    metrics.addView(this.#gauge);
    this.#ticking = setInterval(() => this.#tick(), TICK_MS).unref();
  }

  get instances(): readonly Instance[] {
    return this.#state.instances;
  }

  get hold(): HoldCause | undefined {
    return this.#state.hold;
  }

  get revision(): number {
    return this.#feed.isLoaded ? this.#feed.revision : (this.#loaded?.saved.revision ?? 0);
  }

  get source(): ViewSource {
    if (this.#feed.isLoaded && this.#feed.isLive) return 'live';
    return this.#loaded?.source ?? 'stale';
  }

  get ageMs(): number {
    if (!this.#feed.isLoaded && this.#loaded !== undefined)
      return Math.max(0, Date.now() - this.#loaded.saved.savedAt);
    return Math.round(this.#feed.staleMs);
  }

  /** Waits for the cluster, or begins with what was saved. */
  async begin(call: CallOptions): Promise<void> {
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
    if (acknowledge) {
      this.#observer = this.#context.observers.observe(this.#service, () => ({
        revision: this.#feed.revision,
        overrides: this.#feed.overridesRevision,
      }));
    }
    this.#mustAcknowledge = true;
    this.#publish();
  }

  releaseHold(): void {
    this.#state.releaseHold();
    this.#publish();
  }

  /** What a file would have of it. */
  saved(): SavedService {
    return this.#feed.saved(Date.now());
  }

  async close(): Promise<void> {
    clearInterval(this.#ticking);
    clearTimeout(this.#publishing);
    this.#context.metrics.removeView(this.#gauge);
    // Before the mirrors end: what they have is to be saved.
    if (this.#feed.isLoaded) await this.#saved?.save(() => this.saved());
    await this.#feed[Symbol.asyncDispose]();
    if (this.#observer !== undefined) await this.#context.observers.release(this.#observer);
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
    metrics.invalidValue(this.#service);
    if (this.#reported.has(key) || this.#reported.size >= INVALID_REPORTED_MAX) return;
    this.#reported.add(key);
    logger.warn(`${key} is skipped: ${problem}`);
    this.#hooks.onInvalid(key, problem);
  }

  #changed(isReread: boolean): void {
    this.#mustAcknowledge ||= isReread;
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
      this.#context.metrics.viewLag(this.#service, this.#publishedAtMs - this.#changedAtMs);
      this.#changedAtMs = undefined;
    }
    if (difference !== undefined) this.#hooks.onDifference(difference);
    this.#noteCondition();
    // After the publication: from here on, nobody here picks who drains.
    this.#mustAcknowledge = this.#state.takeDrains() || this.#mustAcknowledge;
    if (!this.#mustAcknowledge || !this.#feed.isLoaded || this.#observer === undefined) return;
    this.#mustAcknowledge = false;
    this.#observer.acknowledge();
  }

  #tick(): void {
    this.#state.tick(performance.now(), Date.now());
    if (this.#state.hasUnpublished) this.#publish();
    else this.#noteCondition();
    if (this.#feed.isLive) this.#saved?.saveIfDue(() => this.saved(), this.#feed.changes);
  }

  #noteCondition(): void {
    const source = this.source;
    if (source === 'live') this.#loaded = undefined;
    const degraded = this.#state.hold ?? null;
    const [from, was] = [this.#source, this.#degraded];
    this.#source = source;
    this.#degraded = degraded;
    if (from !== source) this.#hooks.onSource(from, source);
    if (was !== degraded) {
      this.#context.logger.warn(
        `the view of ${this.#service} is ${degraded ?? 'no longer degraded'}`,
      );
      this.#hooks.onDegraded(was, degraded);
    }
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
