/** One instance that this process has registered, as its owner sees it. */
import type { CallOptions, Client, Events, Logger } from '@concord/client';
import { ConcordError, durationMs, EventSource, checkNames } from '@concord/client';
import type { Instance, Override } from '../instance.ts';
import { decodeInstance } from '../instance-record.ts';
import { checkLabels, type Labels } from '../labels.ts';
import type { RegistryMetrics } from '../metrics.ts';
import { invalidOption } from '../options.ts';
import { withOverride } from '../override.ts';
import { registryKeys } from '../registry-keys.ts';
import type { ServiceDefinition } from '../service-definition.ts';
import { acceptMetadata } from '../service-definition.ts';
import { resolveAddress } from './address.ts';
import {
  announcementOf,
  newId,
  type Announcement,
  type AnnouncementChange,
} from './announcement.ts';
import {
  checkDrainOptions,
  patienceMs,
  waitForObservers,
  type CheckedDrainOptions,
  type DrainOptions,
  type DrainReport,
} from './drain.ts';
import { Keeper, type Renewal } from './keeper.ts';
import { OverrideWatch } from './override-watch.ts';
import { ReadinessPoller } from './readiness.ts';
import { checkWeight, REGISTER, type CheckedRegisterOptions } from './register-options.ts';
import { drainOnSignals } from './signals.ts';

/** How long `update` and `setServing` wait for the cluster unless told otherwise; it is written later anyway. */
const WRITE_MS_DEFAULT = 5000;
/** Deleting the key and giving the lease back, when the cluster does not answer. */
const DEREGISTER_MS_MAX = 2000;

/**
 * - `starting`: listed, not picked. `serving`: picked. `draining`: about to go.
 * - `re-registering`: the lease or the key is lost; another life is being registered.
 * - `closed`: deregistered, or lost with `onSessionLoss: 'fail'`, or taken over by another.
 */
export type RegistrationState = 'starting' | 'serving' | 're-registering' | 'draining' | 'closed';

export interface RegistrationEvents {
  state: { readonly from: RegistrationState; readonly to: RegistrationState };
  /** It was lost and is registered again; consumers may not have seen it for `gapMs`. */
  reRegistered: Renewal;
  /** An operator decided something about this instance; see `registration.override`. */
  overridden: { readonly override: Override };
  overrideCleared: { readonly override: Override };
  /** It is over without having been asked to be: `signal` has aborted with this error. */
  ended: { readonly error: ConcordError };
}

/** What can be changed while registered. */
export interface RegistrationUpdate<Metadata = unknown> {
  readonly weight?: number;
  /** Replaces all labels. */
  readonly labels?: Labels;
  /** Replaces the metadata. */
  readonly metadata?: Metadata;
}

export interface RegistrationContext {
  readonly client: Client;
  readonly logger: Logger;
  readonly metrics: RegistryMetrics;
  /** Is told when it is closed. */
  readonly onClosed: (registration: object) => void;
}

export class Registration<Metadata = unknown> implements AsyncDisposable {
  readonly service: string;
  readonly id: string;
  readonly #context: RegistrationContext;
  readonly #definition: ServiceDefinition;
  readonly #announcement: Announcement;
  readonly #events: EventSource<RegistrationEvents>;
  readonly #lost = new AbortController();
  readonly #override: OverrideWatch;
  #keeper!: Keeper;
  #readiness: ReadinessPoller | undefined;
  #signals: Disposable | undefined;
  #state: RegistrationState;
  #draining: Promise<DrainReport> | undefined;
  #isClosed = false;

  private constructor(
    context: RegistrationContext,
    options: CheckedRegisterOptions,
    announcement: Announcement,
    id: string,
  ) {
    this.service = options.definition.name;
    this.id = id;
    this.#context = context;
    this.#definition = options.definition;
    this.#announcement = announcement;
    this.#state = announcement.state;
    this.#events = new EventSource((error, type) =>
      context.logger.error(`a listener of registration ${id} threw`, {
        type,
        error: String(error),
      }),
    );
    this.#override = new OverrideWatch({
      client: context.client,
      key: registryKeys.override(this.service, id),
      incarnation: () => this.incarnation,
      onChange: (next, previous) => {
        if (previous !== undefined) this.#events.emit('overrideCleared', { override: previous });
        if (next !== undefined) this.#events.emit('overridden', { override: next });
      },
    });
  }

  /**
   * Used by `registry.register`.
   *
   * @throws ConcordError `CONFLICT`, and what the client says
   */
  static async open<Metadata>(
    context: RegistrationContext,
    options: CheckedRegisterOptions,
    call: CallOptions,
  ): Promise<Registration<Metadata>> {
    const { endpoints, app } = context.client;
    await acceptMetadata(REGISTER, options.definition.metadata, options.metadata);
    const address = await resolveAddress(REGISTER, options.address, endpoints[0]);
    const id = options.id ?? newId(options.port);
    const announcement = announcementOf(options, id, address, app);
    announcement.checkSize(REGISTER);
    const registration = new Registration<Metadata>(context, options, announcement, id);
    try {
      await registration.#open(options, call);
      return registration;
    } catch (error) {
      await registration.#override[Symbol.asyncDispose]();
      throw error;
    }
  }

  async #open(options: CheckedRegisterOptions, call: CallOptions): Promise<void> {
    const { client, logger, metrics } = this.#context;
    const keeperOptions = {
      client,
      logger,
      metrics,
      service: this.service,
      key: registryKeys.instance(this.service, this.id),
      ttlMs: options.ttlMs,
      announcement: this.#announcement,
      onSessionLoss: options.onSessionLoss,
      onChange: () => this.#changeState(),
      onRenewed: (renewal: Renewal) => this.#renewed(renewal),
      onEnded: (error: ConcordError) => this.#ended(error),
    };
    this.#keeper = await Keeper.open(keeperOptions, options.replace, call);
    if (options.readiness !== undefined) {
      const isReady = options.start === 'serving';
      const onChange = (isReadyNow: boolean): void => this.#change({ isReady: isReadyNow });
      this.#readiness = new ReadinessPoller(options.readiness, isReady, onChange);
    }
    if (options.drainOn.length > 0) {
      const drain = (signal: AbortSignal): Promise<unknown> => this.drain({ signal });
      this.#signals = drainOnSignals(process, options.drainOn, drain);
    }
  }

  /** What happens to it. */
  get events(): Events<RegistrationEvents> {
    return this.#events;
  }

  /** Aborts when the registration is over without having been asked to be. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  get state(): RegistrationState {
    return this.#state;
  }

  /** Names this life of the instance; another after each re-registration. */
  get incarnation(): string {
    return this.#announcement.incarnation;
  }

  /** What an operator decided about this instance, while it is in force. */
  get override(): Override | undefined {
    return this.#override.inForce;
  }

  /** The instance as consumers see it, once they have seen the last write. */
  get instance(): Instance<Metadata> {
    const revision = this.#keeper.revision;
    const entry = {
      text: this.#announcement.encode(),
      createRevision: revision,
      modRevision: revision,
    };
    const decoded = decodeInstance(this.service, this.id, entry);
    if (!decoded.ok) throw new Error(`what was registered can't be read: ${decoded.problem}`);
    const { inForce } = this.#override;
    const override = inForce === undefined ? undefined : { value: inForce, modRevision: revision };
    return withOverride(decoded.value, override, Date.now()) as Instance<Metadata>;
  }

  /**
   * Changes what consumers see; what is left out stays. It is written later if the cluster can't be reached in time.
   *
   * @throws ConcordError `INVALID_ARGUMENT`, and `DEADLINE` when it is not written after 5 s or `timeout`
   */
  async update(update: RegistrationUpdate<Metadata>, call: CallOptions = {}): Promise<void> {
    const operation = 'registration.update';
    checkNames(update, ['weight', 'labels', 'metadata'], operation);
    const { weight, labels, metadata } = update;
    const change = {
      ...(weight !== undefined && { weight: checkWeight(operation, weight) }),
      ...(labels !== undefined && { labels: checkLabels(operation, labels) }),
      ...(metadata !== undefined && { metadata }),
    };
    if ('metadata' in change) await acceptMetadata(operation, this.#definition.metadata, metadata);
    this.#announcement.checkSize(operation, change);
    await this.#changeAndWait(operation, change, call);
  }

  /**
   * Says whether it can take calls. Together with a readiness check, both must say so.
   *
   * @throws ConcordError `DEADLINE` when it is not written after 5 s or `timeout`; it is written later then
   */
  async setServing(isServing = true, call: CallOptions = {}): Promise<void> {
    if (typeof isServing !== 'boolean') {
      throw invalidOption('registration.setServing', 'serving', isServing, 'give true or false');
    }
    await this.#changeAndWait('registration.setServing', { isServing }, call);
  }

  /**
   * Goes in an orderly way: says that it drains, waits until all consumers have seen that and pick it no more, and
   * deregisters. Calls that are under way are the caller's to finish, before or after. Never rejects for the
   * cluster's sake; the report says what came of it.
   *
   * @throws ConcordError `INVALID_ARGUMENT`
   */
  async drain(options: DrainOptions = {}): Promise<DrainReport> {
    const checked = checkDrainOptions('registration.drain', options);
    return (this.#draining ??= this.#drain(checked));
  }

  /** Deregisters without waiting for consumers. */
  async close(): Promise<void> {
    await this.drain({ observers: 'skip' });
  }

  /** As {@link drain} does by default. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.drain();
  }

  async #drain({
    observers,
    maxWaitMs,
    timeoutMs,
    signal,
  }: CheckedDrainOptions): Promise<DrainReport> {
    const startMs = performance.now();
    const timeout = AbortSignal.timeout(Math.max(1, Math.round(maxWaitMs)));
    const until = signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
    const written = AbortSignal.any([until, AbortSignal.timeout(timeoutMs)]);
    const isWaiting = observers === 'wait';
    const report = await this.#announceDraining(isWaiting, maxWaitMs, until, written);
    await this.#close(patienceMs(timeoutMs, report.outcome === 'unreachable'));
    const waitedMs = Math.round(performance.now() - startMs);
    this.#context.metrics.drained(this.service, report.outcome, waitedMs);
    return { ...report, waitedMs };
  }

  async #announceDraining(
    isWaiting: boolean,
    maxWaitMs: number,
    until: AbortSignal,
    written: AbortSignal,
  ): Promise<Omit<DrainReport, 'waitedMs'>> {
    const nobody = { acknowledged: 0, pending: [] };
    this.#readiness?.close();
    // Nothing that could be drained: no consumer has it, or soon none will.
    if (this.#isClosed || this.#keeper.isRenewing) {
      return { revision: undefined, outcome: 'skipped', ...nobody };
    }
    this.#change({ isDraining: true });
    const revision = await this.#keeper
      .written('registration.drain', written)
      .catch(() => undefined);
    if (revision === undefined) return { revision, outcome: 'unreachable', ...nobody };
    if (!isWaiting) return { revision, outcome: 'skipped', ...nobody };
    const call = { signal: until, timeout: Math.max(1, maxWaitMs) };
    const seen = await waitForObservers(this.#context.client, this.service, revision, call);
    return { revision, outcome: seen.pending.length === 0 ? 'acknowledged' : 'timeout', ...seen };
  }

  async #close(timeoutMs: number): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#readiness?.close();
    this.#signals?.[Symbol.dispose]();
    await this.#keeper.close(timeoutMs);
    await this.#override[Symbol.asyncDispose]();
    this.#changeState();
    this.#context.onClosed(this);
    this.#events.close();
  }

  #change(change: AnnouncementChange): void {
    this.#announcement.change(change, Date.now());
    this.#changeState();
    this.#keeper.changed();
  }

  async #changeAndWait(
    operation: string,
    change: AnnouncementChange,
    call: CallOptions,
  ): Promise<void> {
    if (this.#isClosed || this.#draining !== undefined) {
      const problem = `the registration is ${this.#state}`;
      throw new ConcordError('CLOSED', { operation, subject: this.id, problem });
    }
    const timeoutMs = durationMs(
      call.timeout ?? WRITE_MS_DEFAULT,
      `${operation}: option "timeout"`,
    );
    this.#change(change);
    const timeout = AbortSignal.timeout(Math.max(1, Math.round(timeoutMs)));
    const signal = call.signal === undefined ? timeout : AbortSignal.any([timeout, call.signal]);
    try {
      await this.#keeper.written(operation, signal);
    } catch (error) {
      if (ConcordError.is(error) || !signal.aborted) throw error;
      throw new ConcordError(timeout.aborted ? 'DEADLINE' : 'ABORTED', {
        operation,
        subject: this.id,
        problem: `not written within ${Math.round(timeoutMs)} ms`,
        remedy: 'it is written as soon as the cluster can be reached',
        cause: error,
      });
    }
  }

  #renewed(renewal: Renewal): void {
    const { logger } = this.#context;
    logger.info(`${this.service}/${this.id} is registered again`, { ...renewal });
    this.#override.look();
    this.#events.emit('reRegistered', renewal);
  }

  #ended(error: ConcordError): void {
    this.#context.logger.error(`${this.service}/${this.id} is no longer registered`, {
      error: error.message,
    });
    // A drain that is under way closes it anyway.
    if (this.#draining !== undefined) return;
    this.#lost.abort(error);
    this.#changeState();
    this.#events.emit('ended', { error });
    this.#draining = Promise.resolve({
      ...{ revision: undefined, outcome: 'skipped', acknowledged: 0, pending: [], waitedMs: 0 },
    } as const);
    void this.#close(DEREGISTER_MS_MAX);
  }

  #changeState(): void {
    const from = this.#state;
    const to =
      this.#isClosed || this.#lost.signal.aborted
        ? 'closed'
        : this.#keeper.isRenewing
          ? 're-registering'
          : this.#announcement.state;
    if (from === to) return;
    this.#state = to;
    this.#events.emit('state', { from, to });
  }
}
