/**
 * What a lease may be granted. Checked by the member that proposes the grant, so that the log entry holds the
 * TTL as granted and every member applies the same number, whatever its own election timeout.
 */
import { etcdErrors, type EtcdErrorRow } from '@concord/protocol';

/** Longest TTL in seconds (285 years): as nanoseconds it still fits a signed 64-bit integer, as in etcd. */
export const TTL_SECONDS_MAX = 9_000_000_000;

/** Leases of one cluster. At about 200 bytes each they take 200 MB of a member's memory. */
export const LEASES_MAX = 1_000_000;

/** A lease must outlive an election, which takes one to two timeouts: one and a half, in whole seconds. */
export function ttlSecondsMin(electionTimeoutMs: number): number {
  return Math.ceil((1.5 * electionTimeoutMs) / 1000);
}

export type GrantDecision =
  | { readonly kind: 'granted'; readonly ttlSeconds: number }
  | { readonly kind: 'refused'; readonly error: EtcdErrorRow };

export interface GrantCircumstances {
  readonly electionTimeoutMs: number;
  /** Leases that exist now. */
  readonly leaseCount: number;
}

/** Raises what is too short (zero and negative included) to the minimum, refuses what is too long or one too many. */
export function decideGrant(
  requestedSeconds: number,
  { electionTimeoutMs, leaseCount }: GrantCircumstances,
): GrantDecision {
  if (requestedSeconds > TTL_SECONDS_MAX) {
    return { kind: 'refused', error: etcdErrors.ErrLeaseTTLTooLarge };
  }
  if (leaseCount >= LEASES_MAX) return { kind: 'refused', error: etcdErrors.ErrTooManyRequests };
  const ttlSeconds = Math.max(requestedSeconds, ttlSecondsMin(electionTimeoutMs));
  return { kind: 'granted', ttlSeconds };
}
