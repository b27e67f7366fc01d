/** The elections that this application stands in, for methods that only the leader runs. */
import type { BeforeApplicationShutdown } from '@nestjs/common';
import type { Concord, HeldElection } from '@concord/sdk';

/**
 * One candidacy for each election, begun when it is first asked for and kept until the application shuts down.
 * Invariant: `isLeader` is true only while the leadership is provably still this process's.
 */
export class LeaderElections implements BeforeApplicationShutdown {
  readonly #concord: Concord;
  readonly #candidacies = new Map<string, Candidacy>();

  constructor(concord: Concord) {
    this.#concord = concord;
  }

  /** Stands in the election from now on. */
  stand(name: string): void {
    if (this.#candidacies.has(name)) return;
    this.#candidacies.set(name, new Candidacy(this.#concord, name));
  }

  isLeader(name: string): boolean {
    return this.leadership(name) !== undefined;
  }

  /** The leadership as long as it is held: its `signal` aborts with its loss. */
  leadership(name: string): HeldElection | undefined {
    return this.#candidacies.get(name)?.held;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([...this.#candidacies.values()].map((candidacy) => candidacy.end()));
  }
}

class Candidacy {
  readonly #leading: AsyncDisposable;
  #held: HeldElection | undefined;

  constructor(concord: Concord, name: string) {
    this.#leading = concord.election.lead(name, async (leadership) => {
      this.#held = leadership;
      await new Promise((resolve) =>
        leadership.signal.addEventListener('abort', resolve, { once: true }),
      );
      this.#held = undefined;
    });
  }

  /** Asked by the clock at the call: after a stalled event loop the signal may be late. */
  get held(): HeldElection | undefined {
    return this.#held !== undefined && this.#held.remainingMs > 0 ? this.#held : undefined;
  }

  async end(): Promise<void> {
    await this.#leading[Symbol.asyncDispose]();
  }
}
