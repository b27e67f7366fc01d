/** Spans of time as people write them in options. */
import { ConcordError } from './errors.ts';

/** `'15s'`, `'200ms'`, `'1.5m'`, `'1h'`, or a number of milliseconds. */
export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h'}`;

const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Node's timers take 31 bits of milliseconds; a longer one would fire at once. */
export const DURATION_MS_MAX = 2 ** 31 - 1;

/**
 * `duration` in milliseconds.
 *
 * @param option - how an error names it, such as `registry.register: option "ttl"`
 * @throws ConcordError `INVALID_ARGUMENT` unless it is a finite span from `minMs` (default 0) to about 24 days
 */
export function durationMs(duration: Duration, option: string, minMs = 0): number {
  const ms = typeof duration === 'number' ? duration : parse(duration);
  if (!(ms >= minMs && ms <= DURATION_MS_MAX)) {
    throw new ConcordError('INVALID_ARGUMENT', {
      operation: option,
      problem: `${JSON.stringify(duration)} is no span of time from ${minMs} ms to 24 days`,
      remedy: `write a number of milliseconds, or one with its unit, such as "15s" or "200ms"`,
    });
  }
  return ms;
}

function parse(text: unknown): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(String(text));
  return match === null ? NaN : Number(match[1]) * UNIT_MS[match[2] as keyof typeof UNIT_MS];
}
