/** What is left of a lease: told by the gateway at one moment, counted down on the page since. */

/** Milliseconds left at `nowMs` of what was `remainingMs` at `readAtMs` (both of the page's monotonic clock); never below 0. */
export const remainingAt = (remainingMs: number, readAtMs: number, nowMs: number): number =>
  Math.max(0, remainingMs - (nowMs - readAtMs));

/** `9.4 s`, `59 s`, `4 m 05 s`, `2 h 07 m`, `3 d 4 h`: two units at most, tenths only where they can be watched. */
export function shortDuration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 9.95) return `${(Math.floor(seconds * 10) / 10).toFixed(1)} s`;
  const whole = Math.floor(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} m ${twoDigits(whole % 60)} s`;
  if (whole < 86_400)
    return `${Math.floor(whole / 3600)} h ${twoDigits(Math.floor(whole / 60) % 60)} m`;
  return `${Math.floor(whole / 86_400)} d ${Math.floor(whole / 3600) % 24} h`;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');
