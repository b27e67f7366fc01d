/**
 * Protection against mass expiry: when most instances of a service stop renewing their leases at once, it is more
 * likely that they can't reach the cluster than that all have died. They are then held for a while, and the view
 * says so; health is never rewritten.
 *
 * A departure is an expiry unless the instance was draining: every orderly deregistration writes that state first.
 * A hold always ends: when its time is up, when most instances are back, or when somebody releases it.
 *
 * Invariant: an instance is held only while its key is absent.
 */
import type { Instance } from '../instance.ts';

export type HoldCause = 'mass-expiry-hold' | 'empty-hold';

export interface ExpiryProtection {
  /** Fewer expiries than this are never held. */
  readonly expiriesMin: number;
  /** The part of the instances, of those there and those expired within one TTL, that begins a hold. */
  readonly ratio: number;
  /** The longest hold after a mass expiry. */
  readonly holdMs: number;
  /** The longest hold after the whole list was gone when it was read anew. */
  readonly emptyHoldMs: number;
}

/** Ratio and count from the practice of Eureka and Nacos; both holds are bounded, as Eureka's is not. */
export const EXPIRY_PROTECTION_DEFAULT: ExpiryProtection = {
  expiriesMin: 3,
  ratio: 0.5,
  holdMs: 300_000,
  emptyHoldMs: 30_000,
};

/** A hold ends when so much of what there was is there again; more than 1 − ratio, so that it does not flap. */
const RECOVERED_RATIO = 0.85;
/** Expiries that are remembered to count them; a service that loses more within a TTL has long begun its hold. */
const EXPIRIES_REMEMBERED_MAX = 20_000;

/** Expiries count together within one TTL; an hour's TTL would count what has nothing to do with each other. */
const WINDOW_MS_MAX = 60_000;

interface Expiry {
  readonly atMs: number;
  readonly instance: Instance;
}

interface Hold {
  readonly cause: HoldCause;
  readonly untilMs: number;
  /** How many instances there were before. */
  readonly baseline: number;
  readonly instances: Map<string, Instance>;
}

export class ExpiryGuard {
  readonly #protection: ExpiryProtection | undefined;
  /** By id, the oldest first. */
  readonly #recent = new Map<string, Expiry>();
  #hold: Hold | undefined;

  /** @param protection - undefined for none: what has expired is gone */
  constructor(protection: ExpiryProtection | undefined) {
    this.#protection = protection;
  }

  get cause(): HoldCause | undefined {
    return this.#hold?.cause;
  }

  get heldCount(): number {
    return this.#hold?.instances.size ?? 0;
  }

  held(id: string): Instance | undefined {
    return this.#hold?.instances.get(id);
  }

  /**
   * These instances are gone without having drained.
   *
   * @param liveCount - how many are left
   * @param isReread - whether this was found when the list was read anew, not told one by one
   * @returns the ids whose presence this changes besides the given ones: what expired a moment ago and is held now
   */
  expired(
    instances: readonly Instance[],
    liveCount: number,
    nowMs: number,
    isReread: boolean,
  ): readonly string[] {
    if (this.#protection === undefined || instances.length === 0) return [];
    for (const instance of instances) {
      this.#recent.delete(instance.id);
      this.#recent.set(instance.id, { atMs: nowMs, instance });
    }
    this.#forget(nowMs);
    if (this.#hold !== undefined) {
      for (const instance of instances) this.#hold.instances.set(instance.id, instance);
      return [];
    }
    const { expiriesMin, ratio, holdMs, emptyHoldMs } = this.#protection;
    const count = this.#recent.size;
    const baseline = liveCount + count;
    if (count < expiriesMin || count < ratio * baseline) return [];
    const isEmptied = isReread && liveCount === 0;
    this.#hold = {
      cause: isEmptied ? 'empty-hold' : 'mass-expiry-hold',
      untilMs: nowMs + (isEmptied ? emptyHoldMs : holdMs),
      baseline,
      instances: new Map([...this.#recent].map(([id, { instance }]) => [id, instance])),
    };
    return [...this.#recent.keys()];
  }

  /** An instance of this id is there. @returns ids that are let go because enough are back */
  appeared(id: string, liveCount: number): readonly string[] {
    this.#recent.delete(id);
    if (this.#hold === undefined) return [];
    this.#hold.instances.delete(id);
    const isOver =
      this.#hold.instances.size === 0 || liveCount >= RECOVERED_RATIO * this.#hold.baseline;
    return isOver ? this.release() : [];
  }

  /** @returns ids that are let go because their time is up */
  due(nowMs: number): readonly string[] {
    return this.#hold !== undefined && nowMs >= this.#hold.untilMs ? this.release() : [];
  }

  /** Holds on for longer; nothing where nothing is held. @param untilMs - of the clock that the others are given */
  extend(untilMs: number): void {
    if (this.#hold === undefined || untilMs <= this.#hold.untilMs) return;
    this.#hold = { ...this.#hold, untilMs };
  }

  /** Ends the hold now. @returns the ids that were held */
  release(): readonly string[] {
    const ids = [...(this.#hold?.instances.keys() ?? [])];
    this.#hold = undefined;
    this.#recent.clear();
    return ids;
  }

  #forget(nowMs: number): void {
    for (const [id, { atMs, instance }] of this.#recent) {
      const isOld = atMs <= nowMs - Math.min(instance.ttlMs, WINDOW_MS_MAX);
      if (!isOld && this.#recent.size <= EXPIRIES_REMEMBERED_MAX) return;
      this.#recent.delete(id);
    }
  }
}
