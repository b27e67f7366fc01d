/** Who holds a lock and who waits for it, as people want to see it. */
import type { CallOptions, Client } from '@concord/client';
import type { ClaimOrigin } from './line/claim.ts';
import { Line } from './line/line.ts';
import type { Place } from './line/place.ts';
import { divide } from './line/turn.ts';

/** Somebody in line. Programs of other languages have no label, application or time. */
export interface LockClaim extends ClaimOrigin {
  readonly key: string;
  /** The fencing token that it has, or will have with its turn. */
  readonly token: number;
  /** Revoking this lease takes it out of the line. */
  readonly lease: bigint;
  readonly mode: 'exclusive' | 'shared' | 'permits';
  /** For a semaphore: how many it takes. */
  readonly count?: number;
}

export interface LockInspection {
  readonly name: string;
  /** Revision of the store that this is the state of. */
  readonly revision: number;
  /** Those who have their turn, the oldest first. */
  readonly holders: readonly LockClaim[];
  /** Those who wait, in their order. */
  readonly waiters: readonly LockClaim[];
}

export async function inspectLine(
  client: Client,
  name: string,
  call: CallOptions,
): Promise<LockInspection> {
  const { revision, places } = await new Line(client, name).ahead(undefined, call);
  const { holders, waiters } = divide(places.toReversed());
  return { name, revision, holders: holders.map(claimOf), waiters: waiters.map(claimOf) };
}

function claimOf({ key, createRevision, lease, claim }: Place): LockClaim {
  const { mode, label, app, since } = claim;
  return {
    key,
    token: createRevision,
    lease,
    mode,
    ...(claim.mode === 'permits' && { count: claim.count }),
    ...(label !== undefined && { label }),
    ...(app !== undefined && { app }),
    ...(since !== undefined && { since }),
  };
}
