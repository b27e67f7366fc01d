/** One pick, held while its call is on its way. */
import type { Instance } from '../instance.ts';
import type { CallOutcome } from '../resilience/outcome.ts';
import type { Endpoint } from './endpoint.ts';

/**
 * The instance that was picked. It counts as busy until the outcome is reported or the pick is disposed of, so do one
 * of them, best by `using`:
 *
 * ```ts
 * using picked = payments.pick();
 * const response = await fetch(`http://${picked.instance.endpoint}/charge`);
 * picked.report(response.ok ? 'ok' : 'error');
 * ```
 */
export interface Picked<M = unknown> extends Disposable {
  readonly instance: Instance<M>;
  /**
   * Says what became of the call: breakers, outlier ejection and `explain()` go by it. Only the first report counts.
   *
   * @param info.latencyMs - how long the call took; from the pick to now by default
   */
  report(outcome: CallOutcome, info?: { readonly latencyMs?: number }): void;
  /** Ends the pick. Without a report before, the call says nothing about the instance. */
  [Symbol.dispose](): void;
}

/** What a pick tells of its end. */
export interface PickOwner {
  reported(
    endpoint: Endpoint,
    outcome: CallOutcome,
    latencyMs: number | undefined,
    startMs: number,
  ): void;
  ended(endpoint: Endpoint): void;
}

/** A small object each time, not one of a pool: whoever used one after its end would report for another call. */
export class OwnedPick<M> implements Picked<M> {
  readonly instance: Instance<M>;
  readonly #owner: PickOwner;
  readonly #endpoint: Endpoint;
  readonly #startMs: number;
  #isEnded = false;

  constructor(owner: PickOwner, endpoint: Endpoint, startMs: number) {
    this.instance = endpoint.instance as Instance<M>;
    this.#owner = owner;
    this.#endpoint = endpoint;
    this.#startMs = startMs;
  }

  report(outcome: CallOutcome, info?: { readonly latencyMs?: number }): void {
    if (this.#isEnded) return;
    this[Symbol.dispose]();
    this.#owner.reported(this.#endpoint, outcome, info?.latencyMs, this.#startMs);
  }

  [Symbol.dispose](): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#owner.ended(this.#endpoint);
  }
}
