/** So many permits under one name, given out in the order in which they were asked for. */
import type { Acquirer } from './acquirer.ts';
import type { Wanted } from './acquisition.ts';
import type { HeldLock } from './held-lock.ts';
import { checkCount, checkLockOptions, type LockRequest, type PermitOptions } from './options.ts';

/** Far more than a line is good for: everybody who waits reads those in front of them. */
export const PERMITS_MAX = 1_000_000;

export class Semaphore {
  readonly name: string;
  /** How many there are. Whoever counts on another number than those in front of them gets `CONFLICT`. */
  readonly permits: number;
  readonly #acquirer: Acquirer;

  constructor(acquirer: Acquirer, name: string, permits: number) {
    this.#acquirer = acquirer;
    this.name = name;
    this.permits = permits;
  }

  /**
   * Waits for `options.count` permits. Nobody overtakes: one who wants many is not starved by those who want few.
   *
   * @throws ConcordError as `Locks.acquire`, and `CONFLICT` when somebody in front counts on another number of permits
   */
  async acquire(options: PermitOptions = {}): Promise<HeldLock> {
    const { request, wanted } = this.#check('lock.semaphore.acquire', options);
    return this.#acquirer.acquire('semaphore', request, wanted);
  }

  /** The permits if there are enough now, and nobody waits; undefined otherwise. */
  async tryAcquire(options: PermitOptions = {}): Promise<HeldLock | undefined> {
    const { request, wanted } = this.#check('lock.semaphore.tryAcquire', options);
    return this.#acquirer.tryAcquire('semaphore', request, wanted);
  }

  #check(operation: string, options: PermitOptions): { request: LockRequest; wanted: Wanted } {
    const request = checkLockOptions(operation, this.name, options, ['count']);
    const { permits } = this;
    const count = checkCount(operation, 'count', options.count ?? 1, permits);
    return {
      // Permits are counted: a second claim of the same context takes some more.
      request: { ...request, isReentrant: false },
      wanted: { claim: { mode: 'permits', permits, count } },
    };
  }
}
