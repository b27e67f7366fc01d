/**
 * Expired leases that wait to be proposed for revocation, in the order of their expiry, let out at a limited
 * rate: the log has other work to do when a hundred thousand leases expire together.
 */
import type { Lease } from './lease.ts';

export class RevokeQueue {
  readonly #perSecondMax: number;
  #leases: Lease[] = [];
  /** Leases before this one have been taken out. */
  #head = 0;
  /** How many may be taken out now; grows with time, up to what one second may bring. */
  #allowed: number;
  #countedAtMs: number;

  constructor(perSecondMax: number, nowMs: number) {
    this.#perSecondMax = perSecondMax;
    this.#allowed = perSecondMax;
    this.#countedAtMs = nowMs;
  }

  add(lease: Lease): void {
    this.#leases.push(lease);
  }

  /** Takes out what the rate allows, at most `max`; those that `isStillExpired` denies are dropped and not counted. */
  take(nowMs: number, max: number, isStillExpired: (lease: Lease) => boolean): Lease[] {
    const grownBy = ((nowMs - this.#countedAtMs) * this.#perSecondMax) / 1000;
    this.#allowed = Math.min(this.#allowed + grownBy, this.#perSecondMax);
    this.#countedAtMs = nowMs;
    const taken: Lease[] = [];
    for (; this.#head < this.#leases.length; this.#head++) {
      const lease = this.#leases[this.#head] as Lease;
      if (!isStillExpired(lease)) continue;
      if (taken.length >= max || this.#allowed < 1) return taken;
      this.#allowed--;
      taken.push(lease);
    }
    this.#leases = [];
    this.#head = 0;
    return taken;
  }
}
