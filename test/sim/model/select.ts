/** Which keys a range names, and which of their values a Range request answers with. */
import {
  RangeRequest_SortOrder as SortOrder,
  RangeRequest_SortTarget as SortTarget,
  toByteString,
} from '@concord/protocol';
import type { RangeRequest, RangeResponse, KeyValue } from '@concord/protocol';

export type KeySpaceState = ReadonlyMap<string, KeyValue>;

export interface NamedRange {
  readonly key: Uint8Array;
  readonly rangeEnd: Uint8Array;
}

export function inRange(key: string, range: NamedRange): boolean {
  const from = toByteString(range.key);
  const end = toByteString(range.rangeEnd);
  if (end === '') return key === from;
  return key >= from && (end === '\0' || key < end);
}

export function selectFrom(
  state: KeySpaceState,
  request: RangeRequest,
): Pick<RangeResponse, 'kvs' | 'count' | 'more'> {
  const all = [...state]
    .filter(([key]) => inRange(key, request))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, kv]) => kv);
  const count = all.length;
  if (request.countOnly) return { kvs: [], count, more: false };
  const filtered = all.filter((kv) => passes(kv, request));
  const limit = request.limit > 0 ? request.limit : Infinity;
  const sorted = sortedBy(firstFetched(filtered, request, limit), request);
  const kvs = sorted.slice(0, limit);
  return {
    kvs: request.keysOnly ? kvs.map((kv) => ({ ...kv, value: new Uint8Array(0) })) : kvs,
    count,
    more: filtered.length > limit,
  };
}

function passes(kv: KeyValue, request: RangeRequest): boolean {
  const { minModRevision, maxModRevision, minCreateRevision, maxCreateRevision } = request;
  if (minModRevision !== 0 && kv.modRevision < minModRevision) return false;
  if (maxModRevision !== 0 && kv.modRevision > maxModRevision) return false;
  if (minCreateRevision !== 0 && kv.createRevision < minCreateRevision) return false;
  return maxCreateRevision === 0 || kv.createRevision <= maxCreateRevision;
}

const hasFilters = (request: RangeRequest): boolean =>
  request.minModRevision !== 0 ||
  request.maxModRevision !== 0 ||
  request.minCreateRevision !== 0 ||
  request.maxCreateRevision !== 0;

/** etcd's quirk: with a limit and nothing said about order, only the first keys are read and then sorted. */
function firstFetched(kvs: readonly KeyValue[], request: RangeRequest, limit: number): KeyValue[] {
  const isQuirk = request.sortOrder === SortOrder.NONE && !hasFilters(request);
  return isQuirk ? kvs.slice(0, limit + 1) : [...kvs];
}

function sortedBy(kvs: KeyValue[], { sortOrder, sortTarget }: RangeRequest): KeyValue[] {
  const sign = sortOrder === SortOrder.DESCEND ? -1 : 1;
  const order = (a: KeyValue, b: KeyValue): number => {
    switch (sortTarget) {
      case SortTarget.VERSION:
        return a.version - b.version;
      case SortTarget.CREATE:
        return a.createRevision - b.createRevision;
      case SortTarget.MOD:
        return a.modRevision - b.modRevision;
      case SortTarget.VALUE:
        return bytewise(a.value, b.value);
      default:
        return bytewise(a.key, b.key);
    }
  };
  return kvs.sort((a, b) => sign * order(a, b));
}

function bytewise(a: Uint8Array, b: Uint8Array): number {
  const [left, right] = [toByteString(a), toByteString(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
