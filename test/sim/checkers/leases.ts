/**
 * Judges when leases expired: never before the time has passed that was promised last, by a grant, an acknowledged
 * renewal or the start of a leader; and, where nothing disturbed the member, at most a second after it.
 */
import { ok } from 'node:assert/strict';
import { decodeCommand } from '@concord/kv';
import type { History, Operation } from '../history.ts';
import type { WitnessedEntry } from '../log-witness.ts';
import type { SimulatedMember } from '../member.ts';
import type { SimulatedWorld } from '../world.ts';

/** Rounding of the calendars; times are otherwise exact in the simulation. */
const EARLY_TOLERANCE_MS = 1;
/** A second for the expiry itself; then its entry has to be written, at whatever speed the disk has. */
const LATE_MS_MAX = 1000;

interface LiveLease {
  readonly ttlMs: number;
  readonly grantedAtMs: number;
}

export class LeaseJudge {
  readonly #world: SimulatedWorld;
  readonly #member: SimulatedMember;
  readonly #renewals = new Map<bigint, Operation<'lease-keep-alive'>[]>();

  constructor(world: SimulatedWorld, member: SimulatedMember, history: History) {
    this.#world = world;
    this.#member = member;
    for (const operation of history.operations) {
      if (operation.kind !== 'lease-keep-alive' || Number.isNaN(operation.arrivedAtMs)) continue;
      const renewal = operation as Operation<'lease-keep-alive'>;
      const { ID } = renewal.request;
      this.#renewals.set(ID, [...(this.#renewals.get(ID) ?? []), renewal]);
    }
  }

  /** Answers how many expiries were judged. */
  check(): number {
    const live = new Map<bigint, LiveLease>();
    let count = 0;
    for (const entry of this.#member.witness.entries) {
      if (entry.data.length === 0) continue;
      const { kind, request } = decodeCommand(entry.data);
      if (kind === 'lease-grant' && !live.has(request.ID)) {
        const grantedAtMs = entry.applied?.atMs ?? entry.appendedAtMs;
        live.set(request.ID, { ttlMs: this.#trueMs(request.TTL * 1000), grantedAtMs });
      }
      if (kind === 'lease-revoke') live.delete(request.ID);
      if (kind !== 'lease-expiry' || request.term !== entry.term) continue;
      const lease = live.get(request.ID);
      if (lease === undefined) continue;
      this.#judge(request.ID, lease, entry);
      live.delete(request.ID);
      count++;
    }
    for (const [id, lease] of live) this.#judgeLiving(id, lease);
    return count;
  }

  #judge(id: bigint, lease: LiveLease, entry: WitnessedEntry): void {
    const promisedMs = this.#promisedUntil(id, lease, entry.appendedAtMs, true);
    ok(
      entry.appendedAtMs >= promisedMs - EARLY_TOLERANCE_MS,
      `lease ${id} was promised until ${promisedMs} ms and expired at ${entry.appendedAtMs} ms`,
    );
    this.#assertPunctual(id, lease, entry.applied?.atMs ?? entry.appendedAtMs);
  }

  #judgeLiving(id: bigint, lease: LiveLease): void {
    this.#assertPunctual(id, lease, this.#world.nowMs);
  }

  #assertPunctual(id: bigint, lease: LiveLease, nowMs: number): void {
    const { electionTimeoutMs, diskMs } = this.#world.temper;
    const promisedMs = this.#promisedUntil(id, lease, nowMs, false);
    const graceMs = this.#trueMs(electionTimeoutMs) + LATE_MS_MAX + 10 * diskMs[1];
    const latestMs = promisedMs + graceMs;
    if (!this.#world.isQuiet(promisedMs - graceMs, latestMs)) return;
    ok(nowMs <= latestMs, `lease ${id} was due at ${promisedMs} ms and lived at ${nowMs} ms`);
  }

  /**
   * The end of the last promise made before `beforeMs`.
   * @param onlyAcknowledged renewals that the client was told of; else all that reached the member
   */
  #promisedUntil(
    id: bigint,
    { ttlMs, grantedAtMs }: LiveLease,
    beforeMs: number,
    onlyAcknowledged: boolean,
  ): number {
    // Clocks start again when the member leads, which is between its start and its first service.
    const restarts = this.#member.incarnations.map(({ bootedAtMs, servingSinceMs }) =>
      onlyAcknowledged ? bootedAtMs : servingSinceMs,
    );
    const renewals = (this.#renewals.get(id) ?? [])
      .filter((renewal) => !onlyAcknowledged || isRenewed(renewal))
      .map(({ arrivedAtMs }) => arrivedAtMs);
    const starts = [grantedAtMs, ...restarts, ...renewals].filter((atMs) => atMs < beforeMs);
    return Math.max(...starts) + ttlMs;
  }

  #trueMs(ms: number): number {
    return ms / this.#world.temper.clockRate;
  }
}

const isRenewed = ({ outcome }: Operation<'lease-keep-alive'>): boolean =>
  outcome?.kind === 'ok' && outcome.response.TTL > 0;
