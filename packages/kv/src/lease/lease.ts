/**
 * One lease in memory: what is replicated about it, and the fields that the primary lessor keeps on it while
 * this member leads. One small object a lease, so that a million of them fit; the keys that a lease holds are
 * rows of the `lease-keys` table, never objects.
 *
 * Invariant: the clock fields mean something only while `leadership` is the lessor's current one.
 */
import type { CalendarEntry, CalendarBucket } from './calendar.ts';

/**
 * `running` counts down; `expired` waits to be proposed for revocation; `revoking` has been proposed and is
 * proposed again if nothing comes of it.
 */
export type LeasePhase = 'running' | 'expired' | 'revoking';

/** The next checkpoint of a lease that has long to run. */
export class CheckpointEntry implements CalendarEntry {
  readonly lease: Lease;
  dueMs = 0;
  bucket: CalendarBucket | undefined = undefined;
  next: CheckpointEntry | undefined = undefined;
  previous: CheckpointEntry | undefined = undefined;

  constructor(lease: Lease) {
    this.lease = lease;
  }
}

export class Lease implements CalendarEntry {
  /** Any 64-bit integer but 0, as clients choose it; negative ids are ids like others. */
  readonly id: bigint;
  /** What was granted. */
  readonly ttlSeconds: number;
  /** Replicated: how much was left at the last checkpoint; 0 when the full TTL counts. */
  remainingTtlSeconds: number;

  /** The leadership of this member that the fields below belong to; 0 for none. */
  leadership = 0;
  phase: LeasePhase = 'running';
  /** Expiry on the monotonic clock; while `revoking`, when to propose it again. */
  dueMs = 0;
  bucket: CalendarBucket | undefined = undefined;
  next: Lease | undefined = undefined;
  previous: Lease | undefined = undefined;
  checkpoint: CheckpointEntry | undefined = undefined;

  constructor(id: bigint, ttlSeconds: number, remainingTtlSeconds = 0) {
    this.id = id;
    this.ttlSeconds = ttlSeconds;
    this.remainingTtlSeconds = remainingTtlSeconds;
  }

  /** What a new leader starts the countdown from. */
  get restartSeconds(): number {
    return this.remainingTtlSeconds > 0 ? this.remainingTtlSeconds : this.ttlSeconds;
  }
}
