/** Waits for a place's turn: looks ahead, watches whoever is in the way, looks again. */
import { ConcordError, type Client } from '@concord/client';
import { pause } from '../pause.ts';
import type { ClaimKind } from './claim.ts';
import type { Line, OwnPlace, View } from './line.ts';
import type { Place } from './place.ts';
import { disagreeing, inTheWay } from './turn.ts';

/** Between attempts while the cluster does not answer: a waiter keeps its place for as long as its session lives. */
const AGAIN_MS = 250;

/** The place in front of `own` that has to go first, and all that there are for a claim that has to count them. */
export async function lookAhead(
  line: Line,
  own: OwnPlace | undefined,
  claim: ClaimKind,
  signal: AbortSignal,
): Promise<View> {
  if (own === undefined || claim.mode === 'permits') return line.ahead(own, { signal });
  const isMeant = (place: Place): boolean =>
    claim.mode === 'exclusive' || place.claim.mode !== 'shared';
  return line.nearest(own, isMeant, { signal });
}

/**
 * Resolves when it is the turn of `own`; that it is still there is for the caller to make sure of.
 *
 * @throws ConcordError `CONFLICT` when somebody in front counts on another number of permits, and whatever a call ends
 *   with that trying again does not mend; the signal's reason when it aborts
 */
export async function untilTurn(
  client: Client,
  line: Line,
  own: OwnPlace,
  claim: ClaimKind,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    try {
      const view = await lookAhead(line, own, claim, signal);
      checkAgreement(line, claim, view.places);
      if (inTheWay(claim, view.places).length === 0) return;
      await untilWayFree(client, line, claim, view, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!isPassing(error)) throw error;
      client.logger.debug('concord.lock: waiting on', { name: line.name, error: String(error) });
      await pause(AGAIN_MS, signal);
    }
  }
}

/** Resolves when none of those that were seen is in the way any more; others, further in front, may be. */
async function untilWayFree(
  client: Client,
  line: Line,
  claim: ClaimKind,
  { revision, places }: View,
  signal: AbortSignal,
): Promise<void> {
  let left = places;
  let way = inTheWay(claim, left);
  const [neighbour] = way;
  // One in the way is watched alone: a line of thousands wakes one waiter when its front changes.
  const range = way.length === 1 && neighbour !== undefined ? neighbour.key : line.range;
  await using watch = client.watch(range, { from: revision + 1, noPut: true, signal });
  for await (const batch of watch) {
    if (batch.type !== 'changes') continue;
    const deleted = new Set(
      batch.changes.map((change) => (change.kind === 'delete' ? change.key : change.entry.key)),
    );
    left = left.filter(({ key }) => !deleted.has(key));
    way = inTheWay(claim, left);
    if (way.length === 0) return;
  }
}

function checkAgreement(line: Line, claim: ClaimKind, ahead: readonly Place[]): void {
  const other = disagreeing(claim, ahead)?.claim;
  if (other?.mode !== 'permits' || claim.mode !== 'permits') return;
  const app = other.app === undefined ? 'another process' : `"${other.app}"`;
  throw new ConcordError('CONFLICT', {
    operation: 'lock.semaphore: option "permits"',
    subject: line.name,
    problem: `is ${claim.permits} for ${JSON.stringify(line.name)}, and ${app} has it with ${other.permits}`,
    remedy: 'give the same number everywhere; to change it, let all with the old one end first',
  });
}

/** Whether looking again mends it: the cluster is away, or history that was wanted is gone. */
function isPassing(error: unknown): boolean {
  return ConcordError.is(error) && (error.retryable || error.code === 'COMPACTED');
}
