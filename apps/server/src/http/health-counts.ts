/** What the health endpoints have answered since the start, for `/metrics`. */

export type ProbeKind = 'livez' | 'readyz';

export interface CheckCount {
  readonly kind: ProbeKind;
  readonly name: string;
  successes: number;
  failures: number;
  /** How it went the last time; undefined before the first. */
  lastSucceeded: boolean | undefined;
}

export class HealthCounts {
  /** Of `/health`. */
  successes = 0;
  /** Of `/health`. */
  failures = 0;
  /** One for each check of each probe. */
  readonly checks: CheckCount[] = [];

  /** Counts a check that is about to be offered. */
  add(kind: ProbeKind, name: string): CheckCount {
    const count: CheckCount = { kind, name, successes: 0, failures: 0, lastSucceeded: undefined };
    this.checks.push(count);
    return count;
  }
}
