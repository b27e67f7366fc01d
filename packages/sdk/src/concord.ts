/** Everything that a service has of its cluster. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  checkNames,
  Client,
  ConcordError,
  durationMs,
  invalid,
  show,
  type CallOptions,
  type ClientOptions,
  type Duration,
} from '@concord/client';
import { Configuration, type ConfigurationOptions } from '@concord/config';
import { Elections, Locks, type LocksOptions } from '@concord/lock';
import {
  Registry,
  type DiscoverOptions,
  type DrainOptions,
  type RegistryOptions,
  type ServiceDefinition,
  type ServiceView,
} from '@concord/registry';
import { askHealth, type Health } from './health.ts';

/** Options of {@link connect}. */
export interface ConnectOptions extends ClientOptions {
  /**
   * A directory for what was last known of services and configuration. With it a process starts while the cluster is
   * away, on what it knew, and `connect` does not wait.
   */
  readonly cacheDirectory?: string | undefined;
  readonly registry?: RegistryOptions | undefined;
  readonly config?: ConfigurationOptions | undefined;
  readonly lock?: LocksOptions | undefined;
}

/** Options of `concord.close`. */
export interface CloseOptions {
  /** How registered instances leave; by default they wait for their consumers. */
  readonly drain?: DrainOptions | undefined;
  /**
   * How long a cluster that does not answer is waited for, 2 s by default; with what it takes to see that it is away, closing
   * ends within a second more. What could not be said ends with its lease.
   */
  readonly timeout?: Duration | undefined;
}

const CLOSE_TIMEOUT_DEFAULT = '2s';
const OWN_OPTIONS = ['cacheDirectory', 'registry', 'config', 'lock'] as const;

/**
 * Connects to Concord or etcd.
 *
 * ```ts
 * await using concord = await connect({ endpoints: ['127.0.0.1:2379'] });
 * ```
 *
 * @throws ConcordError `INVALID_ARGUMENT` naming the option; `UNAVAILABLE` with each endpoint and why, unless there is
 * a `cacheDirectory`; `UNAUTHENTICATED`
 */
export async function connect(options: ConnectOptions, call: CallOptions = {}): Promise<Concord> {
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw invalid('connect', `options are ${show(options)}`, 'give an object with endpoints');
  }
  const { cacheDirectory, registry, config, lock, ...client } = options;
  if (
    cacheDirectory !== undefined &&
    (typeof cacheDirectory !== 'string' || cacheDirectory === '')
  ) {
    throw new ConcordError('INVALID_ARGUMENT', {
      operation: 'connect: option "cacheDirectory"',
      problem: `${JSON.stringify(cacheDirectory)} is no path`,
      remedy: 'give the path of a directory, which is made if it is not there',
    });
  }
  const canStartAlone = cacheDirectory !== undefined;
  return new Concord(canStartAlone ? Client.open(client) : await Client.connect(client, call), {
    registry: canStartAlone
      ? { cache: { directory: join(cacheDirectory, 'registry') }, ...registry }
      : registry,
    config: canStartAlone
      ? { cache: { directory: join(cacheDirectory, 'config') }, ...config }
      : config,
    lock,
  });
}

/** Its parts are made when they are first asked for. */
export class Concord implements AsyncDisposable {
  /** Keys, watches, leases, sessions: the etcd client underneath. */
  readonly client: Client;
  readonly #options: Pick<ConnectOptions, 'registry' | 'config' | 'lock'>;
  #registry: Registry | undefined;
  #config: Configuration | undefined;
  #lock: Locks | undefined;
  #election: Elections | undefined;
  #closing: Promise<void> | undefined;

  /** @param client - becomes this object's to close */
  constructor(client: Client, options: Pick<ConnectOptions, 'registry' | 'config' | 'lock'> = {}) {
    checkNames(options, OWN_OPTIONS, 'connect');
    this.client = client;
    this.#options = options;
  }

  get registry(): Registry {
    this.#assertOpen('registry');
    return (this.#registry ??= new Registry(this.client, this.#options.registry));
  }

  get config(): Configuration {
    this.#assertOpen('config');
    return (this.#config ??= new Configuration(this.client, this.#options.config));
  }

  get lock(): Locks {
    this.#assertOpen('lock');
    return (this.#lock ??= new Locks(this.client, this.#options.lock));
  }

  get election(): Elections {
    this.#assertOpen('election');
    return (this.#election ??= new Elections(this.client, this.#options.lock));
  }

  /** As `registry.discover`. */
  discover<Metadata = unknown>(
    service: string | ServiceDefinition<string, Metadata, unknown>,
    options: DiscoverOptions<Metadata> = {},
  ): Promise<ServiceView<Metadata>> {
    return this.registry.discover(service, options);
  }

  /** Whether the cluster answers, and how soon. Never rejects. */
  health(call: CallOptions = {}): Promise<Health> {
    return askHealth(this.client, call);
  }

  /**
   * Drains what is registered, gives up locks and leaderships, ends views and live values, and closes the connections: in
   * this order, so that nobody is sent here any more when the rest goes. A cluster that is away holds it up for `timeout`,
   * not longer. The second time answers what the first did.
   *
   * @throws ConcordError `INVALID_ARGUMENT`; what else goes wrong is logged, since nothing of it outlives its TTL
   */
  async close(options: CloseOptions = {}): Promise<void> {
    const timeoutMs = checkCloseOptions(options);
    await (this.#closing ??= this.#close(options, timeoutMs));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #close({ drain }: CloseOptions, timeoutMs: number): Promise<void> {
    await this.#end('the registry', this.#registry?.close({ timeout: timeoutMs, ...drain }));
    const closing = this.#closeRest();
    const isClosed = new AbortController();
    void closing.finally(() => isClosed.abort());
    await sleep(timeoutMs, undefined, { signal: isClosed.signal }).catch(() => undefined);
    // Ends whatever still waits for an answer.
    await this.client.close({ timeout: timeoutMs });
    await closing;
  }

  async #closeRest(): Promise<void> {
    await Promise.all([
      this.#end('the elections', this.#election?.close()),
      this.#end('the locks', this.#lock?.close()),
    ]);
    await this.#end('the configuration', this.#config?.close());
  }

  /** One part that cannot be ended in order must not keep the others from it. */
  async #end(part: string, ending: Promise<void> | undefined): Promise<void> {
    try {
      await ending;
    } catch (error) {
      this.client.logger.error(`concord: ${part} could not be closed in order`, { error });
    }
  }

  #assertOpen(part: string): void {
    if (this.#closing === undefined) return;
    throw new ConcordError('CLOSED', { operation: `concord.${part}`, problem: 'it is closed' });
  }
}

/** Here, because nobody is told of a drain that could not begin. */
function checkCloseOptions(options: CloseOptions): number {
  const operation = 'concord.close';
  checkNames(options, ['drain', 'timeout'], operation);
  const { drain, timeout = CLOSE_TIMEOUT_DEFAULT } = options;
  const timeoutMs = durationMs(timeout, `${operation}: option "timeout"`, 1);
  if (drain === undefined) return timeoutMs;
  checkNames(drain, ['observers', 'maxWait', 'timeout', 'signal'], `${operation}: option "drain"`);
  for (const name of ['maxWait', 'timeout'] as const) {
    const duration = drain[name];
    if (duration !== undefined) durationMs(duration, `${operation}: option "drain.${name}"`);
  }
  return timeoutMs;
}
