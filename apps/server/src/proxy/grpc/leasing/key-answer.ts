/** The answer to a read of one key, from what the key holds: as a member answers the same request. */
import {
  RangeRequest_SortOrder as SortOrder,
  RangeRequest_SortTarget as SortTarget,
  RangeResponse,
  type KeyValue,
  type RangeRequest,
  type ResponseHeader,
  type ResponseOp,
} from '@concord/protocol';
import type { Pair } from './ownership.ts';

const sortOrders: ReadonlySet<number> = new Set(Object.values(SortOrder));
const sortTargets: ReadonlySet<number> = new Set(Object.values(SortTarget));
const EMPTY = new Uint8Array();

/** Whether a request reads one key as it is now. All others, and those to be refused, are the cluster's. */
export const isOfOneKey = (request: RangeRequest): boolean =>
  request.key.length > 0 &&
  request.rangeEnd.length === 0 &&
  request.revision <= 0 &&
  sortOrders.has(request.sortOrder) &&
  sortTargets.has(request.sortTarget);

/** @param request one that `isOfOneKey` */
export function answerOf(
  request: RangeRequest,
  pair: Pair,
  header: ResponseHeader | undefined,
): RangeResponse {
  const response = RangeResponse.create({ header, count: pair === undefined ? 0 : 1 });
  if (pair === undefined || request.countOnly || !isWanted(request, pair)) return response;
  response.kvs = [request.keysOnly ? { ...pair, value: EMPTY } : pair];
  return response;
}

/** A bound of 0 is none. */
function isWanted(request: RangeRequest, { modRevision, createRevision }: KeyValue): boolean {
  const { minModRevision, maxModRevision, minCreateRevision, maxCreateRevision } = request;
  return (
    modRevision >= minModRevision &&
    (maxModRevision === 0 || modRevision <= maxModRevision) &&
    createRevision >= minCreateRevision &&
    (maxCreateRevision === 0 || createRevision <= maxCreateRevision)
  );
}

/** The first pair that an operation of a transaction has read, as it is in the message. */
export const firstPair = (answer: ResponseOp | undefined): Pair =>
  answer?.response?.case === 'responseRange' ? answer.response.value.kvs[0] : undefined;

/** The same to keep: messages are views into what a connection received. @param value where it was not read */
export function keptPair(pair: Pair, value?: Uint8Array): Pair {
  if (pair === undefined) return undefined;
  return { ...pair, key: pair.key.slice(), value: (value ?? pair.value).slice() };
}
