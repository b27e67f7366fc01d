/** What is left of a lease: told by the gateway at one moment, counted down on the page since. */

/** Milliseconds left at `nowMs` of what was `remainingMs` at `readAtMs` (both of the page's monotonic clock); never below 0. */
export const remainingAt = (remainingMs: number, readAtMs: number, nowMs: number): number =>
  Math.max(0, remainingMs - (nowMs - readAtMs));
