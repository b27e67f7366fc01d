/** Spans of time as the SDK takes them. This package imports no other, so that all others may use it in their tests. */

/** `'15s'`, `'200ms'`, `'1.5m'`, `'1h'`, or a number of milliseconds. */
export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h'}`;

const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** @throws RangeError that names `verb`, unless it is a span of time of zero or more */
export function durationMs(duration: Duration, verb: string): number {
  const [, count, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(String(duration)) ?? [];
  const ms = typeof duration === 'number' ? duration : Number(count) * UNIT_MS[unit as 'ms'];
  if (ms >= 0 && ms < Infinity) return ms;
  throw new RangeError(
    `${verb}: ${JSON.stringify(duration)} is no span of time; give a number of milliseconds, or one with its unit, such as "15s"`,
  );
}
