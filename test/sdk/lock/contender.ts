/**
 * A process that takes a lock again and again, and under it reads a number and writes the next: a child of `handovers.ts`,
 * which stops it by SIGSTOP where it hurts.
 */
import { once } from 'node:events';
import { Client, ConcordError } from '@concord/client';
import { Locks, type HeldLock } from '@concord/lock';
import type { ContenderMessage, ContenderOptions, StoreAnswer } from './handover-messages.ts';

const options = JSON.parse(process.argv[2] ?? '') as ContenderOptions;

async function ask(message: ContenderMessage): Promise<StoreAnswer> {
  const answer = once(process, 'message') as Promise<[StoreAnswer]>;
  process.send?.(message);
  return (await answer)[0];
}

/** Reads, checks, writes. */
async function work(lock: HeldLock): Promise<void> {
  const { token } = lock;
  const read = await ask({ type: 'read', token });
  if (read.type !== 'go') return;
  if (options.isCareful) {
    try {
      lock.assertHeld();
    } catch (error) {
      if (!ConcordError.is(error, 'LOCK_LOST')) throw error;
      await ask({ type: 'stopped', token });
      return;
    }
  }
  // Between the check and the write is where no lock can help any more.
  await ask({ type: 'checked', token });
  await ask({ type: 'write', token, value: read.value + 1 });
}

async function contend(): Promise<void> {
  await using client = await Client.connect({ endpoints: [options.endpoint] });
  await using locks = new Locks(client);
  for (;;) {
    if ((await ask({ type: 'asking' })).type === 'stop') return;
    try {
      await using lock = await locks.acquire(options.lock, { ttl: options.ttlMs });
      await work(lock);
    } catch (error) {
      // A contender that stood still in line has lost its place.
      if (!ConcordError.is(error) || !error.retryable) throw error;
    }
  }
}

try {
  await contend();
} catch (error) {
  process.send?.({ type: 'failed', reason: String(error instanceof Error ? error.stack : error) });
}
process.disconnect();
