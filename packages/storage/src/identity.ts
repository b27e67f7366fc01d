/**
 * Who a member is: ids derived exactly as etcd derives them at static bootstrap, so that a cluster keeps
 * its identity when it moves from one to the other.
 *
 * Check vector: `default=http://localhost:2380` with the token `etcd-cluster` is member 8e9e05c52164694d of
 * cluster cdf818194e3a8c32.
 */
import { createHash } from 'node:crypto';

export interface Identity {
  readonly clusterId: bigint;
  readonly memberId: bigint;
}

/** First 8 bytes, big-endian, of SHA-1 over the sorted peer URLs and the cluster token. */
export function memberId(peerUrls: readonly string[], token: string): bigint {
  return firstEightBytes(createHash('sha1').update([...peerUrls].sort().join('') + token));
}

/** First 8 bytes, big-endian, of SHA-1 over the ascending ids of all initial members. */
export function clusterId(memberIds: readonly bigint[]): bigint {
  const hash = createHash('sha1');
  const bytes = Buffer.alloc(8);
  for (const id of [...memberIds].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))) {
    bytes.writeBigUInt64BE(id);
    hash.update(bytes);
  }
  return firstEightBytes(hash);
}

/** How ids are written: hexadecimal, lower case, no leading zeros. */
export const formatId = (id: bigint): string => id.toString(16);

function firstEightBytes(hash: ReturnType<typeof createHash>): bigint {
  return hash.digest().readBigUInt64BE(0);
}
