/** Who waits for a mirror to reach a revision, each with a signal and a time of its own. */
import { durationMs } from '../duration.ts';
import { ConcordError } from '../errors.ts';
import type { CallOptions } from '../options.ts';
import { aborted } from '../transport/balancer.ts';

interface Waiter {
  readonly revision: number;
  readonly sinceMs: number;
  readonly resolvers: PromiseWithResolvers<void>;
}

export class RevisionWaiters {
  readonly #waiters = new Set<Waiter>();

  get isEmpty(): boolean {
    return this.#waiters.size === 0;
  }

  /** `performance.now()` when the one that has waited longest began; Infinity where nobody waits. */
  get sinceMs(): number {
    return this.#waiters.values().next().value?.sinceMs ?? Infinity;
  }

  /**
   * Waits until `release` comes to `revision`.
   *
   * @param describe - what is known when time is up
   */
  async wait(
    revision: number,
    options: CallOptions,
    operation: string,
    describe: () => string,
  ): Promise<void> {
    const { signal, timeout } = options;
    if (signal?.aborted === true) throw aborted(operation, signal);
    const resolvers = Promise.withResolvers<void>();
    const waiter = { revision, resolvers, sinceMs: performance.now() };
    let timer: NodeJS.Timeout | undefined;
    if (timeout !== undefined) {
      const timeoutMs = durationMs(timeout, `${operation}: option "timeout"`, 1);
      const late = (): void => resolvers.reject(lateError(operation, timeoutMs, describe()));
      timer = setTimeout(late, timeoutMs);
    }
    const onAbort = (): void => resolvers.reject(aborted(operation, signal as AbortSignal));
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#waiters.add(waiter);
    try {
      await resolvers.promise;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      this.#waiters.delete(waiter);
    }
  }

  /** Everything up to `revision` is there. */
  release(revision: number): void {
    for (const waiter of this.#waiters) {
      if (waiter.revision > revision) continue;
      this.#waiters.delete(waiter);
      waiter.resolvers.resolve();
    }
  }

  /** It will not come any more. */
  fail(error: ConcordError): void {
    for (const { resolvers } of this.#waiters) resolvers.reject(error);
    this.#waiters.clear();
  }
}

function lateError(operation: string, timeoutMs: number, known: string): ConcordError {
  return new ConcordError('DEADLINE', {
    operation,
    problem: `not in ${timeoutMs} ms; ${known}`,
    remedy: 'check that a member can be reached, or give a longer timeout',
    outcome: 'not-applied',
  });
}
