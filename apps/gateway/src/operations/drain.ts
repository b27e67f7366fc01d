/** The end of a gateway, in order: first it is said not to be ready, then it stops listening. */

export type Phase = 'serving' | 'draining';

export class Drain {
  readonly #delayMs: number;
  #phase: Phase = 'serving';

  /** @param delayMs - how long load balancers have to see that it is not ready, in milliseconds */
  constructor(delayMs: number) {
    this.#delayMs = delayMs;
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** Resolves when nobody should send anything any more. */
  async begin(): Promise<void> {
    this.#phase = 'draining';
    await new Promise((resolve) => setTimeout(resolve, this.#delayMs));
  }
}
