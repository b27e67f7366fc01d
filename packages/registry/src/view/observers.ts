/**
 * Tells registrants what this process has seen, so that they know when nobody picks them any more. etcd's watch has
 * no acknowledgement of its own: a key per view, under a lease that all views of the process share, is one.
 *
 * Written when a view begins and whenever it has taken in that an instance drains; never because of anything else, so
 * that consumers cost the cluster nothing while nothing happens.
 */
import type { Client, Logger, Session } from '@concord/client';
import { ConcordError } from '@concord/client';
import { patienceMs } from '../registration/drain.ts';
import { registryKeys } from '../registry-keys.ts';

/** A consumer that is gone holds up a drain for as long at most. */
const TTL_MS = 15_000;
/** From one acknowledgement of a view to the next: when many drain, one tells of all. */
const INTERVAL_MS_MIN = 250;
const RETRY_MS = 1000;
const WRITE_MS_MAX = 2000;

export interface SeenRevisions {
  /** The view has taken in everything of the instances up to here. */
  readonly revision: number;
  /** And of what operators decided, up to here. */
  readonly overrides: number;
}

/** One view's acknowledgements. */
export class Observer {
  readonly #observers: Observers;
  readonly #key: string;
  readonly #seen: () => SeenRevisions;
  /** How often something was to be acknowledged, and as of which time it is. */
  #wanted = 0;
  #written = 0;
  /** Something was sent: also what was given up on its way may have arrived. */
  #mayBeThere = false;
  #lease: bigint | undefined;
  #writtenAtMs = -Infinity;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #hasFailed = false;
  readonly #end = new AbortController();

  /** @param seen - how far the view is at the moment of writing: a restored cluster may be behind what was once seen */
  constructor(observers: Observers, key: string, seen: () => SeenRevisions) {
    this.#observers = observers;
    this.#key = key;
    this.#seen = seen;
  }

  /** Acknowledges, now or as soon as the last time is long enough ago. */
  acknowledge(): void {
    this.#wanted += 1;
    this.#schedule();
  }

  /** The lease is another: what was written went with the old one. */
  renew(): void {
    this.#schedule();
  }

  async close(): Promise<void> {
    this.#end.abort();
    clearTimeout(this.#timer);
    await this.#writing;
    const { client } = this.#observers;
    // Where it can't be deleted, the lease ends it.
    if (!this.#mayBeThere || (this.#hasFailed && client.isAway)) return;
    const timeout = patienceMs(this.#observers.closeMs, client.isAway);
    await client.kv.delete(this.#key, { timeout }).catch(() => undefined);
  }

  #schedule(): void {
    if (this.#end.signal.aborted || this.#timer !== undefined || this.#writing !== undefined)
      return;
    const isWritten = this.#written === this.#wanted && this.#lease === this.#observers.lease;
    if (isWritten || this.#wanted === 0 || this.#observers.isSilent) return;
    const elapsedMs = performance.now() - this.#writtenAtMs;
    const ms = this.#hasFailed ? RETRY_MS : INTERVAL_MS_MIN - elapsedMs;
    if (ms <= 0) this.#begin();
    else this.#timer = setTimeout(() => this.#begin(), ms).unref();
  }

  #begin(): void {
    this.#timer = undefined;
    this.#writing = this.#write().finally(() => {
      this.#writing = undefined;
      this.#schedule();
    });
  }

  async #write(): Promise<void> {
    const { client, logger } = this.#observers;
    const wanted = this.#wanted;
    try {
      const { signal } = this.#end;
      const lease = await this.#observers.granted();
      const value = JSON.stringify({ ...this.#seen(), at: Date.now() });
      this.#mayBeThere = true;
      await client.kv.put(this.#key, value, { lease, timeout: WRITE_MS_MAX, signal });
      this.#written = wanted;
      this.#lease = lease;
      this.#writtenAtMs = performance.now();
      this.#hasFailed = false;
    } catch (error) {
      this.#hasFailed = true;
      this.#observers.failed(error);
      logger.debug(`acknowledgement ${this.#key} could not be written`, { error: String(error) });
    }
  }
}

export class Observers {
  readonly client: Client;
  readonly logger: Logger;
  /** Names this process; each view adds a number. */
  readonly #name: string;
  readonly #views = new Set<Observer>();
  #session: Promise<Session> | undefined;
  #granted: Session | undefined;
  #count = 0;
  #isForbidden = false;
  #closeMs = WRITE_MS_MAX;
  readonly #end = new AbortController();

  constructor(client: Client, logger: Logger, name: string) {
    this.client = client;
    this.logger = logger;
    this.#name = name;
  }

  get lease(): bigint | undefined {
    return this.#granted?.lease;
  }

  observe(service: string, seen: () => SeenRevisions): Observer {
    const key = registryKeys.observer(service, `${this.#name}-${++this.#count}`);
    const observer = new Observer(this, key, seen);
    this.#views.add(observer);
    return observer;
  }

  async release(observer: Observer): Promise<void> {
    this.#views.delete(observer);
    await observer.close();
  }

  /** Nothing is written any more. */
  get isSilent(): boolean {
    return this.#isForbidden || this.#end.signal.aborted;
  }

  /** The lease of all views. */
  async granted(): Promise<bigint> {
    this.#session ??= this.#open();
    return (await this.#session).lease;
  }

  failed(error: unknown): void {
    if (ConcordError.is(error, 'NOT_FOUND')) this.#forget();
    if (!ConcordError.is(error, 'FORBIDDEN') || this.#isForbidden) return;
    this.#isForbidden = true;
    const what = 'this user may not write acknowledgements: drains will not wait for it';
    this.logger.warn(
      `${what}; say "acknowledge: false" or grant it ${registryKeys.observers('{service}')}`,
    );
  }

  /** How long taking an acknowledgement away may take. */
  get closeMs(): number {
    return this.#closeMs;
  }

  /** Nothing more is acknowledged: calls that are under way end, and what is left to say may take `closeMs`. */
  stop(closeMs: number): void {
    this.#closeMs = closeMs;
    this.#end.abort();
  }

  async close(): Promise<void> {
    const session = await this.#session?.catch(() => undefined);
    await session?.close({ timeout: this.#closeMs });
  }

  async #open(): Promise<Session> {
    try {
      const session = await this.client.session({
        ttl: TTL_MS,
        timeout: WRITE_MS_MAX,
        signal: this.#end.signal,
        keepsProcessAlive: false,
      });
      this.#granted = session;
      session.signal.addEventListener('abort', () => this.#lost(), { once: true });
      return session;
    } catch (error) {
      this.#session = undefined;
      throw error;
    }
  }

  #lost(): void {
    if (this.#end.signal.aborted) return;
    this.#forget();
    for (const view of this.#views) view.renew();
  }

  #forget(): void {
    const lost = this.#granted;
    this.#session = undefined;
    this.#granted = undefined;
    void lost?.close().catch(() => undefined);
  }
}
