/**
 * Judges when leases expired, whoever led: never before the time has passed that was promised last, by a grant, an
 * acknowledged renewal or the start of the leader that ends it; and, where nothing disturbed the cluster, at most a
 * second after it.
 */
import { ok } from 'node:assert/strict';
import type { WitnessedEntry } from '../cluster-witness.ts';
import type { Operation } from '../history.ts';
import type { RunRecord } from '../record.ts';
import { commandOf } from './second-replica.ts';

/** Rounding of the calendars; times are otherwise exact in the simulation. */
const EARLY_TOLERANCE_MS = 1;
/** A second for the expiry itself; then its entry has to be written, at whatever speed disks and network have. */
const LATE_MS_MAX = 1000;

interface LiveLease {
  readonly ttlSeconds: number;
  readonly grantedAtMs: number;
  /** By then everybody had applied the grant. */
  readonly knownAtMs: number;
}

export class LeaseJudge {
  readonly #record: RunRecord;
  readonly #renewals = new Map<bigint, Operation<'lease-keep-alive'>[]>();

  constructor(record: RunRecord) {
    this.#record = record;
    for (const operation of record.history.operations) {
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
    for (const entry of this.#record.entries) {
      const command = commandOf(entry);
      if (command === undefined) continue;
      const { kind, request } = command;
      if (kind === 'lease-grant' && !live.has(request.ID)) {
        const grantedAtMs = entry.applied?.atMs ?? entry.appendedAtMs;
        const knownAtMs = entry.lastAppliedAtMs;
        live.set(request.ID, { ttlSeconds: request.TTL, grantedAtMs, knownAtMs });
      }
      if (kind === 'lease-revoke') live.delete(request.ID);
      if (kind !== 'lease-expiry' || request.term !== entry.term) continue;
      const lease = live.get(request.ID);
      if (lease === undefined) continue;
      this.#judge(request.ID, lease, entry);
      live.delete(request.ID);
      count++;
    }
    for (const [id, lease] of live) this.#assertPunctual(id, lease, this.#record.endedAtMs);
    return count;
  }

  #judge(id: bigint, lease: LiveLease, entry: WitnessedEntry): void {
    const leadership = this.#record.leaderships.get(entry.term);
    ok(
      leadership !== undefined,
      `lease ${id} was ended in term ${entry.term}, which has no leader`,
    );
    const rate = this.#record.clockRates.get(leadership.member) ?? 1;
    const acknowledged = this.#renewalsOf(id, entry.appendedAtMs).filter(isRenewed);
    const sinceMs = Math.max(
      lease.grantedAtMs,
      leadership.sinceMs,
      ...acknowledged.map(({ arrivedAtMs }) => arrivedAtMs),
    );
    const promisedMs = sinceMs + (lease.ttlSeconds * 1000) / rate;
    ok(
      entry.appendedAtMs >= promisedMs - EARLY_TOLERANCE_MS,
      `lease ${id} was promised until ${promisedMs} ms and expired at ${entry.appendedAtMs} ms`,
    );
    this.#assertPunctual(id, lease, entry.applied?.atMs ?? entry.appendedAtMs);
  }

  /** Any renewal may have counted, whether or not its client heard of it, and as late as it was still under way. */
  #assertPunctual(id: bigint, { ttlSeconds, knownAtMs }: LiveLease, nowMs: number): void {
    const { electionTimeoutMs, diskMs, networkMs, turnMs, clockDriftMax } = this.#record.temper;
    const toTrueMs = 1 / (1 - clockDriftMax);
    const rounds = diskMs[1] + networkMs[1] + turnMs[1];
    const graceMs = electionTimeoutMs * toTrueMs + LATE_MS_MAX + 10 * rounds;
    const renewals = this.#renewalsOf(id, nowMs);
    if (renewals.some(({ completedAtMs }) => Number.isNaN(completedAtMs))) return;
    if (renewals.some(({ outcome }) => outcome?.kind !== 'ok')) return;
    const starts = [...this.#record.leaderships.values()].map(({ primaryAtMs, sinceMs }) =>
      primaryAtMs === Infinity ? sinceMs : primaryAtMs,
    );
    const sinceMs = Math.max(
      knownAtMs,
      ...starts.filter((atMs) => atMs < nowMs),
      ...renewals.map(({ completedAtMs }) => completedAtMs),
    );
    const promisedMs = sinceMs + ttlSeconds * 1000 * toTrueMs;
    const latestMs = promisedMs + graceMs;
    if (!this.#record.isQuiet(promisedMs - graceMs, latestMs)) return;
    ok(nowMs <= latestMs, `lease ${id} was due at ${promisedMs} ms and lived at ${nowMs} ms`);
  }

  #renewalsOf(id: bigint, beforeMs: number): Operation<'lease-keep-alive'>[] {
    return (this.#renewals.get(id) ?? []).filter(({ arrivedAtMs }) => arrivedAtMs < beforeMs);
  }
}

const isRenewed = ({ outcome }: Operation<'lease-keep-alive'>): boolean =>
  outcome?.kind === 'ok' && outcome.response.TTL > 0;
