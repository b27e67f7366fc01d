/** The connection of an application, and what it does with it. */
import { ConcordError, durationMs, type Client, type Duration } from '@concord/client';
import { Configuration } from '@concord/config';
import { Elections, Locks } from '@concord/lock';
import { Registry, type DrainOptions } from '@concord/registry';
import type { PieceOptions } from './connect-options.ts';
import { healthOf, type HealthOptions, type HealthReport } from './health.ts';

export interface CloseOptions {
  /** How long to wait at most until consumers have seen that our instances go: 10 s by default, 0 for not at all. */
  readonly drain?: Duration | undefined;
  /** Ends that wait. */
  readonly signal?: AbortSignal | undefined;
}

/** Something that was made for the application, and how it ends. */
type Ending = (drain: DrainOptions) => Promise<void>;

/**
 * What {@link connect} gives. Each piece is made when it is first asked for; closing ends them in reverse order, and the
 * connections last.
 */
export class Concord implements AsyncDisposable {
  /** The etcd v3 client under everything. */
  readonly client: Client;
  readonly #options: PieceOptions;
  readonly #endings: Ending[] = [];
  #registry: Registry | undefined;
  #config: Configuration | undefined;
  #lock: Locks | undefined;
  #election: Elections | undefined;
  #closing: Promise<void> | undefined;

  constructor(client: Client, options: PieceOptions) {
    this.client = client;
    this.#options = options;
  }

  /** Registers instances of services, and finds them. */
  get registry(): Registry {
    return (this.#registry ??= this.#made(
      new Registry(this.client, this.#options.registry),
      (registry, drain) => registry.close(drain),
    ));
  }

  /** A view of a service that is always current: short for `registry.discover`. */
  get discover(): Registry['discover'] {
    return this.registry.discover.bind(this.registry);
  }

  /** Configuration that reloads without a restart. */
  get config(): Configuration {
    return (this.#config ??= this.#made(
      new Configuration(this.client, this.#options.config),
      (config) => config[Symbol.asyncDispose](),
    ));
  }

  /** Locks, semaphores, barriers. */
  get lock(): Locks {
    return (this.#lock ??= this.#made(new Locks(this.client), (lock) => lock.close()));
  }

  /** Elections, and jobs that one of many runs. */
  get election(): Elections {
    return (this.#election ??= this.#made(new Elections(this.client), (it) => it.close()));
  }

  /**
   * Whether the cluster answers; never rejects because it does not.
   *
   * @throws ConcordError `INVALID_ARGUMENT` for a timeout that is none
   */
  async health(options: HealthOptions = {}): Promise<HealthReport> {
    return healthOf(this.client, options);
  }

  /**
   * Drains what is registered, releases what is held, ends what is watched, and closes the connections. The second time
   * answers what the first did.
   *
   * @throws ConcordError `INVALID_ARGUMENT`; what else goes wrong is logged: nothing of it outlives its TTL
   */
  async close(options: CloseOptions = {}): Promise<void> {
    const { drain, signal } = options;
    const maxWait =
      drain === undefined ? undefined : durationMs(drain, 'concord.close: option "drain"');
    this.#closing ??= this.#close({
      observers: maxWait === 0 ? 'skip' : 'wait',
      ...(maxWait !== undefined && { maxWait }),
      ...(signal !== undefined && { signal }),
    });
    await this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(drain: DrainOptions): Promise<void> {
    for (const end of this.#endings.reverse()) {
      try {
        await end(drain);
      } catch (error) {
        this.client.logger.error('concord: closing went wrong', { error: String(error) });
      }
    }
    await this.client.close();
  }

  #made<Piece>(piece: Piece, end: (piece: Piece, drain: DrainOptions) => Promise<void>): Piece {
    if (this.#closing !== undefined) {
      throw new ConcordError('CLOSED', { operation: 'concord', problem: 'it was closed' });
    }
    this.#endings.push((drain) => end(piece, drain));
    return piece;
  }
}
