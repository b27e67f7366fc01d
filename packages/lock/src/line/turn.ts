/** Whose turn it is: pure rules over the places of a line. */
import type { ClaimKind } from './claim.ts';
import type { Place } from './place.ts';

/**
 * The places whose end `mine` has to wait for, given all places in front of it, the newest first. Empty: it has its
 * turn.
 *
 * Invariant: those who have their turn stand at the front of the line; nobody overtakes. A reader that arrives while a
 * writer waits stands behind the writer, and a small claim on a semaphore behind a large one.
 */
export function inTheWay(mine: ClaimKind, ahead: readonly Place[]): readonly Place[] {
  switch (mine.mode) {
    case 'exclusive':
      // The nearest alone: who watches only their neighbour is woken by no other's leaving.
      return ahead.slice(0, 1);
    case 'shared': {
      const nearest = ahead.find(({ claim }) => claim.mode !== 'shared');
      return nearest === undefined ? [] : [nearest];
    }
    case 'permits': {
      const taken = ahead.reduce((sum, { claim }) => sum + permitsOf(claim, mine.permits), 0);
      return taken + mine.count <= mine.permits ? [] : ahead;
    }
    default:
      return mine satisfies never;
  }
}

/** A lock of another kind under the name of a semaphore takes all of it. */
function permitsOf(claim: ClaimKind, permits: number): number {
  return claim.mode === 'permits' ? claim.count : permits;
}

/** The place in front of `mine` that counts on another number of permits, if there is one. */
export function disagreeing(mine: ClaimKind, ahead: readonly Place[]): Place | undefined {
  if (mine.mode !== 'permits') return undefined;
  return ahead.find(({ claim }) => claim.mode === 'permits' && claim.permits !== mine.permits);
}

/** A line, the oldest place first, divided into those who have their turn and those who wait for it. */
export function divide(line: readonly Place[]): { holders: Place[]; waiters: Place[] } {
  const ahead: Place[] = [];
  const place = line.findIndex((candidate) => {
    if (inTheWay(candidate.claim, ahead).length > 0) return true;
    ahead.unshift(candidate);
    return false;
  });
  const first = place === -1 ? line.length : place;
  return { holders: line.slice(0, first), waiters: line.slice(first) };
}
