/** Writes the answers of the Lease service behind their header. Field numbers are those of `etcdserverpb`. */
import type { TimeToLiveOutcome } from '@concord/kv';
import {
  LeaseKeepAliveResponse,
  LeaseLeasesResponse,
  LeaseTimeToLiveResponse,
  type Writer,
} from '@concord/protocol';

/** What etcd answers instead of an error for a lease that does not exist. */
const TTL_UNKNOWN = -1;

/** The messages' own headers stay absent: one with the member's ids has been written already. */
export function writeKeepAlive(writer: Writer, ID: bigint, TTL: number): void {
  LeaseKeepAliveResponse.encode(LeaseKeepAliveResponse.create({ ID, TTL }), writer);
}

export function writeTimeToLive(
  writer: Writer,
  ID: bigint,
  outcome: TimeToLiveOutcome,
  keys: Uint8Array[],
): void {
  const known = outcome.kind === 'known';
  const response = LeaseTimeToLiveResponse.create({
    ID,
    TTL: known ? outcome.remainingSeconds : TTL_UNKNOWN,
    grantedTTL: known ? outcome.ttlSeconds : 0,
    keys,
  });
  LeaseTimeToLiveResponse.encode(response, writer);
}

export function writeLeases(writer: Writer, ids: readonly bigint[]): void {
  const leases = ids.map((ID) => ({ ID }));
  LeaseLeasesResponse.encode(LeaseLeasesResponse.create({ leases }), writer);
}
