/** Durations as Go writes and reads them: `1m30s`, `1.5s`, `12.345ms`. In milliseconds here. */

const UNITS_MS = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['µs', 1e-3],
  ['μs', 1e-3],
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/** What is wrong with a text that should be a duration, as Go says it. */
export class DurationError extends Error {
  override readonly name = 'DurationError';
}

/** @throws DurationError in Go's words */
export function parseDuration(text: string): number {
  const [, sign = '', amounts = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (amounts === '0') return 0;
  if (amounts === '') throw new DurationError(`time: invalid duration "${text}"`);
  let rest = amounts;
  let totalMs = 0;
  while (rest !== '') {
    const [, number = '', unit = ''] = /^(\d+\.?\d*|\.\d+)([^\d.]*)/.exec(rest) ?? [];
    if (number === '') throw new DurationError(`time: invalid duration "${text}"`);
    if (unit === '') throw new DurationError(`time: missing unit in duration "${text}"`);
    const unitMs = UNITS_MS.get(unit);
    if (unitMs === undefined) {
      throw new DurationError(`time: unknown unit "${unit}" in duration "${text}"`);
    }
    totalMs += Number(number) * unitMs;
    rest = rest.slice(number.length + unit.length);
  }
  return sign === '-' ? -totalMs : totalMs;
}

const shorten = (value: number, digits: number): string => {
  const text = value.toFixed(digits);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
};

/** With nine digits behind the point, less the zeros at the end. */
export function formatDuration(durationMs: number): string {
  const nanoseconds = Math.round(durationMs * 1e6);
  if (nanoseconds === 0) return '0s';
  if (nanoseconds < 0) return `-${formatDuration(-durationMs)}`;
  if (nanoseconds < 1_000) return `${nanoseconds}ns`;
  if (nanoseconds < 1_000_000) return `${trimmed(nanoseconds, 1_000, 3)}µs`;
  if (nanoseconds < 1_000_000_000) return `${trimmed(nanoseconds, 1_000_000, 6)}ms`;
  const seconds = Math.floor(nanoseconds / 1e9);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const left = trimmed(nanoseconds - (seconds - (seconds % 60)) * 1e9, 1e9, 9);
  if (hours > 0) return `${hours}h${minutes}m${left}s`;
  return minutes > 0 ? `${minutes}m${left}s` : `${left}s`;
}

function trimmed(nanoseconds: number, unit: number, digits: number): string {
  const text = shorten(nanoseconds / unit, digits);
  return text === '' ? '0' : text;
}
