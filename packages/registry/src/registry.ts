/** Registering services and finding them: what a process has of both. */
import type { CallOptions, Client } from '@concord/client';
import { ConcordError, checkNames } from '@concord/client';
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { decodeInstance } from './instance-record.ts';
import type { InstanceState } from './instance.ts';
import { parseSelector } from './labels.ts';
import { RegistryMetrics } from './metrics.ts';
import { invalidOption } from './options.ts';
import {
  checkDrainOptions,
  patienceMs,
  type DrainOptions,
  type DrainReport,
} from './registration/drain.ts';
import {
  checkRegisterOptions,
  checkSignals,
  type RegisterOptions,
} from './registration/register-options.ts';
import { Registration } from './registration/registration.ts';
import { drainOnSignals } from './registration/signals.ts';
import { registryKeys } from './registry-keys.ts';
import { serviceOf, type ServiceDefinition } from './service-definition.ts';
import {
  checkCache,
  checkViewOptions,
  DISCOVER,
  VIEW_OPTIONS,
  type CacheOptions,
  type ViewOptions,
} from './view/discover-options.ts';
import { Observers } from './view/observers.ts';
import { ServiceView } from './view/service-view.ts';
import { writeSnapshot } from './view/snapshot-file.ts';

const callOptionNames = ['signal', 'timeout', 'consistency'];

export interface RegistryOptions {
  /** Where views keep what they know for when the cluster is away; default nowhere. */
  readonly cache?: CacheOptions | undefined;
}

/** Options of `registry.discover`. */
export type DiscoverOptions<Metadata = unknown> = ViewOptions<Metadata> &
  Pick<CallOptions, 'signal' | 'timeout'>;

/** A service in `registry.list`. */
export interface ServiceSummary {
  readonly name: string;
  readonly instances: Readonly<Record<InstanceState, number>>;
  readonly zones: readonly string[];
}

/** Registers this process's services and discovers others'. Several in one process do no harm, one is enough. */
export class Registry implements AsyncDisposable {
  readonly #client: Client;
  readonly #cache: CacheOptions | undefined;
  readonly #metrics = new RegistryMetrics();
  readonly #observers: Observers;
  readonly #registrations = new Set<Registration<never>>();
  readonly #views = new Set<ServiceView<never>>();
  #closing: Promise<void> | undefined;

  /**
   * @param client - stays the caller's to close, after this
   * @throws ConcordError `INVALID_ARGUMENT`
   */
  constructor(client: Client, options: RegistryOptions = {}) {
    checkNames(options, ['cache'], 'Registry');
    if (options.cache !== undefined) checkCache('Registry', options.cache);
    this.#client = client;
    this.#cache = options.cache;
    this.#observers = new Observers(client, client.logger, observerName(client));
  }

  /**
   * Registers an instance of a service, and keeps it registered until it is drained or closed: leases that are lost
   * and keys that disappear are answered by registering again, under a new incarnation.
   *
   * @throws ConcordError `INVALID_ARGUMENT` naming the option; `CONFLICT` when the id is taken; and what the client
   * says, within 5 s or `timeout`
   */
  async register<Metadata = unknown>(
    options: RegisterOptions<Metadata>,
    call: CallOptions = {},
  ): Promise<Registration<Metadata>> {
    const checked = checkRegisterOptions(options as RegisterOptions<never>);
    checkNames(call, callOptionNames, 'registry.register');
    this.#assertOpen('registry.register');
    const context = {
      client: this.#client,
      logger: this.#client.logger,
      metrics: this.#metrics,
      onClosed: (closed: object) => this.#registrations.delete(closed as Registration<never>),
    };
    const registration = await Registration.open<Metadata>(context, checked, call);
    if (registration.state === 'closed') return registration;
    this.#registrations.add(registration as unknown as Registration<never>);
    if (this.#closing !== undefined) await registration.close();
    this.#assertOpen('registry.register');
    return registration;
  }

  /**
   * A view of a service that is always current. Resolves when the cluster has been heard, or, where there is a
   * cache, with what was saved.
   *
   * @throws ConcordError `INVALID_ARGUMENT` naming the option; `DEADLINE` or `UNAVAILABLE` when the cluster is away
   * and nothing was saved; `NO_INSTANCES` when `waitFor` was not met in time (5 s or `timeout`)
   */
  async discover<Metadata = unknown>(
    service: string | ServiceDefinition<string, Metadata, unknown>,
    options: DiscoverOptions<Metadata> = {},
  ): Promise<ServiceView<Metadata>> {
    const definition = serviceOf<Metadata>(DISCOVER, service);
    checkNames(options, [...VIEW_OPTIONS, 'signal', 'timeout'], DISCOVER);
    const checked = checkViewOptions(options, this.#cache);
    const { signal, timeout } = options;
    this.#assertOpen(DISCOVER);
    const context = {
      client: this.#client,
      logger: this.#client.logger,
      metrics: this.#metrics,
      observers: this.#observers,
      onClosed: (closed: object) => this.#views.delete(closed as ServiceView<never>),
    };
    const view = await ServiceView.open<Metadata>(context, definition, checked, {
      signal,
      timeout,
    });
    this.#views.add(view as unknown as ServiceView<never>);
    if (this.#closing !== undefined) await view.close();
    this.#assertOpen(DISCOVER);
    return view;
  }

  /**
   * All services that have instances, by name.
   *
   * @param options - `selector`: only instances with such labels, as `where` of `discover`
   * @throws ConcordError `INVALID_ARGUMENT`, and what the client says
   */
  async list(
    options: { readonly selector?: string } & CallOptions = {},
  ): Promise<readonly ServiceSummary[]> {
    const operation = 'registry.list';
    checkNames(options, ['selector', ...callOptionNames], operation);
    const { selector = '', ...call } = options;
    if (typeof selector !== 'string') {
      throw invalidOption(operation, 'selector', selector, 'give a selector such as "version=2"');
    }
    const isMet = parseSelector(operation, 'selector', selector);
    const prefix = registryKeys.allInstances;
    const services = new Map<
      string,
      { counts: Record<InstanceState, number>; zones: Set<string> }
    >();
    for await (const { entries } of this.#client.kv.pages({ prefix }, call)) {
      for (const { key, text, createRevision, modRevision } of entries) {
        const [name = '', id = ''] = key.slice(prefix.length).split('/');
        const decoded = decodeInstance(name, id, { text, createRevision, modRevision });
        if (!decoded.ok || !isMet(decoded.value.labels)) continue;
        const service = services.get(name) ?? {
          counts: { starting: 0, serving: 0, draining: 0 },
          zones: new Set<string>(),
        };
        services.set(name, service);
        service.counts[decoded.value.state] += 1;
        if (decoded.value.zone !== undefined) service.zones.add(decoded.value.zone);
      }
    }
    return [...services].map(([name, { counts, zones }]) => ({
      name,
      instances: counts,
      zones: [...zones].sort(),
    }));
  }

  /**
   * Drains everything that is registered when one of the signals comes, such as `SIGTERM`; then, if nobody else
   * listens to it, the signal ends the process as it would have. The same signal again ends the wait.
   *
   * @returns what ends the listening
   * @throws ConcordError `INVALID_ARGUMENT` for what is no signal that can be listened to
   */
  drainOnSignals(signals: readonly NodeJS.Signals[]): Disposable {
    const operation = 'registry.drainOnSignals';
    const checked = checkSignals(operation, 'signals', signals);
    return drainOnSignals(process, checked, (signal) => this.#drainAll({ signal }));
  }

  /**
   * Writes what the cluster has of these services into a file, for starting where there is neither a cluster nor a
   * cache, such as a new container: see `cache.capsule`.
   *
   * @throws ConcordError as {@link discover}, and the file system's errors
   */
  async saveCapsule(
    path: string,
    services: readonly (string | ServiceDefinition)[],
    call: CallOptions = {},
  ): Promise<void> {
    const operation = 'registry.saveCapsule';
    if (!Array.isArray(services)) {
      throw invalidOption(operation, 'services', services, 'give a list of names');
    }
    const { signal, timeout } = call;
    const options = { cache: false, acknowledge: false, signal, timeout } as const;
    const views = await Promise.all(
      services.map((service: string | ServiceDefinition) => this.discover(service, options)),
    );
    await writeSnapshot(
      path,
      views.map((view) => view.saved()),
    );
    await Promise.all(views.map((view) => view.close()));
  }

  /**
   * Drains and deregisters what is registered, ends views. The client stays open. A cluster that does not answer is waited
   * for about `timeout` (2 s by default) in all: what could not be said ends with its lease.
   *
   * @param options - as for `registration.drain`
   * @throws ConcordError `INVALID_ARGUMENT`
   */
  close(options: DrainOptions = {}): Promise<void> {
    return (this.#closing ??= this.#close(options));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #close(options: DrainOptions): Promise<void> {
    const { timeoutMs } = checkDrainOptions('registry.close', options);
    const reports = await this.#drainAll(options);
    const isAway = reports.some(({ outcome }) => outcome === 'unreachable');
    this.#observers.stop(patienceMs(timeoutMs, isAway || this.#client.isAway));
    await Promise.allSettled([...this.#views].map((view) => view.close()));
    await this.#observers.close();
    this.#metrics.close();
  }

  async #drainAll(options: DrainOptions): Promise<readonly DrainReport[]> {
    const draining = [...this.#registrations].map((it) => it.drain(options));
    const ended = await Promise.allSettled(draining);
    return ended.flatMap((drain) => (drain.status === 'fulfilled' ? [drain.value] : []));
  }

  #assertOpen(operation: string): void {
    if (this.#closing === undefined) return;
    throw new ConcordError('CLOSED', { operation, problem: 'the registry is closed' });
  }
}

/** How acknowledgements name this process: what it is, where it runs, and a number that no other has. */
function observerName(client: Client): string {
  const name = `${client.app?.name ?? 'client'}-${hostname()}`.replaceAll(/[^A-Za-z0-9_-]+/g, '-');
  return `${name.replace(/^[^A-Za-z0-9]+/, '').slice(0, 80)}-${randomBytes(4).toString('hex')}`;
}
