/** What a line is for, told from what those in it say of themselves. */
import type { Place } from './place.ts';

export type LineKind = 'mutex' | 'read-write' | 'semaphore' | 'barrier';

/**
 * Candidates proclaim something; whoever waits for a lock says nothing (other languages) or what kind of claim it is (the
 * SDK). A line of candidates who proclaim nothing cannot be told from one of a lock, and counts as one.
 */
export const isElection = (places: readonly { readonly value: string }[]): boolean =>
  places.some(({ value }) => value !== '' && !isClaim(value));

export function kindOfLine(name: string, places: readonly Pick<Place, 'claim'>[]): LineKind {
  if (places.some(({ claim }) => claim.mode === 'permits')) return 'semaphore';
  if (places.some(({ claim }) => claim.mode === 'shared')) return 'read-write';
  return name.endsWith('/waiters') ? 'barrier' : 'mutex';
}

/** Whether a value is a claim as the SDK writes it. */
function isClaim(value: string): boolean {
  try {
    const claim = JSON.parse(value) as { mode?: unknown } | null;
    return ['exclusive', 'shared', 'permits'].includes(claim?.mode as string);
  } catch {
    return false;
  }
}
