/**
 * How members know each other: every request on the peer port says in headers, of etcd's names, which cluster it
 * belongs to, who asks and who is asked.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { formatId, type Identity } from '../identity.ts';
import { ETCD_VERSION } from '../version.ts';

/** The most that `X-PeerURLs` may take: some ten URLs. */
const PEER_URLS_LENGTH_MAX = 2048;

export type Verdict =
  | { readonly kind: 'welcome'; readonly from: bigint; readonly urls: readonly string[] }
  | {
      readonly kind: 'refused';
      readonly status: 400 | 410 | 412;
      /** In etcd's words where it has some. */
      readonly reason: string;
    };

/** What a member says of itself when it asks `to`; `urls` are those that it can be reached at. */
export function handshakeHeaders(
  { clusterId, memberId }: Identity,
  to: bigint,
  urls: readonly string[],
): Record<string, string> {
  return {
    'X-Etcd-Cluster-ID': formatId(clusterId),
    'X-Server-From': formatId(memberId),
    'X-Raft-To': formatId(to),
    'X-Server-Version': ETCD_VERSION,
    ...(urls.length > 0 && { 'X-PeerURLs': urls.join(',') }),
  };
}

/** Judges a request. Somebody whom this member does not know yet is welcome: this member may be behind. */
export function judge(
  headers: IncomingHttpHeaders,
  { clusterId, memberId }: Identity,
  isRemoved: (id: bigint) => boolean,
): Verdict {
  if (headers['x-etcd-cluster-id'] !== formatId(clusterId)) {
    return refused(412, 'cluster ID mismatch');
  }
  if (headers['x-raft-to'] !== formatId(memberId)) return refused(412, 'to field mismatch');
  const from = parseId(headers['x-server-from']);
  if (from === undefined || from === memberId) {
    return refused(400, 'X-Server-From names no other member');
  }
  if (isRemoved(from)) return refused(410, 'removed member');
  return { kind: 'welcome', from, urls: parseUrls(headers['x-peerurls']) };
}

const refused = (status: 400 | 410 | 412, reason: string): Verdict => ({
  kind: 'refused',
  status,
  reason,
});

/** A member id other than zero, as `formatId` writes it. */
function parseId(text: string | string[] | undefined): bigint | undefined {
  if (typeof text !== 'string' || !/^[0-9a-f]{1,16}$/.test(text)) return undefined;
  const id = BigInt(`0x${text}`);
  return id === 0n ? undefined : id;
}

function parseUrls(text: string | string[] | undefined): readonly string[] {
  if (typeof text !== 'string' || text.length > PEER_URLS_LENGTH_MAX) return [];
  return text.split(',').filter((url) => url !== '');
}
