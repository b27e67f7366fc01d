/**
 * The primary lessor: the leader's clock over the leases (etcd's term). It decides nothing by itself: it tells
 * which leases to revoke and which remaining times to record, and both go through the log. On any other member
 * it sleeps, and leases never expire there.
 *
 * Times are monotonic milliseconds handed in. No call does more than a bounded number of steps, however many
 * leases there are: what is left over waits for the next call, and `isBehind` says that there is something.
 *
 * Invariant: a lease is never expired before its TTL has passed on this clock since it was granted, renewed or
 * taken over; a lease that was reported expired is never renewed.
 */
import { assert } from '@concord/raft';
import { Calendar } from './calendar.ts';
import { ExpirySpread } from './expiry-spread.ts';
import type { LeaseBook } from './lease-book.ts';
import { CheckpointEntry } from './lease.ts';
import type { Lease } from './lease.ts';
import { RevokeQueue } from './revoke-queue.ts';

export interface LessorOptions {
  /** What a new leader adds to every lease, for the time in which nobody could renew: one election timeout. */
  readonly electionTimeoutMs: number;
  /** How often the remaining time of a long lease is recorded; only leases with more than this left. Default 5 min. */
  readonly checkpointIntervalMs?: number;
  /** Revocations that one second may bring to the log. Default 1,000. */
  readonly revokesPerSecondMax?: number;
  /** When a revocation that was proposed without effect is proposed again. Default 3 s. */
  readonly revokeRetryMs?: number;
}

export const CHECKPOINT_INTERVAL_MS = 300_000;
export const REVOKES_PER_SECOND_MAX = 1_000;
export const REVOKE_RETRY_MS = 3_000;

/** Leases put on the clock in one call after a promotion: at 0.1 µs each (measured), a millisecond. */
export const LOADS_PER_CALL_MAX = 10_000;
/** Calendar steps in one call: at 0.3 µs each, a millisecond. */
export const STEPS_PER_CALL_MAX = 4_000;

/** From this many leases on a promotion spreads expiries, to three quarters of what a second may revoke. */
const SPREAD_LEASES_MIN = 1_000;
const SPREAD_SHARE = 0.75;

export type RenewOutcome =
  /** `clearFirst`: record a checkpoint of 0 through the log before the answer, or a new leader would count from the old one. */
  | { readonly kind: 'renewed'; readonly ttlSeconds: number; readonly clearFirst: boolean }
  /** Expired but not revoked yet: ask again once it is, or once this member leads no more. */
  | { readonly kind: 'pending' }
  /** Answered with TTL 0. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-primary' };

export type TimeToLiveOutcome =
  | { readonly kind: 'known'; readonly remainingSeconds: number; readonly ttlSeconds: number }
  /** Answered with TTL -1. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-primary' };

export interface LeaseCheckpoint {
  readonly id: bigint;
  readonly remainingTtlSeconds: number;
}

/** The state of one leadership; the next one starts from nothing. */
interface Leadership {
  readonly number: number;
  readonly promotedAtMs: number;
  readonly expiries: Calendar<Lease>;
  readonly checkpoints: Calendar<CheckpointEntry>;
  readonly spread: ExpirySpread | undefined;
  /** Leases that are not on the clock yet; undefined when all are. */
  unloaded: IterableIterator<Lease> | undefined;
  readonly expired: RevokeQueue;
  isBehind: boolean;
}

export class Lessor {
  readonly #book: LeaseBook;
  readonly #electionTimeoutMs: number;
  readonly #checkpointIntervalMs: number;
  readonly #revokesPerSecondMax: number;
  readonly #revokeRetryMs: number;
  #leadership: Leadership | undefined;
  #renewedCount = 0;
  #leadershipCount = 0;
  #stepCount = 0;

  constructor(book: LeaseBook, options: LessorOptions) {
    this.#book = book;
    this.#electionTimeoutMs = options.electionTimeoutMs;
    this.#checkpointIntervalMs = options.checkpointIntervalMs ?? CHECKPOINT_INTERVAL_MS;
    this.#revokesPerSecondMax = options.revokesPerSecondMax ?? REVOKES_PER_SECOND_MAX;
    this.#revokeRetryMs = options.revokeRetryMs ?? REVOKE_RETRY_MS;
  }

  get isPrimary(): boolean {
    return this.#leadership !== undefined;
  }

  /** More work is ready than the last call was allowed to do: call again soon rather than at the next tick. */
  get isBehind(): boolean {
    return this.#leadership?.isBehind ?? false;
  }

  /** Steps taken since the start: leases loaded, entries and buckets passed. */
  get stepCount(): number {
    return this.#stepCount;
  }

  /** This member leads from now on, with every entry of earlier terms applied. All clocks start again. */
  promote(nowMs: number): void {
    this.#leadershipCount++;
    const perSecondMax = Math.max(1, Math.floor(this.#revokesPerSecondMax * SPREAD_SHARE));
    this.#leadership = {
      number: this.#leadershipCount,
      promotedAtMs: nowMs,
      expiries: new Calendar(nowMs),
      checkpoints: new Calendar(nowMs),
      spread: this.#book.size >= SPREAD_LEASES_MIN ? new ExpirySpread(perSecondMax) : undefined,
      unloaded: this.#book.all(),
      expired: new RevokeQueue(this.#revokesPerSecondMax, nowMs),
      isBehind: true,
    };
  }

  /** This member leads no more: what it thought to be expired is forgotten. */
  demote(): void {
    this.#leadership = undefined;
  }

  /** A grant was applied: the countdown starts. */
  granted(lease: Lease, nowMs: number): void {
    const leadership = this.#leadership;
    if (leadership === undefined) return;
    lease.leadership = leadership.number;
    this.#start(leadership, lease, nowMs + lease.ttlSeconds * 1000, nowMs);
  }

  /** A revocation was applied, whoever asked for it. */
  revoked(lease: Lease): void {
    const leadership = this.#leadership;
    if (leadership === undefined || lease.leadership !== leadership.number) return;
    leadership.expiries.remove(lease);
    if (lease.checkpoint !== undefined) leadership.checkpoints.remove(lease.checkpoint);
    lease.leadership = 0;
  }

  /** Renewals since the start. */
  get renewedCount(): number {
    return this.#renewedCount;
  }

  /**
   * Restarts the countdown of a lease that has not expired. The caller answers the client only once it knows
   * that this member still led at the time of this call: another leader may have revoked the lease meanwhile.
   */
  renew(id: bigint, nowMs: number): RenewOutcome {
    const leadership = this.#leadership;
    if (leadership === undefined) return { kind: 'not-primary' };
    const lease = this.#book.get(id);
    if (lease === undefined) return { kind: 'unknown' };
    this.#ensureLoaded(leadership, lease, nowMs);
    if (lease.phase !== 'running' || lease.dueMs <= nowMs) return { kind: 'pending' };
    this.#start(leadership, lease, nowMs + lease.ttlSeconds * 1000, nowMs);
    this.#renewedCount += 1;
    return {
      kind: 'renewed',
      ttlSeconds: lease.ttlSeconds,
      clearFirst: lease.remainingTtlSeconds > 0,
    };
  }

  timeToLive(id: bigint, nowMs: number): TimeToLiveOutcome {
    const leadership = this.#leadership;
    if (leadership === undefined) return { kind: 'not-primary' };
    const lease = this.#book.get(id);
    if (lease === undefined) return { kind: 'unknown' };
    this.#ensureLoaded(leadership, lease, nowMs);
    const remainingMs = lease.phase === 'running' ? Math.max(0, lease.dueMs - nowMs) : 0;
    return {
      kind: 'known',
      remainingSeconds: Math.floor(remainingMs / 1000),
      ttlSeconds: lease.ttlSeconds,
    };
  }

  /**
   * Leases to revoke through the log, at most `max` and no more than a second may bring. Each is named once, and
   * again after the retry time while its revocation has not been applied. The command carries this leader's
   * term and does nothing in another one: a leader that was deposed cannot revoke what its successor renewed.
   */
  expired(nowMs: number, max: number): bigint[] {
    const leadership = this.#leadership;
    if (leadership === undefined) return [];
    this.#advance(leadership, nowMs);
    const isStillExpired = (lease: Lease): boolean =>
      lease.leadership === leadership.number && lease.phase === 'expired';
    return leadership.expired.take(nowMs, max, isStillExpired).map((lease) => {
      lease.phase = 'revoking';
      leadership.expiries.set(lease, nowMs + this.#revokeRetryMs);
      return lease.id;
    });
  }

  /** Remaining times to record through the log, at most `max`. One that gets lost is made up for by the next. */
  dueCheckpoints(nowMs: number, max: number): LeaseCheckpoint[] {
    const leadership = this.#leadership;
    if (leadership === undefined || max < 1) return [];
    const due: LeaseCheckpoint[] = [];
    const checkpoint = ({ lease }: CheckpointEntry): boolean => {
      const remainingTtlSeconds = Math.ceil((lease.dueMs - nowMs) / 1000);
      if (lease.phase !== 'running' || remainingTtlSeconds <= 0) return true;
      this.#scheduleCheckpoint(leadership, lease, nowMs);
      if (remainingTtlSeconds < lease.restartSeconds)
        due.push({ id: lease.id, remainingTtlSeconds });
      return due.length < max;
    };
    this.#stepCount += leadership.checkpoints.advance(nowMs, STEPS_PER_CALL_MAX, checkpoint);
    return due;
  }

  /** All leases, soonest to expire first while this member leads; in the order of granting otherwise. */
  leases(nowMs: number): bigint[] {
    const leadership = this.#leadership;
    const all = [...this.#book.all()];
    if (leadership !== undefined) {
      for (const lease of all) this.#ensureLoaded(leadership, lease, nowMs);
      const endMs = (lease: Lease): number => (lease.phase === 'running' ? lease.dueMs : 0);
      all.sort((a, b) => endMs(a) - endMs(b));
    }
    return all.map((lease) => lease.id);
  }

  /** Whether a lease has expired whose end is not applied yet. Looks at all of them: for tests that wait for it. */
  isOverdue(nowMs: number): boolean {
    const leadership = this.#leadership;
    if (leadership === undefined) return false;
    return [...this.#book.all()].some((lease) => {
      this.#ensureLoaded(leadership, lease, nowMs);
      return lease.phase !== 'running' || lease.dueMs <= nowMs;
    });
  }

  #advance(leadership: Leadership, nowMs: number): void {
    let loads = 0;
    while (leadership.unloaded !== undefined && loads < LOADS_PER_CALL_MAX) {
      const next = leadership.unloaded.next();
      if (next.done === true) leadership.unloaded = undefined;
      else this.#ensureLoaded(leadership, next.value, nowMs);
      loads++;
    }
    const steps = leadership.expiries.advance(nowMs, STEPS_PER_CALL_MAX, (lease) => {
      lease.phase = 'expired';
      leadership.expired.add(lease);
    });
    this.#stepCount += loads + steps;
    leadership.isBehind = leadership.unloaded !== undefined || steps === STEPS_PER_CALL_MAX;
  }

  /** Puts a lease of before the promotion on the clock, as if it had been done at the promotion. */
  #ensureLoaded(leadership: Leadership, lease: Lease, nowMs: number): void {
    if (lease.leadership === leadership.number) return;
    assert(
      leadership.unloaded !== undefined,
      'once all leases are loaded, grants are told to the lessor',
    );
    const sinceMs = leadership.promotedAtMs;
    let restartMs = lease.restartSeconds * 1000 + this.#electionTimeoutMs;
    if (leadership.spread !== undefined) {
      const second = Math.floor(restartMs / 1000);
      restartMs += (leadership.spread.place(second) - second) * 1000;
    }
    lease.leadership = leadership.number;
    // What hangs in the calendars of an earlier leadership goes with them.
    lease.bucket = lease.next = lease.previous = undefined;
    lease.checkpoint = undefined;
    this.#start(leadership, lease, sinceMs + restartMs, nowMs);
  }

  #start(leadership: Leadership, lease: Lease, dueMs: number, nowMs: number): void {
    lease.phase = 'running';
    leadership.expiries.set(lease, dueMs);
    this.#scheduleCheckpoint(leadership, lease, nowMs);
  }

  /** A renewal pushes the checkpoint away, so a lease that is kept alive never needs one. */
  #scheduleCheckpoint(leadership: Leadership, lease: Lease, nowMs: number): void {
    if (lease.dueMs - nowMs > this.#checkpointIntervalMs) {
      lease.checkpoint ??= new CheckpointEntry(lease);
      leadership.checkpoints.set(lease.checkpoint, nowMs + this.#checkpointIntervalMs);
    } else if (lease.checkpoint !== undefined) {
      leadership.checkpoints.remove(lease.checkpoint);
      lease.checkpoint = undefined;
    }
  }
}
