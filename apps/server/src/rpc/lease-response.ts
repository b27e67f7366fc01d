/** Writes the answers of the Lease service behind their header. Field numbers are those of `etcdserverpb`. */
import type { LeaseTime } from '@concord/kv';
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
  time: LeaseTime | undefined,
  keys: Uint8Array[],
): void {
  const response = LeaseTimeToLiveResponse.create({
    ID,
    TTL: time?.remainingSeconds ?? TTL_UNKNOWN,
    grantedTTL: time?.ttlSeconds ?? 0,
    keys,
  });
  LeaseTimeToLiveResponse.encode(response, writer);
}

export function writeLeases(writer: Writer, ids: readonly bigint[]): void {
  const leases = ids.map((ID) => ({ ID }));
  LeaseLeasesResponse.encode(LeaseLeasesResponse.create({ leases }), writer);
}
