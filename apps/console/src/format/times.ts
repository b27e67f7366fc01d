/** Moments and spans of time as people read them. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `850 ms`, `12.4 s`, `3 min 20 s`, `5 h 4 min`, `12 d 3 h`: two units at most, the same in every language. */
export function formatDuration(durationMs: number): string {
  const ms = Math.max(0, durationMs);
  if (ms < 1) return ms === 0 ? '0 ms' : `${ms.toPrecision(2)} ms`;
  if (ms < SECOND) return `${ms < 10 ? round(ms, 1) : Math.round(ms)} ms`;
  if (ms < MINUTE) return `${round(ms / SECOND, 1)} s`;
  if (ms < HOUR) return pair(ms, MINUTE, 'min', SECOND, 's');
  if (ms < DAY) return pair(ms, HOUR, 'h', MINUTE, 'min');
  return pair(ms, DAY, 'd', HOUR, 'h');
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

function pair(
  ms: number,
  large: number,
  largeUnit: string,
  small: number,
  smallUnit: string,
): string {
  const count = Math.floor(ms / large);
  const rest = Math.floor((ms % large) / small);
  return rest === 0 ? `${count} ${largeUnit}` : `${count} ${largeUnit} ${rest} ${smallUnit}`;
}

const relativeSteps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
  ['second', SECOND],
];

/** `3 minutes ago`, `in 2 hours`. */
export function formatRelative(atMs: number, nowMs: number, language: string): string {
  const difference = atMs - nowMs;
  const [unit, length] =
    relativeSteps.find(([, step]) => Math.abs(difference) >= step) ?? (['second', SECOND] as const);
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' }).format(
    Math.trunc(difference / length),
    unit,
  );
}

/** `26 Nov 2026, 01:15:02`, in the time zone of the reader. */
export const formatMoment = (atMs: number, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(atMs);

/** `01:15:02`. */
export const formatClock = (atMs: number, language: string): string =>
  new Intl.DateTimeFormat(language, { timeStyle: 'medium', hourCycle: 'h23' }).format(atMs);
