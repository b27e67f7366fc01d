/**
 * A lease that is kept alive, with a word on how sure we can be of it: live, at risk, lost. What must not outlive it
 * (a lock, a leadership, a registration) watches `signal` and asks `remainingMs()`.
 */
import { ConcordError } from '../errors.ts';
import { EventSource, type Events } from '../events.ts';
import { durationMs, type Duration } from '../duration.ts';
import type { Logger } from '../logger.ts';
import { callOptionNames, checkNames, show, type CallOptions } from '../options.ts';
import type { KeepAliveStream, Renewal } from './keep-alive-stream.ts';
import { LeaseClock } from './lease-clock.ts';
import type { Leases } from './leases.ts';
import type { WakeWatch } from './wake-watch.ts';

const TTL_DEFAULT = '15s';
/** What closing waits for a cluster that does not answer: the lease runs out by itself. */
const CLOSE_TIMEOUT_DEFAULT = '2s';
/** Where no endpoint serves, one more try is no use to wait for. */
const CLOSE_AWAY_MS = 100;
/** A timer later than this says that the event loop stood still. */
const STALL_MS_MIN = 100;

/** How a session is opened. */
export interface SessionOptions extends CallOptions {
  /** How long the cluster waits for a sign of life, 15 s by default; rounded up to whole seconds. */
  readonly ttl?: Duration | undefined;
  /** Takes over a lease that is there, instead of making one. */
  readonly lease?: bigint | undefined;
  /** Whether the process stays alive for it, true by default. */
  readonly keepsProcessAlive?: boolean | undefined;
}

/** How a session, or a client, is closed. */
export interface CloseOptions {
  /**
   * How long a cluster that does not answer is waited for, 2 s by default; less where it is known to be away. What could
   * not be said ends with its lease.
   */
  readonly timeout?: Duration | undefined;
}

/** `live`: certainly ours. `at-risk`: still, but renewals go unanswered. `lost`: may be another's. `closed`: by its owner. */
export type SessionState = 'live' | 'at-risk' | 'lost' | 'closed';

/** Why it was lost: the server let the lease go, did not answer in time, or this process, or the machine, stood still. */
export type LossCause = 'gone' | 'unreachable' | 'loop-stall' | 'suspended';

/** What a session tells. */
export interface SessionEvents {
  /** A renewal was answered. */
  renewed: { readonly ttlMs: number; readonly rttMs: number };
  /** Renewals go unanswered; most of the time is up. */
  atRisk: { readonly remainingMs: number; readonly loopDelayMs: number };
  lost: { readonly cause: LossCause; readonly loopDelayMs: number };
}

export interface SessionObserver {
  renewed(session: Session, remainingMs: number, rttMs: number): void;
  lost(session: Session, cause: LossCause): void;
  closed(session: Session): void;
}

/** A lease that is kept alive until {@link Session.close}. Made by {@link Client.session}. */
export class Session implements AsyncDisposable {
  readonly lease: bigint;
  readonly #leases: SessionParts['leases'];
  readonly #keepAlive: SessionParts['keepAlive'];
  readonly #isAway: () => boolean;
  readonly #wakeWatch: WakeWatch;
  readonly #clock: LeaseClock;
  readonly #logger: Logger;
  readonly #observer: SessionObserver;
  readonly #keepsProcessAlive: boolean;
  readonly #abort = new AbortController();
  readonly #events: EventSource<SessionEvents>;
  #state: SessionState = 'live';
  #renewal: NodeJS.Timeout | undefined;
  #alarm: NodeJS.Timeout | undefined;
  #alarmAtMs = Infinity;
  /** What was slept through in all when the lease was last certain. */
  #sleptMs: number;
  #isRenewing = false;
  #closing: Promise<void> | undefined;

  private constructor(
    parts: SessionParts,
    lease: bigint,
    clock: LeaseClock,
    isReferenced: boolean,
  ) {
    this.lease = lease;
    this.#leases = parts.leases;
    this.#keepAlive = parts.keepAlive;
    this.#logger = parts.logger;
    this.#observer = parts.observer;
    this.#clock = clock;
    this.#keepsProcessAlive = isReferenced;
    this.#isAway = parts.isAway;
    this.#wakeWatch = parts.wakeWatch;
    this.#sleptMs = this.#wakeWatch.clock.sleptMs;
    this.#events = new EventSource((error, type) =>
      this.#logger.error('a listener of the session threw', { type, error }),
    );
    this.#wakeWatch.add(this.#onWake);
    this.#scheduleRenewal();
    this.#scheduleAlarm();
  }

  /** @throws ConcordError where the lease can't be had */
  static async open(parts: SessionParts, options: SessionOptions = {}): Promise<Session> {
    const names = [...callOptionNames, 'ttl', 'lease', 'keepsProcessAlive'];
    checkNames(options, names, 'client.session');
    const call = { signal: options.signal, timeout: options.timeout };
    const sentAtMs = parts.wakeWatch.clock.nowMs();
    const { lease, ttlMs } =
      options.lease === undefined
        ? await parts.leases.grant(options.ttl ?? TTL_DEFAULT, call)
        : await parts.leases.renew(options.lease, call);
    const clock = new LeaseClock(ttlMs, sentAtMs);
    return new Session(parts, lease, clock, options.keepsProcessAlive ?? true);
  }

  /** What the server has granted. */
  get ttlMs(): number {
    return this.#clock.ttlMs;
  }

  /** How it is, by the clock at the call. */
  get state(): SessionState {
    this.#look();
    return this.#state;
  }

  /**
   * Aborts with a `ConcordError` `SESSION_LOST` (`CLOSED` after {@link close}) no later than the server could let the
   * lease go. Timers do not run while the event loop is blocked: right after that, {@link remainingMs} knows first.
   */
  get signal(): AbortSignal {
    this.#look();
    return this.#abort.signal;
  }

  /** Renewals, risk and loss. */
  get events(): Events<SessionEvents> {
    return this.#events;
  }

  /** Milliseconds for which the lease is certainly ours, by the clock at the call; negative once it may be gone. */
  remainingMs(): number {
    this.#look();
    const remainingMs = this.#clock.remainingMs(this.#nowMs());
    return this.#state === 'live' || this.#state === 'at-risk'
      ? remainingMs
      : Math.min(remainingMs, -1);
  }

  /** @throws ConcordError `SESSION_LOST` or `CLOSED` if it is not certain that the lease is ours */
  assertHeld(): void {
    this.#look();
    if (this.#abort.signal.aborted) throw this.#abort.signal.reason as ConcordError;
  }

  /**
   * Ends the session and revokes its lease. Best effort: where the cluster is away it is waited for at most `timeout`, and
   * the lease runs out. Never rejects for the cluster's sake.
   *
   * @throws ConcordError `INVALID_ARGUMENT`
   */
  async close(options: CloseOptions = {}): Promise<void> {
    const timeoutMs = closeTimeoutMs(options, 'session.close');
    await (this.#closing ??= this.#close(timeoutMs));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #close(timeoutMs: number): Promise<void> {
    const wasLost = this.state === 'lost';
    const remainingMs = this.#clock.remainingMs(this.#nowMs());
    if (!wasLost) {
      this.#end(
        'closed',
        new ConcordError('CLOSED', {
          operation: 'session',
          subject: show(this.lease),
          problem: 'the session was closed',
        }),
      );
    }
    this.#observer.closed(this);
    this.#events.close();
    if (wasLost) return;
    try {
      const awayMs = this.#isAway() ? CLOSE_AWAY_MS : Infinity;
      const timeout = Math.max(1, Math.min(timeoutMs, awayMs, Math.max(100, remainingMs)));
      await this.#leases.revoke(this.lease, { timeout });
    } catch (error) {
      if (ConcordError.is(error, 'NOT_FOUND')) return;
      this.#logger.info('the lease was not revoked, it will run out', { lease: this.lease, error });
    }
  }

  /** Judges by the clock, now. */
  #look(): void {
    if (this.#state !== 'live' && this.#state !== 'at-risk') return;
    const nowMs = this.#nowMs();
    const remainingMs = this.#clock.remainingMs(nowMs);
    const sleptMs = this.#wakeWatch.clock.sleptMs - this.#sleptMs;
    const loopDelayMs = Math.max(0, nowMs - this.#alarmAtMs - sleptMs);
    if (remainingMs <= 0) {
      // Had the loop run, the alarm would have told of the risk before.
      const isStall = this.#state === 'live' || loopDelayMs > STALL_MS_MIN;
      const wasAsleep = remainingMs + sleptMs > 0;
      this.#lose(wasAsleep ? 'suspended' : isStall ? 'loop-stall' : 'unreachable', loopDelayMs);
    } else if (this.#state === 'live' && nowMs >= this.#clock.atRiskAtMs) {
      this.#state = 'at-risk';
      this.#logger.warn('session at risk', { lease: this.lease, remainingMs, loopDelayMs });
      this.#scheduleAlarm();
      this.#events.emit('atRisk', { remainingMs, loopDelayMs });
    }
  }

  #lose(cause: LossCause, loopDelayMs: number): void {
    this.#end(
      'lost',
      new ConcordError('SESSION_LOST', {
        operation: 'session',
        subject: show(this.lease),
        problem: `lease ${this.lease.toString(16)} (hexadecimal) is lost: ${lossTexts[cause]}`,
        remedy: 'open a new session and take what depended on this one again',
      }),
    );
    this.#logger.warn('session lost', { lease: this.lease, cause, loopDelayMs });
    this.#observer.lost(this, cause);
    this.#events.emit('lost', { cause, loopDelayMs });
  }

  #end(state: 'lost' | 'closed', reason: ConcordError): void {
    this.#state = state;
    clearTimeout(this.#renewal);
    clearTimeout(this.#alarm);
    this.#wakeWatch.remove(this.#onWake);
    this.#keepAlive.forget(this.lease);
    this.#abort.abort(reason);
  }

  #nowMs(): number {
    return this.#wakeWatch.clock.nowMs();
  }

  /** The timers have slept too, and would come too late by as much. */
  readonly #onWake = (): void => {
    this.#look();
    if (this.#state !== 'live' && this.#state !== 'at-risk') return;
    this.#scheduleAlarm();
    void this.#renew();
  };

  #scheduleRenewal(): void {
    const nowMs = this.#nowMs();
    const dueAtMs = this.#clock.nextRenewalAtMs(nowMs, Math.random());
    this.#renewal = setTimeout(() => void this.#renew(), dueAtMs - nowMs);
    if (!this.#keepsProcessAlive) this.#renewal.unref();
  }

  async #renew(): Promise<void> {
    this.#look();
    if ((this.#state !== 'live' && this.#state !== 'at-risk') || this.#isRenewing) return;
    clearTimeout(this.#renewal);
    this.#isRenewing = true;
    try {
      const renewal = await this.#keepAlive.renew(this.lease);
      this.#isRenewing = false;
      this.#renewed(renewal);
    } catch (error) {
      // Refused for good, or the client was closed: the lease runs out.
      this.#logger.warn('the lease is not renewed', { lease: this.lease, error });
    }
  }

  #renewed({ ttlMs, sentAtMs }: Renewal): void {
    this.#look();
    if (this.#state !== 'live' && this.#state !== 'at-risk') return;
    const nowMs = this.#nowMs();
    if (ttlMs <= 0) return this.#lose('gone', 0);
    const remainingMs = this.#clock.remainingMs(nowMs);
    this.#clock.renewed(ttlMs, sentAtMs, nowMs);
    this.#sleptMs = this.#wakeWatch.clock.sleptMs;
    this.#state = 'live';
    this.#scheduleRenewal();
    this.#scheduleAlarm();
    const rttMs = nowMs - sentAtMs;
    this.#observer.renewed(this, remainingMs, rttMs);
    this.#events.emit('renewed', { ttlMs, rttMs });
  }

  #scheduleAlarm(): void {
    clearTimeout(this.#alarm);
    const { atRiskAtMs, expiresAtMs } = this.#clock;
    this.#alarmAtMs = this.#state === 'live' ? atRiskAtMs : expiresAtMs;
    // One more: a timer may fire a fraction of a millisecond early.
    const delayMs = Math.max(0, this.#alarmAtMs - this.#nowMs()) + 1;
    this.#alarm = setTimeout(() => this.#ring(), delayMs);
    this.#alarm.unref();
  }

  /** A timer may fire some milliseconds early, as the clock of the event loop stands still while it works: again then. */
  #ring(): void {
    this.#look();
    if (this.#state === 'live' || this.#state === 'at-risk') this.#scheduleAlarm();
  }
}

/** @throws ConcordError `INVALID_ARGUMENT` */
export function closeTimeoutMs(options: CloseOptions, operation: string): number {
  checkNames(options, ['timeout'], operation);
  return durationMs(options.timeout ?? CLOSE_TIMEOUT_DEFAULT, `${operation}: option "timeout"`, 1);
}

const lossTexts: Readonly<Record<LossCause, string>> = {
  gone: 'the server has let it go',
  unreachable: 'no member answered a renewal in time',
  'loop-stall': 'this process stood still for too long to renew it',
  suspended: 'the machine was suspended, or its clock set forward, for longer than it had left',
};

export interface SessionParts {
  readonly leases: Pick<Leases, 'grant' | 'renew' | 'revoke'>;
  readonly keepAlive: Pick<KeepAliveStream, 'renew' | 'forget'>;
  /** Whether no endpoint serves, as far as is known. */
  readonly isAway: () => boolean;
  /** Also has the clock that all times of the session are of. */
  readonly wakeWatch: WakeWatch;
  readonly logger: Logger;
  readonly observer: SessionObserver;
}
