/** A worker without a framework: one of them settles at a time, whoever holds the lock. Environment: CONCORD. */
import { connect, ConcordError, op, type HeldLock } from '@concord/sdk';
import { setTimeout as sleep } from 'node:timers/promises';
import { endpoints } from '../environment.ts';

const SETTLE_MS = 200;
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

await using concord = await connect({ endpoints, app: { name: 'worker' } });
while (!stopping.signal.aborted) {
  try {
    await concord.lock.run('/shop/settlement', settle, { ttl: '5s', signal: stopping.signal });
  } catch (error) {
    // A lock that was lost, or a cluster that is away: try again.
    if (!ConcordError.is(error)) throw error;
  }
  await sleep(SETTLE_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
}

/** The token goes with the write: a holder that was asleep for too long cannot undo the work of the next. */
async function settle(lock: HeldLock): Promise<void> {
  const { succeeded } = await concord.client.kv
    .txn()
    .if(lock.guard())
    .then(op.put('/shop/settled', JSON.stringify({ token: lock.token, by: process.pid })))
    .commit();
  if (succeeded) await sleep(SETTLE_MS);
}
