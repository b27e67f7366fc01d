/** Whoever stands in a line, as people want to see it. */
import { ConcordError, type Client } from '@concord/client';
import type { Place } from '@concord/lock/records';
import type { StandingLine } from './lines.ts';

/** Who it is, in a few words: what it calls itself, else its lease. */
export function titleOf({ claim, lease }: Place): string {
  const { app, label } = claim;
  const named = [app, label].filter((text) => text !== undefined).join(' ');
  return named === '' ? lease.toString(16) : named;
}

export interface PlaceDocument {
  readonly lease: string;
  /** The fencing token. */
  readonly token: number;
  readonly mode: string;
  readonly app?: string;
  readonly label?: string;
  readonly since?: string;
  /** What a candidate proclaims. */
  readonly value?: string;
  readonly ttlMs?: number;
  readonly remainingMs?: number;
}

export function placeDocument(line: Pick<StandingLine, 'kind'>, place: Place): PlaceDocument {
  const { lease, createRevision, claim, value } = place;
  const { app, label, since, mode } = claim;
  if (line.kind === 'election') {
    return { lease: lease.toString(16), token: createRevision, mode: 'candidate', value };
  }
  return {
    lease: lease.toString(16),
    token: createRevision,
    mode: claim.mode === 'permits' ? `${claim.count} of ${claim.permits} permits` : mode,
    ...(app !== undefined && { app }),
    ...(label !== undefined && { label }),
    ...(since !== undefined && { since: since.toISOString() }),
  };
}

/** With what is left of its lease; a lease that is gone has nothing left. */
export async function withTimes(
  client: Client,
  place: Place,
  document: PlaceDocument,
  signal: AbortSignal,
): Promise<PlaceDocument> {
  try {
    const { ttlMs, remainingMs } = await client.leases.timeToLive(place.lease, { signal });
    return { ...document, ttlMs, remainingMs };
  } catch (error) {
    if (!ConcordError.is(error, 'NOT_FOUND')) throw error;
    return document;
  }
}
