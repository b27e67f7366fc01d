/** A bucket of tokens for each caller: it may ask as fast as it fills, and some more at once. */

export interface RateLimits {
  /** Requests a second that a caller may keep up; 0: as many as it likes. */
  readonly perSecond: number;
  /** What it may ask at once after a pause. */
  readonly burst: number;
}

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

/** Callers remembered; who asked longest ago is forgotten, and begins anew with a full bucket. */
const CALLERS_MAX = 50_000;

export interface RateVerdict {
  readonly isAllowed: boolean;
  /** Whole requests that may follow at once. */
  readonly remaining: number;
  /** Until there is one more, in seconds, rounded up. */
  readonly waitSeconds: number;
}

export class RateLimit {
  readonly limits: RateLimits;
  readonly #nowMs: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(limits: RateLimits, nowMs: () => number = () => performance.now()) {
    this.limits = limits;
    this.#nowMs = nowMs;
  }

  get isOn(): boolean {
    return this.limits.perSecond > 0;
  }

  /** Takes a token of `caller`, where there is one. */
  take(caller: string): RateVerdict {
    const { perSecond, burst } = this.limits;
    const nowMs = this.#nowMs();
    const bucket = this.#buckets.get(caller) ?? { tokens: burst, filledAtMs: nowMs };
    bucket.tokens = Math.min(
      burst,
      bucket.tokens + ((nowMs - bucket.filledAtMs) / 1000) * perSecond,
    );
    bucket.filledAtMs = nowMs;
    const isAllowed = bucket.tokens >= 1;
    if (isAllowed) bucket.tokens -= 1;
    this.#buckets.delete(caller);
    this.#buckets.set(caller, bucket);
    if (this.#buckets.size > CALLERS_MAX) this.#buckets.delete(this.#buckets.keys().next().value!);
    const missing = Math.max(0, 1 - bucket.tokens);
    return {
      isAllowed,
      remaining: Math.floor(bucket.tokens),
      waitSeconds: Math.ceil(missing / perSecond),
    };
  }
}

/** `RateLimit` fields of the IETF's draft (draft-ietf-httpapi-ratelimit-headers). */
export const rateHeaders = ({ perSecond, burst }: RateLimits, verdict: RateVerdict) => ({
  'ratelimit-policy': `"caller";q=${burst};w=${Math.max(1, Math.ceil(burst / perSecond))}`,
  ratelimit: `"caller";r=${verdict.remaining};t=${verdict.waitSeconds}`,
});
