/**
 * Keeps a key saying what an announcement says, under a lease of its own, whatever happens to the lease, the key or
 * the cluster. A lease that is lost and a key that is gone are answered by another life of the instance.
 *
 * What is wanted is compared with what is known to be written, level by level and not event by event, so that
 * nothing has to be remembered over a failure.
 *
 * Invariant: one write at a time, from the loop.
 */
import type {
  CallOptions,
  Client,
  Entry,
  Logger,
  Mirror,
  MirrorBatch,
  Session,
} from '@concord/client';
import { ConcordError } from '@concord/client';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RegistryMetrics } from '../metrics.ts';
import type { Announcement } from './announcement.ts';
import { patienceMs } from './drain.ts';
import { OwnKey, type PutOutcome } from './own-key.ts';
import { closed, conflict, incarnationIn, sessionLost, superseded } from './registration-errors.ts';

/** One attempt at writing. Short, so that soon after a partition heals the next one is made. */
const ATTEMPT_MS_MAX = 2000;
/** A lease counts from when it was asked for: one that was long in coming has little left. */
const GRANT_PART_OF_TTL = 1 / 4;
const GRANT_MS_MIN = 250;
const BACKOFF_MS_MIN = 50;
const BACKOFF_MS_MAX = 400;
/** When the cluster refuses: the rights may be given later, but not within a moment. */
const REFUSED_BACKOFF_MS_MAX = 5000;
/** Instances that lost their leases together do not all come back in the same instant. */
const SPREAD_MS_MAX = 300;
/** Lives whose entries may turn up once more, after a restore for example. */
const INCARNATIONS_REMEMBERED_MAX = 32;

/** Why a registration had to be made anew. */
export type RenewalCause = 'session-lost' | 'key-gone' | 'restored';

export interface Renewal {
  readonly previous: string;
  readonly current: string;
  readonly cause: RenewalCause;
  /** How long it was not known to be registered. */
  readonly gapMs: number;
}

export interface KeeperOptions {
  readonly client: Client;
  readonly logger: Logger;
  readonly metrics: RegistryMetrics;
  readonly service: string;
  readonly key: string;
  readonly ttlMs: number;
  readonly announcement: Announcement;
  readonly onSessionLoss: 're-register' | 'fail';
  /** Something about the registration's state may have changed. */
  readonly onChange: () => void;
  readonly onRenewed: (renewal: Renewal) => void;
  /** It is over, by no wish of the registrant's. */
  readonly onEnded: (error: ConcordError) => void;
}

type Phase =
  | { readonly kind: 'registered' }
  | {
      readonly kind: 'renewing';
      readonly cause: RenewalCause;
      readonly previous: string;
      readonly sinceMs: number;
    }
  | { readonly kind: 'ended' };

interface Waiter {
  readonly version: number;
  readonly resolve: (revision: number) => void;
  readonly reject: (error: Error) => void;
}

export class Keeper {
  readonly #options: KeeperOptions;
  readonly #own: OwnKey;
  readonly #incarnations = new Set<string>();
  readonly #waiters = new Set<Waiter>();
  readonly #end = new AbortController();
  #session: Session;
  /** The server has said that it knows no such lease. */
  #isLeaseGone = false;
  #phase: Phase = { kind: 'registered' };
  #written: { readonly version: number; readonly revision: number };
  #mirror: Mirror | undefined;
  #loop: Promise<void> = Promise.resolve();
  #wake: () => void = () => undefined;

  private constructor(options: KeeperOptions, own: OwnKey, session: Session, revision: number) {
    this.#options = options;
    this.#own = own;
    this.#session = session;
    this.#written = { version: options.announcement.version, revision };
    this.#incarnations.add(options.announcement.incarnation);
  }

  /**
   * Registers, and keeps at it from then on.
   *
   * @param replace - whether an entry that is there is taken over
   * @throws ConcordError `CONFLICT` where somebody else has the key, and what the client says
   */
  static async open(options: KeeperOptions, replace: boolean, call: CallOptions): Promise<Keeper> {
    const { client, key, ttlMs, announcement } = options;
    const own = new OwnKey(client, key);
    const { signal, timeout } = call;
    const session = await client.session({ ttl: ttlMs, signal, timeout });
    try {
      const request = {
        text: announcement.encode(),
        lease: session.lease,
        expects: 'absent' as const,
        mayReplace: () => replace,
      };
      const outcome = await own.put(request, call);
      if (outcome.kind !== 'written') throw conflict(key, outcome);
      const keeper = new Keeper(options, own, session, outcome.revision);
      keeper.#start();
      return keeper;
    } catch (error) {
      await session.close().catch(() => undefined);
      throw error;
    }
  }

  get isRenewing(): boolean {
    return this.#phase.kind === 'renewing';
  }

  /** The revision of the last write. */
  get revision(): number {
    return this.#written.revision;
  }

  /** The announcement has changed. */
  changed(): void {
    this.#wake();
  }

  /** Resolves with the revision at which the key says what the announcement says now. */
  written(operation: string, signal: AbortSignal): Promise<number> {
    const { version } = this.#options.announcement;
    if (this.#phase.kind === 'ended') return Promise.reject(closed(operation));
    if (this.#written.version >= version) return Promise.resolve(this.#written.revision);
    return new Promise((resolve, reject) => {
      const aborted = (): void => settle(() => reject(signal.reason as Error));
      const settle = (finish: () => void): void => {
        this.#waiters.delete(waiter);
        signal.removeEventListener('abort', aborted);
        finish();
      };
      const waiter: Waiter = {
        version,
        resolve: (revision) => settle(() => resolve(revision)),
        reject: (error) => settle(() => reject(error)),
      };
      this.#waiters.add(waiter);
      if (signal.aborted) aborted();
      else signal.addEventListener('abort', aborted, { once: true });
    });
  }

  /** Stops keeping; deletes the key and gives the lease back. Never rejects: the lease ends by itself otherwise. */
  async close(timeoutMs: number): Promise<void> {
    await this.#stop();
    const call = { timeout: patienceMs(timeoutMs, this.#options.client.isAway) };
    // Either takes the key away; together, a cluster that does not answer is waited for once.
    await Promise.allSettled([this.#own.remove(call), this.#session.close(call)]);
  }

  #start(): void {
    this.#listen(this.#session);
    this.#mirror = this.#options.client.mirror(this.#own.key);
    this.#mirror.onBatch((batch) => this.#look(batch));
    this.#loop = this.#run();
  }

  async #stop(): Promise<void> {
    this.#phase = { kind: 'ended' };
    this.#end.abort();
    this.#wake();
    for (const waiter of this.#waiters) waiter.reject(closed('registration'));
    await this.#loop;
    await this.#mirror?.[Symbol.asyncDispose]();
  }

  #listen(session: Session): void {
    const { metrics, service, ttlMs } = this.#options;
    let renewedAtMs = performance.now();
    session.events.on('renewed', () => {
      const nowMs = performance.now();
      metrics.heartbeat(service, ttlMs - (nowMs - renewedAtMs));
      renewedAtMs = nowMs;
    });
    session.signal.addEventListener('abort', () => this.#wake(), { once: true });
  }

  /** What the cluster says of our key. The mirror is in order, but may be behind what we have written. */
  #look(batch: MirrorBatch): void {
    if (this.#phase.kind !== 'registered') return;
    if (batch.reason === 'restored') {
      this.#renew('restored');
      return;
    }
    this.#check(batch.revision);
  }

  #check(revision: number): void {
    if (revision < this.#written.revision) return;
    const entry = this.#mirror?.entries.get(this.#own.key);
    if (entry === undefined) this.#renew('key-gone');
    else if (!this.#isMine(entry)) this.#fail(superseded(this.#own.key, entry));
  }

  async #run(): Promise<void> {
    for (let failures = 0; this.#phase.kind !== 'ended';) {
      try {
        if (this.#hasWork()) await this.#step();
        else await new Promise<void>((resolve) => (this.#wake = resolve));
        failures = 0;
      } catch (error) {
        failures += 1;
        const isLasting = ConcordError.is(error) && !error.retryable && error.code !== 'NOT_FOUND';
        this.#failed(error, failures === 1, isLasting);
        const doubled = BACKOFF_MS_MIN * 2 ** Math.min(failures, 10);
        const ceilingMs = Math.min(isLasting ? REFUSED_BACKOFF_MS_MAX : BACKOFF_MS_MAX, doubled);
        await this.#pause(ceilingMs * (0.5 + Math.random() / 2));
      }
    }
  }

  #hasWork(): boolean {
    const isCurrent = this.#written.version === this.#options.announcement.version;
    return this.isRenewing || this.#isSessionLost() || !isCurrent;
  }

  #isSessionLost(): boolean {
    return this.#isLeaseGone || this.#session.signal.aborted;
  }

  async #step(): Promise<void> {
    const { announcement, onSessionLoss } = this.#options;
    if (this.#phase.kind === 'registered' && this.#isSessionLost()) {
      if (onSessionLoss === 'fail' || announcement.isDraining)
        this.#fail(sessionLost(this.#own.key));
      else this.#renew('session-lost');
    } else if (this.#phase.kind === 'registered') {
      await this.#write();
    } else if (this.#phase.kind === 'renewing') {
      await this.#register(this.#phase);
    }
  }

  async #write(): Promise<void> {
    const { version } = this.#options.announcement;
    const outcome = await this.#put('present');
    if (outcome.kind === 'written') this.#wrote(version, outcome.revision);
    else if (outcome.kind === 'gone') this.#renew('key-gone');
    else this.#fail(superseded(this.#own.key, outcome.holder));
  }

  /** Another life begins; the loop registers it. */
  #renew(cause: RenewalCause): void {
    const { announcement, onChange } = this.#options;
    // Who drains wants to be gone anyway.
    if (announcement.isDraining) {
      this.#fail(sessionLost(this.#own.key));
      return;
    }
    const { incarnation: previous } = announcement;
    this.#phase = { kind: 'renewing', cause, previous, sinceMs: performance.now() };
    announcement.reincarnate(randomUUID(), Date.now());
    this.#remember(announcement.incarnation);
    onChange();
    this.#wake();
  }

  async #register({ cause, previous, sinceMs }: Phase & { kind: 'renewing' }): Promise<void> {
    const { client, ttlMs, announcement, onRenewed, onChange } = this.#options;
    await this.#pause(Math.random() * SPREAD_MS_MAX);
    if (this.#end.signal.aborted) return;
    if (this.#isSessionLost()) {
      const lost = this.#session;
      const timeout = Math.min(ATTEMPT_MS_MAX, Math.max(GRANT_MS_MIN, ttlMs * GRANT_PART_OF_TTL));
      const call = { signal: this.#end.signal, timeout };
      this.#session = await client.session({ ttl: ttlMs, ...call });
      this.#isLeaseGone = false;
      this.#listen(this.#session);
      void lost.close().catch(() => undefined);
    }
    const { version, incarnation } = announcement;
    const outcome = await this.#put('absent');
    if (outcome.kind !== 'written') {
      this.#fail(conflict(this.#own.key, outcome));
      return;
    }
    this.#phase = { kind: 'registered' };
    this.#wrote(version, outcome.revision);
    this.#options.metrics.reRegistered(this.#options.service, cause);
    const gapMs = Math.round(performance.now() - sinceMs);
    onRenewed({ previous, current: incarnation, cause, gapMs });
    onChange();
    // What the mirror told meanwhile was not looked at.
    this.#check(this.#mirror?.revision ?? 0);
  }

  #put(expects: 'absent' | 'present'): Promise<PutOutcome> {
    const request = {
      text: this.#options.announcement.encode(),
      lease: this.#session.lease,
      expects,
      mayReplace: (holder: Entry) => this.#isMine(holder),
    };
    return this.#own.put(request, { timeout: ATTEMPT_MS_MAX, signal: this.#end.signal });
  }

  #wrote(version: number, revision: number): void {
    this.#written = { version, revision };
    for (const waiter of this.#waiters) if (waiter.version <= version) waiter.resolve(revision);
  }

  #failed(error: unknown, isFirst: boolean, isLasting: boolean): void {
    if (this.#phase.kind === 'ended') return;
    if (ConcordError.is(error, 'NOT_FOUND')) this.#isLeaseGone = true;
    const { logger } = this.#options;
    const text = `registration ${this.#own.key} could not be written yet`;
    logger[isFirst ? 'warn' : 'debug'](text, { error: String(error) });
    // What will not be better a little later is told to whoever waits; the loop tries on all the same.
    if (isLasting) for (const waiter of this.#waiters) waiter.reject(error as Error);
  }

  #fail(error: ConcordError): void {
    if (this.#phase.kind === 'ended') return;
    this.#phase = { kind: 'ended' };
    for (const waiter of this.#waiters) waiter.reject(error);
    this.#options.onEnded(error);
    this.#wake();
  }

  #isMine(holder: Entry): boolean {
    return this.#incarnations.has(incarnationIn(holder));
  }

  #remember(incarnation: string): void {
    this.#incarnations.add(incarnation);
    const [oldest] = this.#incarnations;
    if (this.#incarnations.size > INCARNATIONS_REMEMBERED_MAX && oldest !== undefined) {
      this.#incarnations.delete(oldest);
    }
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#end.signal }).catch(() => undefined);
  }
}
