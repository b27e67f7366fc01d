/** Callers' own work, within a time: what hangs must not hold up everybody else. */
import { ConcordError } from '@concord/client';

/**
 * What `work` returns. Its signal aborts when the time is up or `signal` aborts, and then nobody waits for it any more.
 *
 * @throws ConcordError `DEADLINE` when the time is up; the reason of `signal`; what `work` throws
 */
export async function within<T>(
  ms: number,
  operation: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => T | Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const own = new AbortController();
  const abort = (): void => own.abort(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  const timer = setTimeout(() => {
    own.abort(
      new ConcordError('DEADLINE', {
        operation,
        problem: `it did not finish in ${ms} ms`,
        remedy: 'do less there, or allow it more time (option "applyTimeout")',
      }),
    );
  }, ms);
  timer.unref();
  const given = new Promise<never>((_, reject) => {
    own.signal.addEventListener('abort', () => reject(own.signal.reason as Error), { once: true });
  });
  try {
    return await Promise.race([(async () => work(own.signal))(), given]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}
