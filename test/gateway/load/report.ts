/** What a run of the gateway's load has shown. */

/** A change that is seen within a quarter of a second feels immediate, and is far below any TTL. */
export const LAG_P99_MS_MAX = 250;

/** A run that cannot be made, or did not go as it must: the message says what. */
export class LoadError extends Error {
  override readonly name = 'LoadError';
}

export interface LoadPlan {
  readonly subscribers: number;
  readonly instances: number;
  readonly services: number;
  readonly seconds: number;
  readonly changesPerSecond: number;
}

export interface LoadResult {
  readonly plan: LoadPlan;
  readonly changes: number;
  readonly delivered: number;
  readonly expected: number;
  readonly lagP50Ms: number;
  readonly lagP99Ms: number;
  readonly lagMaxMs: number;
  readonly beatsPerSecond: number;
  readonly failedBeats: number;
  /** Of one core. */
  readonly cpuShare: number;
  readonly residentBytesAtRest: number;
  readonly residentBytesAtStart: number;
  readonly residentBytesMax: number;
  readonly isWithinBounds: boolean;
}

/** Of ascending values. */
export const quantile = (values: ArrayLike<number>, share: number): number =>
  values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;

export function report(result: LoadResult): string {
  const { plan, lagP50Ms, lagP99Ms, lagMaxMs } = result;
  return [
    `${plan.subscribers} subscribers, ${plan.instances} instances of ${plan.services} services, ${plan.seconds} s`,
    `changes      ${result.changes} asked for, ${result.delivered} of ${result.expected} deliveries`,
    `lag          p50 ${lagP50Ms} ms, p99 ${lagP99Ms} ms, max ${lagMaxMs} ms (bound: p99 below ${LAG_P99_MS_MAX} ms)`,
    `heartbeats   ${Math.round(result.beatsPerSecond)} a second, ${result.failedBeats} failed`,
    `gateway      ${Math.round(result.cpuShare * 100)} % of a core, ${megabytes(result.residentBytesAtRest)} at rest, ` +
      `${megabytes(result.residentBytesAtStart)} with everybody there, ${megabytes(result.residentBytesMax)} at most`,
  ].join('\n');
}
