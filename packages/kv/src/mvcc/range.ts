/**
 * Answers a Range request from one state of the key space. Follows etcd in its quirks: the count ignores limit and
 * filters; without a sort order, a limit cuts in key order before the sort by another target; `keys_only` strips
 * values after sorting by them.
 *
 * Values are read for the records that are answered, no others, unless the sort is by value.
 */
import {
  RangeRequest_SortOrder as SortOrder,
  RangeRequest_SortTarget as SortTarget,
  decodeKeyRange,
  EtcdError,
  etcdErrors,
  isEmpty,
  toByteString,
} from '@concord/protocol';
import type { KeyRange, RangeRequest } from '@concord/protocol';
import { compareBytes } from './compare-bytes.ts';
import type { KeySpace } from './key-space.ts';
import type { KeyVersion } from './key-version.ts';
import { countPast } from './past-count.ts';
import { valueOfRecord, withoutValue } from './record.ts';
import type { RangeResult } from './result.ts';

/** A state of the key space that can be read, and how far back. */
export interface ReadView {
  readonly space: KeySpace;
  readonly revision: number;
  /** Below it nothing can be read; -1 before the first compaction. */
  readonly compactedRevision: number;
}

/** Throws `ErrFutureRev` and `ErrCompacted`. The request has passed `checkRange`. */
export function readRange(view: ReadView, request: RangeRequest): RangeResult {
  const at = request.revision <= 0 ? view.revision : request.revision;
  if (at > view.revision) throw new EtcdError(etcdErrors.ErrFutureRev);
  if (at < view.compactedRevision) throw new EtcdError(etcdErrors.ErrCompacted);
  const { hits, count } =
    request.rangeEnd.length === 0 ? readOne(view, at, request) : readSpan(view, at, request);
  const limit = request.limit > 0 ? request.limit : Infinity;
  const records = recordsOf(view.space, hits, request, limit);
  return { kind: 'range', revision: view.revision, records, more: hits.length > limit, count };
}

interface Hits {
  /** One more than the limit at least, where there are. */
  readonly hits: KeyVersion[];
  readonly count: number;
}

function readOne(view: ReadView, at: number, request: RangeRequest): Hits {
  const { space } = view;
  const key = toByteString(request.key);
  const version = at === view.revision ? space.current(key) : space.versionAt(key, at);
  if (version === undefined) return { hits: [], count: 0 };
  return { hits: request.countOnly || !passes(version, request) ? [] : [version], count: 1 };
}

function readSpan(view: ReadView, at: number, request: RangeRequest): Hits {
  const range = decodeKeyRange(request.key, request.rangeEnd);
  if (isEmpty(range)) return { hits: [], count: 0 };
  return at === view.revision
    ? readNewest(view.space, range, request)
    : readPast(view.space, range, at, request);
}

/** Stops where the answer is decided: the segments know how many keys there are. */
function readNewest(space: KeySpace, range: KeyRange, request: RangeRequest): Hits {
  if (request.countOnly) return { hits: [], count: space.segments.count(range) };
  const fetchMax = fetchLimitOf(request);
  const hits: KeyVersion[] = [];
  let visited = 0;
  space.scanCurrent(range, isDescendingByKey(request), (_key, version) => {
    visited++;
    if (passes(version, request)) hits.push(version);
    return hits.length < fetchMax;
  });
  return { hits, count: hits.length < fetchMax ? visited : space.segments.count(range) };
}

/**
 * Walks forwards, so what is wanted from the end is all fetched and turned round; and to the end, unless the count
 * is found without that.
 */
function readPast(space: KeySpace, range: KeyRange, at: number, request: RangeRequest): Hits {
  const isDescending = isDescendingByKey(request);
  const wanted = isDescending ? Infinity : fetchLimitOf(request);
  const fetchMax = request.countOnly ? 0 : wanted;
  const count = fetchMax === Infinity ? undefined : countPast(space, range, at);
  const hits: KeyVersion[] = [];
  if (fetchMax === 0 && count !== undefined) return { hits, count };
  let visited = 0;
  space.scanAt(range, at, (_key, version) => {
    visited++;
    if (hits.length < fetchMax && passes(version, request)) hits.push(version);
    return count === undefined || hits.length < fetchMax;
  });
  if (isDescending) hits.reverse();
  return { hits, count: count ?? visited };
}

const isByKey = (request: RangeRequest): boolean => request.sortTarget === SortTarget.KEY;

const isDescendingByKey = (request: RangeRequest): boolean =>
  isByKey(request) && request.sortOrder === SortOrder.DESCEND;

/**
 * How many matching keys, in key order, decide the answer. One more than the limit shows that there are more.
 * A sort by anything but the key needs all of them, unless the request gave neither an order nor a filter: then
 * etcd takes the first ones in key order and sorts those.
 */
function fetchLimitOf(request: RangeRequest): number {
  if (request.limit <= 0) return Infinity;
  if (isByKey(request)) return request.limit + 1;
  const isPlain = request.sortOrder === SortOrder.NONE && !hasFilters(request);
  return isPlain ? request.limit + 1 : Infinity;
}

export const hasFilters = (request: RangeRequest): boolean =>
  request.minModRevision !== 0 ||
  request.maxModRevision !== 0 ||
  request.minCreateRevision !== 0 ||
  request.maxCreateRevision !== 0;

function passes(version: KeyVersion, request: RangeRequest): boolean {
  const { modRevision, createRevision } = version;
  if (request.minModRevision !== 0 && modRevision < request.minModRevision) return false;
  if (request.maxModRevision !== 0 && modRevision > request.maxModRevision) return false;
  if (request.minCreateRevision !== 0 && createRevision < request.minCreateRevision) return false;
  if (request.maxCreateRevision !== 0 && createRevision > request.maxCreateRevision) return false;
  return true;
}

/** Sorts, cuts and reads. Ties keep key order, ascending; etcd promises nothing there. */
function recordsOf(
  space: KeySpace,
  hits: KeyVersion[],
  request: RangeRequest,
  limit: number,
): Uint8Array[] {
  const sign = request.sortOrder === SortOrder.DESCEND ? -1 : 1;
  let records: Uint8Array[];
  if (request.sortTarget === SortTarget.VALUE) {
    records = hits
      .map((version) => space.record(version))
      .map((record) => ({ record, value: valueOfRecord(record) }))
      .sort((a, b) => sign * compareBytes(a.value, b.value))
      .slice(0, limit)
      .map(({ record }) => record);
  } else {
    const numberOf = sortNumbers.get(request.sortTarget);
    if (numberOf !== undefined) hits.sort((a, b) => sign * (numberOf(a) - numberOf(b)));
    const length = Math.min(hits.length, limit);
    records = [];
    for (let i = 0; i < length; i++) records.push(space.record(hits[i] as KeyVersion));
  }
  return request.keysOnly ? records.map(withoutValue) : records;
}

const sortNumbers: ReadonlyMap<number, (version: KeyVersion) => number> = new Map([
  [SortTarget.VERSION, (version: KeyVersion) => version.version],
  [SortTarget.CREATE, (version: KeyVersion) => version.createRevision],
  [SortTarget.MOD, (version: KeyVersion) => version.modRevision],
]);
