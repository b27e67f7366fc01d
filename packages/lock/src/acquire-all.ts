/** Takes several locks with one session, one after the other in their order: all or none. */
import { abandon, explained, standInLine, withSession, type Asker } from './acquisition.ts';
import { Holds, type HeldLocks } from './held-locks.ts';
import type { Standing } from './line/standing.ts';
import type { LockRequest } from './options.ts';
import { Patience } from './patience.ts';
import type { Telemetry } from './telemetry.ts';

export async function acquireAll(
  asker: Asker & { readonly telemetry: Telemetry },
  names: readonly string[],
  request: LockRequest,
): Promise<HeldLocks> {
  const { client, pool, telemetry } = asker;
  return telemetry.acquire('all', names.join(' '), async () => {
    using patience = new Patience(request.waitMs, request.signal);
    patience.throwIfAborted(request.operation);
    const session = await withSession(pool, request, patience);
    const standings: Standing[] = [];
    let now = request;
    try {
      for (const name of names) {
        now = { ...request, name };
        const wanted = { claim: { mode: 'exclusive' } } as const;
        standings.push(await standInLine(asker, session, now, wanted, patience));
      }
      // The first ones may have been lost while the others were waited for.
      for (const standing of standings) standing.check(request.operation);
      return new Holds({ client, pool, telemetry, session, standings });
    } catch (error) {
      for (const standing of standings) standing.stop();
      await abandon(pool, session);
      throw await explained(client, error, now, patience);
    }
  });
}
