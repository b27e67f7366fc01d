/** Runs a body under a lock, and says afterwards whether the lock lasted. */
import { ConcordError, type Logger } from '@concord/client';
import type { HeldLock } from './held-lock.ts';

/** @throws ConcordError `LOCK_LOST` when the lock was lost before the body ended */
export async function runLocked<R, L extends HeldLock>(
  logger: Logger,
  lock: L,
  body: (lock: L) => Promise<R> | R,
): Promise<R> {
  let result: R;
  try {
    result = await lock.run(async () => body(lock));
  } catch (error) {
    const end = await releaseQuietly(logger, lock);
    if (end === 'released' || ConcordError.is(error, 'LOCK_LOST')) throw error;
    throw lostWhileRunning(lock, error);
  }
  if ((await releaseQuietly(logger, lock)) === 'already-lost') throw lostWhileRunning(lock);
  return result;
}

/** A lock that cannot be given up frees itself; what was done under it was done in time. */
async function releaseQuietly(
  logger: Logger,
  lock: HeldLock,
): Promise<'released' | 'already-lost'> {
  try {
    return await lock.release();
  } catch (error) {
    logger.warn('concord.lock: a lock was not released, it frees itself', {
      name: lock.name,
      error: String(error),
    });
    return 'released';
  }
}

function lostWhileRunning(lock: HeldLock, cause?: unknown): ConcordError {
  return new ConcordError('LOCK_LOST', {
    operation: 'lock.run',
    subject: lock.name,
    problem: `${JSON.stringify(lock.name)} was lost before the work under it ended`,
    remedy: 'another may have worked at the same time: check what was written, then run it again',
    cause: cause ?? (lock.signal.aborted ? lock.signal.reason : undefined),
  });
}
