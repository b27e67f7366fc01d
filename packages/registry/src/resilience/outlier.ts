/**
 * Outlier ejection: an instance that fails while its peers do not is left out for a while, longer each time. Never
 * more than a part of all, because when most fail it is not the instances. The ideas and most defaults are Envoy's.
 *
 * Pure: time and chance are handed in, nothing runs by itself.
 */
import type { CallOutcome } from './outcome.ts';

export interface OutlierLimits {
  /** Errors and time-outs in a row that eject. */
  readonly consecutiveErrors: number;
  /** Failed connections in a row that eject: fewer, they are no matter of the call. */
  readonly consecutiveConnectFailures: number;
  /** How often success rates are compared, and the number of earlier ejections goes down by one. */
  readonly intervalMs: number;
  /** The first ejection; each further one is longer by as much. */
  readonly baseEjectionMs: number;
  readonly maxEjectionMs: number;
  /** The part of all instances that may be left out at once; a single one may always be, of `minHosts` or more. */
  readonly maxEjected: number;
  /** With fewer instances nobody is ejected. */
  readonly minHosts: number;
  /** Success rates are compared of those that had as many calls in the interval … */
  readonly minVolume: number;
  /** … when there are as many such: a deviation among fewer says nothing. */
  readonly successRateHosts: number;
  /** A rate further below the mean than this many standard deviations ejects; 0 to not compare. */
  readonly successRateDeviations: number;
}

/** Up to this part of an ejection is added by chance, so that instances ejected together come back one by one. */
const EJECTION_JITTER = 0.1;

/** What is remembered of one instance. */
export interface OutlierRecord {
  errorsInRow: number;
  connectFailuresInRow: number;
  /** In the current interval. */
  calls: number;
  successes: number;
  /** Ejections that still make the next one longer. */
  ejections: number;
  ejectedUntilMs: number | undefined;
  cause: EjectionCause | undefined;
}

export type EjectionCause = 'consecutive-errors' | 'consecutive-connect-failures' | 'success-rate';

export function newRecord(): OutlierRecord {
  return {
    errorsInRow: 0,
    connectFailuresInRow: 0,
    calls: 0,
    successes: 0,
    ejections: 0,
    ejectedUntilMs: undefined,
    cause: undefined,
  };
}

/** Whoever is judged. */
export interface Judged {
  readonly outliers: OutlierRecord;
}

/** All that could be picked, ejected or not. */
export interface Peers<T extends Judged> extends Iterable<T> {
  readonly size: number;
}

export class OutlierDetector<T extends Judged> {
  readonly #limits: OutlierLimits;
  readonly #random: () => number;
  readonly #peers: () => Peers<T>;
  readonly #ejected = new Set<T>();
  #intervalEndMs: number | undefined;

  constructor(limits: OutlierLimits, random: () => number, peers: () => Peers<T>) {
    this.#limits = limits;
    this.#random = random;
    this.#peers = peers;
  }

  /** @returns whether anybody was ejected */
  record(member: T, outcome: CallOutcome, nowMs: number): boolean {
    this.#count(member.outliers, outcome);
    const cause = this.#causeOf(member.outliers);
    let isChanged = cause !== undefined && this.#eject(member, cause, nowMs);
    this.#intervalEndMs ??= nowMs + this.#limits.intervalMs;
    if (nowMs >= this.#intervalEndMs) {
      isChanged = this.#endInterval(nowMs) || isChanged;
      this.#intervalEndMs = nowMs + this.#limits.intervalMs;
    }
    return isChanged;
  }

  /** When the next ejection ends; infinite where there is none. */
  nextReadmissionMs(): number {
    let next = Infinity;
    for (const { outliers } of this.#ejected) next = Math.min(next, outliers.ejectedUntilMs!);
    return next;
  }

  /** Lets those in whose time is up. */
  readmit(nowMs: number): T[] {
    const readmitted = [...this.#ejected].filter(
      ({ outliers }) => nowMs >= outliers.ejectedUntilMs!,
    );
    for (const member of readmitted) this.forget(member);
    return readmitted;
  }

  /** It is gone, or in again. */
  forget(member: T): void {
    this.#ejected.delete(member);
    member.outliers.ejectedUntilMs = undefined;
    member.outliers.cause = undefined;
  }

  #count(record: OutlierRecord, outcome: CallOutcome): void {
    record.calls += 1;
    if (outcome === 'ok') {
      record.successes += 1;
      record.errorsInRow = 0;
      record.connectFailuresInRow = 0;
    } else if (outcome === 'connect-failed') {
      record.connectFailuresInRow += 1;
    } else {
      // It was connected to, whatever came of it.
      record.connectFailuresInRow = 0;
      record.errorsInRow += 1;
    }
  }

  #causeOf(record: OutlierRecord): EjectionCause | undefined {
    if (record.errorsInRow >= this.#limits.consecutiveErrors) return 'consecutive-errors';
    if (record.connectFailuresInRow >= this.#limits.consecutiveConnectFailures) {
      return 'consecutive-connect-failures';
    }
    return undefined;
  }

  #eject(member: T, cause: EjectionCause, nowMs: number): boolean {
    if (this.#ejected.has(member) || !this.#mayEject()) return false;
    const record = member.outliers;
    const { baseEjectionMs, maxEjectionMs } = this.#limits;
    record.ejections += 1;
    const ejectionMs = Math.min(maxEjectionMs, baseEjectionMs * record.ejections);
    record.ejectedUntilMs = nowMs + ejectionMs * (1 + EJECTION_JITTER * this.#random());
    record.cause = cause;
    // It is judged anew when it is back.
    record.errorsInRow = 0;
    record.connectFailuresInRow = 0;
    this.#ejected.add(member);
    return true;
  }

  #mayEject(): boolean {
    const hosts = this.#peers().size;
    if (hosts < this.#limits.minHosts) return false;
    const ejected = this.#ejected.size;
    return ejected === 0 || ejected + 1 <= this.#limits.maxEjected * hosts;
  }

  /** Compares success rates, then begins to count anew. */
  #endInterval(nowMs: number): boolean {
    let isChanged = false;
    const threshold = this.#rateThreshold();
    for (const member of this.#peers()) {
      const record = member.outliers;
      const isCompared = threshold !== undefined && record.calls >= this.#limits.minVolume;
      if (isCompared && record.successes / record.calls < threshold) {
        isChanged = this.#eject(member, 'success-rate', nowMs) || isChanged;
      } else if (!this.#ejected.has(member) && record.ejections > 0) {
        record.ejections -= 1;
      }
      record.calls = 0;
      record.successes = 0;
    }
    return isChanged;
  }

  #rateThreshold(): number | undefined {
    const { minVolume, successRateHosts, successRateDeviations } = this.#limits;
    if (successRateDeviations === 0) return undefined;
    const rates: number[] = [];
    for (const { outliers } of this.#peers()) {
      if (outliers.calls >= minVolume) rates.push(outliers.successes / outliers.calls);
    }
    if (rates.length < successRateHosts) return undefined;
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
    const variance = rates.reduce((sum, rate) => sum + (rate - mean) ** 2, 0) / rates.length;
    return mean - successRateDeviations * Math.sqrt(variance);
  }
}
