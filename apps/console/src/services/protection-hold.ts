/**
 * Many instances expired at once: consumers by the SDK keep those, as it is more likely that they cannot reach the cluster
 * than that all have died. The console sees the expiries and says what consumers do, by the defaults of the SDK.
 */
import type { TimelineEvent } from './service-queries.ts';

/** Defaults of the option `protection` of `discover()`: at least so many, at least this part, for so long. */
const EXPIRIES_MIN = 3;
const RATIO = 0.5;
const HOLD_MS = 5 * 60_000;
/** Older expiries are not looked at, even where somebody has extended a hold. */
const EXTENDED_MS_MAX = 60 * 60_000;
/** A hold ends early when this part of those that were there is back. */
const BACK_RATIO = 0.85;
/** Heartbeats of instances that fail together end within one time-to-live of each other. */
const TOGETHER_MS = 15_000;

export interface ProtectionHold {
  readonly expired: number;
  /** That were there before. */
  readonly total: number;
  /** Between the first expiry and the last. */
  readonly spanMs: number;
  readonly endsAtMs: number;
}

/** @param present - how many instances there are now */
export function protectionHold(
  events: readonly TimelineEvent[],
  present: number,
  nowMs: number,
): ProtectionHold | undefined {
  const expiries = events
    .filter(({ kind }) => kind === 'expired')
    .map(({ at, instance }) => ({ atMs: Date.parse(at), instance }))
    .filter(({ atMs }) => nowMs - atMs < EXTENDED_MS_MAX)
    .sort((a, b) => b.atMs - a.atMs);
  const newest = expiries[0];
  if (newest === undefined) return undefined;
  const decided = events.find(
    ({ kind, at }) =>
      (kind === 'hold-released' || kind === 'hold-extended') && Date.parse(at) >= newest.atMs,
  );
  if (decided?.kind === 'hold-released') return undefined;
  const together = expiries.filter(({ atMs }) => newest.atMs - atMs <= TOGETHER_MS);
  const expired = new Set(together.map(({ instance }) => instance));
  const back = new Set(
    events
      .filter(
        ({ kind, at, instance }) =>
          (kind === 'registered' || kind === 'replaced') &&
          expired.has(instance) &&
          Date.parse(at) >= newest.atMs,
      )
      .map(({ instance }) => instance),
  );
  const endsAtMs = Math.max(newest.atMs + HOLD_MS, Date.parse(decided?.until ?? '') || 0);
  if (endsAtMs <= nowMs) return undefined;
  const missing = expired.size - back.size;
  const total = present + missing;
  if (expired.size < EXPIRIES_MIN || expired.size < total * RATIO) return undefined;
  if (present >= total * BACK_RATIO) return undefined;
  return {
    expired: expired.size,
    total,
    spanMs: newest.atMs - (together.at(-1)?.atMs ?? newest.atMs),
    endsAtMs,
  };
}
