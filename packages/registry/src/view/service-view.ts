/** A service as this process sees it: always there, always the newest that is known, read without waiting. */
import { setImmediate } from 'node:timers/promises';
import type { CallOptions, Events } from '@concord/client';
import { ConcordError, durationMs, EventSource } from '@concord/client';
import type { Balancer, PickContext } from '../balance/balancer.ts';
import type { PickExplanation } from '../balance/explain.ts';
import { noInstances } from '../balance/no-instances.ts';
import type { Picked } from '../balance/picked.ts';
import { serviceBalancer } from '../balance/service-balancer.ts';
import type { Instance } from '../instance.ts';
import { callInstance, type InstanceCall, type ServiceCallOptions } from '../resilience/call.ts';
import { RetryBudget } from '../resilience/retry-budget.ts';
import type { ServiceDefinition } from '../service-definition.ts';
import { DISCOVER, type CheckedViewOptions } from './discover-options.ts';
import type { HoldCause } from './expiry-guard.ts';
import type { SavedService } from './snapshot-file.ts';
import { READY_MS_DEFAULT, ViewCore, type ViewContext, type ViewSource } from './view-core.ts';
import type { ViewDifference } from './view-state.ts';
import { ViewUpdates } from './view-updates.ts';

/** What a view has at a moment; never changes. */
export interface ViewSnapshot<Metadata = unknown> {
  /** The cluster's revision up to which it is complete. */
  readonly revision: number;
  readonly instances: readonly Instance<Metadata>[];
  readonly source: ViewSource;
  /** How long ago it was known to be current; 0 while it is. */
  readonly ageMs: number;
  /**
   * Why it may not be what the cluster says: instances whose leases ran out together are held for a while; or why
   * health is disregarded: `panic`, too few are healthy.
   */
  readonly degraded: HoldCause | 'panic' | null;
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

export class ServiceView<Metadata = unknown>
  implements AsyncDisposable, AsyncIterable<ViewUpdate<Metadata>>
{
  readonly service: string;
  readonly #context: ViewContext;
  readonly #core: ViewCore;
  readonly #balancer: Balancer<Metadata>;
  readonly #budget = new RetryBudget();
  readonly #events: EventSource<ViewEvents<Metadata>>;
  readonly #updates = new Set<ViewUpdates<ViewUpdate<Metadata>>>();
  readonly #waiters = new Set<() => void>();
  #closing: Promise<void> | undefined;

  private constructor(
    context: ViewContext,
    definition: ServiceDefinition,
    options: CheckedViewOptions,
  ) {
    this.service = definition.name;
    this.#context = context;
    this.#balancer = serviceBalancer<Metadata>(definition.name, options.balance, DISCOVER);
    this.#events = new EventSource((error, type) =>
      context.logger.error(`a listener of the view of ${definition.name} threw`, {
        type,
        error: String(error),
      }),
    );
    this.#core = new ViewCore(context, definition, options, {
      onDifference: (difference) => this.#changed(difference),
      onInvalid: (key, problem) => this.#events.emit('invalid', { key, problem }),
      onDegraded: (from, to) => this.#events.emit('degraded', { from, to }),
      onSource: (from, to) => this.#events.emit('source', { from, to }),
    });
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
      await view.#core.begin(call);
      // With thousands of instances the first pick has much to do: in parts, so that nobody but this waits for it.
      while (!view.#balancer.prepare()) await setImmediate();
      if (options.waitFor > 0) await view.waitFor(options.waitFor, call);
      return view;
    } catch (error) {
      await view.close();
      throw error;
    }
  }

  /** What there is, now. */
  get snapshot(): ViewSnapshot<Metadata> {
    const { revision, source, ageMs, hold } = this.#core;
    return {
      revision,
      instances: this.#core.instances as readonly Instance<Metadata>[],
      source,
      ageMs,
      degraded: hold ?? this.#balancer.degraded ?? null,
    };
  }

  get events(): Events<ViewEvents<Metadata>> {
    return this.#events;
  }

  /**
   * Chooses an instance for a call, without waiting. Report what became of it, or dispose of it.
   *
   * @throws ConcordError `NO_INSTANCES` that says why there is nobody to pick
   */
  pick(context?: PickContext<Metadata>): Picked<Metadata> {
    const picked = this.#balancer.pick(context);
    if (picked !== undefined) return picked;
    throw noInstances('view.pick', this.service, this.#balancer.explain(context));
  }

  /** As {@link pick}, undefined when there is nobody to pick. */
  tryPick(context?: PickContext<Metadata>): Picked<Metadata> | undefined {
    return this.#balancer.pick(context);
  }

  /**
   * Picks, runs, reports; and tries elsewhere when that can do no harm, within a budget.
   *
   * @throws what the last try threw; ConcordError `NO_INSTANCES`, `DEADLINE`, `ABORTED`, `INVALID_ARGUMENT`
   */
  call<R>(run: InstanceCall<Metadata, R>, options?: ServiceCallOptions<Metadata>): Promise<R> {
    const host = {
      service: this.service,
      budget: this.#budget,
      pick: (context: PickContext<Metadata>) => this.pick(context),
      tryPick: (context: PickContext<Metadata>) => this.tryPick(context),
    };
    return callInstance(host, run, options);
  }

  /** For every instance, why it can or can't be picked, its effective weight and its share. */
  explain(context?: PickContext<Metadata>): PickExplanation<Metadata> {
    return this.#balancer.explain(context);
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
  ): AsyncIterableIterator<ViewUpdate<Metadata>, undefined> {
    const updates: ViewUpdates<ViewUpdate<Metadata>> = new ViewUpdates(
      this.#core.instances,
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

  [Symbol.asyncIterator](): AsyncIterator<ViewUpdate<Metadata>, undefined> {
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
    this.#core.releaseHold();
  }

  /** What a file would have of it: for `registry.saveCapsule`. */
  saved(): SavedService {
    return this.#core.saved();
  }

  /** Ends the view; what it had stays readable, nobody is picked any more. */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #close(): Promise<void> {
    for (const updates of [...this.#updates]) updates.end();
    for (const look of [...this.#waiters]) look();
    await this.#core.close();
    this.#balancer[Symbol.dispose]();
    this.#events.close();
    this.#context.onClosed(this);
  }

  #changed(difference: ViewDifference): void {
    const { added, removed, changed } = difference as ViewDifference<Metadata>;
    this.#balancer.change(
      [...added, ...changed.map(({ current }) => current)],
      removed.map(({ instance }) => instance.id),
      performance.now(),
    );
    for (const updates of this.#updates) updates.add(difference);
    this.#events.emit('update', this.#update(difference));
    for (const look of [...this.#waiters]) look();
  }

  #update(difference: ViewDifference): ViewUpdate<Metadata> {
    return { ...(difference as ViewDifference<Metadata>), snapshot: this.snapshot };
  }

  #pickableCount(): number {
    let count = 0;
    for (const { state, weight } of this.#core.instances) {
      if (state === 'serving' && weight > 0) count += 1;
    }
    return count;
  }
}
