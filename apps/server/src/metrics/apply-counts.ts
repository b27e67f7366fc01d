/**
 * What the state machine has done since the start, and how long it took: counted as it happens, by etcd's names. A
 * transaction counts its operations one by one, and once more as a transaction when it has several, as etcd does.
 */
import type { ApplyOutcome, Command, ReplicaObserver, TxnResult } from '@concord/kv';
import type { EtcdErrorRow, TxnRequest } from '@concord/protocol';
import { exponentialBounds, Histogram } from './histogram.ts';

const APPLY_BOUNDS = exponentialBounds(0.0001, 2, 20);

interface Times {
  readonly success: Histogram;
  readonly failure: Histogram;
}

export interface ApplyCountsOptions {
  /** Applying that takes longer is told. */
  readonly slowMs: number;
  slow(command: Command, outcome: ApplyOutcome | EtcdErrorRow, tookMs: number): void;
  /**
   * What was compacted is gone from the store.
   * @param revision undefined where it was asked for before the start
   */
  compacted(revision: number | undefined, tookMs: number): void;
}

export class ApplyCounts implements ReplicaObserver {
  ranges = 0;
  puts = 0;
  deletes = 0;
  txns = 0;
  /** Keys and values of puts. */
  putBytes = 0;
  leasesGranted = 0;
  leasesRevoked = 0;
  slowCount = 0;
  /** Of the last compaction, in seconds since 1970; 0 before the first. */
  lastCompactionSeconds = 0;
  /** When the entry that is being applied, or was applied last, began to be, in monotonic milliseconds. */
  lastBeganMs = 0;
  /** In seconds, at the grant. */
  readonly leaseTtl = new Histogram(exponentialBounds(1, 2, 24));
  /** In milliseconds. */
  readonly compactionPause = new Histogram(exponentialBounds(1, 2, 13));
  /** In milliseconds. */
  readonly compactionTotal = new Histogram(exponentialBounds(100, 2, 14));
  /** In seconds. */
  readonly rangeTimes: Times = newTimes();
  /** In seconds, by the kind of command. */
  readonly times = new Map<Command['kind'], Times>();
  readonly #options: ApplyCountsOptions;
  #compactionBeganMs: number | undefined;
  #compactionRevision: number | undefined;

  constructor(options: ApplyCountsOptions) {
    this.#options = options;
  }

  applied(command: Command, outcome: ApplyOutcome | EtcdErrorRow, beganMs: number): number {
    const nowMs = performance.now();
    const tookMs = nowMs - beganMs;
    this.lastBeganMs = beganMs;
    const isFailure = 'code' in outcome;
    const times = this.#timesOf(command.kind);
    (isFailure ? times.failure : times.success).observe(tookMs / 1000);
    if (!isFailure) this.#count(command, outcome);
    if (tookMs >= this.#options.slowMs) {
      this.slowCount += 1;
      this.#options.slow(command, outcome, tookMs);
    }
    return nowMs;
  }

  compacted(beganMs: number, isLast: boolean): void {
    const now = performance.now();
    this.#compactionBeganMs ??= beganMs;
    this.compactionPause.observe(now - beganMs);
    if (!isLast) return;
    const tookMs = now - this.#compactionBeganMs;
    this.compactionTotal.observe(tookMs);
    this.#options.compacted(this.#compactionRevision, tookMs);
    this.#compactionBeganMs = undefined;
  }

  /** A range was read outside of a transaction. */
  ranged(isSuccess: boolean, tookMs: number): void {
    if (isSuccess) this.ranges += 1;
    (isSuccess ? this.rangeTimes.success : this.rangeTimes.failure).observe(tookMs / 1000);
  }

  /** A transaction was applied, or answered without having been replicated. */
  transacted(request: TxnRequest, result: TxnResult): void {
    if (this.#countOperations(request, result) > 1) this.txns += 1;
  }

  /** How many there were, comparisons among them, which are reads. */
  #countOperations({ compare, success, failure }: TxnRequest, result: TxnResult): number {
    let count = compare.length;
    this.ranges += compare.length;
    (result.succeeded ? success : failure).forEach(({ request }, i) => {
      const response = result.responses[i];
      count += 1;
      if (request?.case === 'requestRange') this.ranges += 1;
      else if (request?.case === 'requestDeleteRange') this.deletes += 1;
      else if (request?.case === 'requestPut') this.#put(request.value.key, request.value.value);
      else if (request?.case === 'requestTxn' && response?.kind === 'txn') {
        count += this.#countOperations(request.value, response);
      }
    });
    return count;
  }

  #count(command: Command, outcome: ApplyOutcome): void {
    switch (command.kind) {
      case 'txn':
        if (outcome.kind === 'txn') this.transacted(command.request, outcome);
        return;
      case 'put':
        return this.#put(command.request.key, command.request.value);
      case 'delete-range':
        this.deletes += 1;
        return;
      case 'compact':
        this.lastCompactionSeconds = Math.floor(Date.now() / 1000);
        this.#compactionRevision = command.request.revision;
        return;
      case 'lease-grant':
        this.leasesGranted += 1;
        this.leaseTtl.observe(command.request.TTL);
        return;
      case 'lease-revoke':
      case 'lease-expiry':
        this.leasesRevoked += 1;
        return;
      default:
    }
  }

  #put(key: Uint8Array, value: Uint8Array): void {
    this.puts += 1;
    this.putBytes += key.length + value.length;
  }

  #timesOf(kind: Command['kind']): Times {
    let times = this.times.get(kind);
    if (times === undefined) this.times.set(kind, (times = newTimes()));
    return times;
  }
}

function newTimes(): Times {
  return { success: new Histogram(APPLY_BOUNDS), failure: new Histogram(APPLY_BOUNDS) };
}
