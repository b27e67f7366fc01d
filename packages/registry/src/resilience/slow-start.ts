/** Slow start: an instance that is new, or was let in again, takes less than its share until it is warm. */

/**
 * - `warm`: takes its share.
 * - `ramping`: its part grows evenly from {@link RAMP_START} at `sinceMs` to the whole.
 */
export type Ramp =
  | { readonly kind: 'warm' }
  | { readonly kind: 'ramping'; readonly sinceMs: number; readonly warmupMs: number };

/** The part of its weight that a cold instance begins with: enough to warm anything up. */
export const RAMP_START = 0.1;
/** The weights are computed anew this many times in a ramp: steps of 5 %. */
const RAMP_STEPS = 20;
/** And not more often than this, in milliseconds. */
const RAMP_STEP_MS_MIN = 50;

export function newRamp(): Ramp {
  return { kind: 'warm' };
}

export function rampFrom(sinceMs: number, warmupMs: number): Ramp {
  return warmupMs > 0 ? { kind: 'ramping', sinceMs, warmupMs } : { kind: 'warm' };
}

/** The part of its weight that counts, 0.1 to 1. */
export function rampFactor(ramp: Ramp, nowMs: number): number {
  if (ramp.kind === 'warm') return 1;
  const part = Math.min(1, Math.max(0, (nowMs - ramp.sinceMs) / ramp.warmupMs));
  return RAMP_START + (1 - RAMP_START) * part;
}

/** When the factor is worth computing again; infinite for never. */
export function nextRampStepMs(ramp: Ramp, nowMs: number): number {
  if (ramp.kind === 'warm') return Infinity;
  const endMs = ramp.sinceMs + ramp.warmupMs;
  return nowMs >= endMs
    ? Infinity
    : Math.min(endMs, nowMs + Math.max(RAMP_STEP_MS_MIN, ramp.warmupMs / RAMP_STEPS));
}
