/** The demo's workers: they queue for locks, and one of them leads. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ConcordError, connect } from '@concord/sdk';

const WORKERS = 4;
const LOCKS = ['/demo/locks/nightly-report', '/demo/locks/stock-count', '/demo/locks/invoice-run'];

/** Resolves when all workers have stopped. */
export async function startJobs(endpoints: readonly string[], signal: AbortSignal): Promise<void> {
  await Promise.all(
    Array.from({ length: WORKERS }, (_, number) => work(endpoints, number, signal)),
  );
}

async function work(
  endpoints: readonly string[],
  number: number,
  signal: AbortSignal,
): Promise<void> {
  await using concord = await connect({ endpoints, app: { name: 'worker', version: '1.3.0' } });
  const candidacy = concord.election.lead(
    '/demo/elections/scheduler',
    (leadership) => untilAborted(leadership.signal),
    { value: `worker-${number + 1}`, signal },
  );
  while (!signal.aborted) {
    const name = LOCKS[Math.floor(Math.random() * LOCKS.length)] ?? '';
    try {
      await concord.lock.run(
        name,
        ({ signal: lost }) => pause(2_000 + Math.random() * 6_000, AbortSignal.any([signal, lost])),
        { ttl: '15s', wait: '20s', label: `worker-${number + 1}`, signal },
      );
    } catch (error) {
      // Waited too long, or lost it: the next job.
      if (!ConcordError.is(error)) throw error;
    }
    await pause(1_000 + Math.random() * 2_000, signal);
  }
  await candidacy.ended;
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

const pause = (ms: number, signal: AbortSignal): Promise<unknown> =>
  sleep(ms, undefined, { signal }).catch(() => undefined);
