/** Options of reads and writes as requests, and answers as results: the same alone and within a transaction. */
import {
  DeleteRangeRequest,
  PutRequest,
  RangeRequest,
  RangeRequest_SortOrder,
  RangeRequest_SortTarget,
  type DeleteRangeResponse,
  type PutResponse,
  type RangeResponse,
  type ResponseHeader,
} from '@concord/protocol';
import { invalid, show } from '../options.ts';
import { Entry } from './entry.ts';
import { bytesOf, type Key, type KeyRange, type KeySpace } from './key-space.ts';

const targets = {
  key: RangeRequest_SortTarget.KEY,
  version: RangeRequest_SortTarget.VERSION,
  createRevision: RangeRequest_SortTarget.CREATE,
  modRevision: RangeRequest_SortTarget.MOD,
  value: RangeRequest_SortTarget.VALUE,
} as const;

/** What a range answers, and in which order. */
export interface RangeSelection {
  /** Most entries to answer; all by default. */
  readonly limit?: number | undefined;
  /** Reads the past: the store as it was at this revision. */
  readonly revision?: number | undefined;
  /** What to sort by, `key` by default. */
  readonly sort?: keyof typeof targets | undefined;
  readonly order?: 'ascending' | 'descending' | undefined;
  /** Leaves the values out. */
  readonly keysOnly?: boolean | undefined;
  /** Answers the number alone. */
  readonly countOnly?: boolean | undefined;
  /** Leaves out entries whose last write is older, or newer. */
  readonly minModRevision?: number | undefined;
  readonly maxModRevision?: number | undefined;
  /** Leaves out entries that were created before, or after. */
  readonly minCreateRevision?: number | undefined;
  readonly maxCreateRevision?: number | undefined;
}

export const rangeSelectionNames = [
  'limit',
  'revision',
  'sort',
  'order',
  'keysOnly',
  'countOnly',
  'minModRevision',
  'maxModRevision',
  'minCreateRevision',
  'maxCreateRevision',
] as const satisfies readonly (keyof RangeSelection)[];

/** What a put does beside writing. */
export interface PutSelection {
  /** The lease that the key goes with: deleted when it ends. */
  readonly lease?: bigint | undefined;
  /** Answers the entry that was there before. */
  readonly previous?: boolean | undefined;
  /** Keeps the lease that the key has; fails if there is no such key. */
  readonly keepLease?: boolean | undefined;
  /** Keeps the value that the key has: the one that is given must be empty. Fails if there is no such key. */
  readonly keepValue?: boolean | undefined;
}

export const putSelectionNames = ['lease', 'previous', 'keepLease', 'keepValue'] as const;

/** What a deletion answers. */
export interface DeleteSelection {
  /** Answers the entries that were there. */
  readonly previous?: boolean | undefined;
}

export const deleteSelectionNames = ['previous'] as const;

/** What a range answered. */
export interface RangeResult {
  /** Revision of the store that the answer is of. */
  readonly revision: number;
  readonly entries: readonly Entry[];
  /** How many keys there are in the range, whatever the limit. */
  readonly count: number;
  /** Whether the limit left some out. */
  readonly more: boolean;
}

/** What a put answered. */
export interface PutResult {
  /** Revision of the write. */
  readonly revision: number;
  /** The entry before, if it was asked for and there was one. */
  readonly previous?: Entry;
}

/** What a deletion answered. */
export interface DeleteResult {
  readonly revision: number;
  /** How many keys were deleted. */
  readonly deleted: number;
  /** The entries that were there, if asked for. */
  readonly previous: readonly Entry[];
}

export function rangeRequest(
  range: KeyRange,
  selection: RangeSelection,
  space: KeySpace,
  operation: string,
): RangeRequest {
  const { key, rangeEnd } = space.range(range, operation);
  const request = RangeRequest.create({ key, rangeEnd });
  request.limit = count(selection.limit, 'limit', operation);
  request.revision = count(selection.revision, 'revision', operation);
  request.keysOnly = selection.keysOnly ?? false;
  request.countOnly = selection.countOnly ?? false;
  request.minModRevision = count(selection.minModRevision, 'minModRevision', operation);
  request.maxModRevision = count(selection.maxModRevision, 'maxModRevision', operation);
  request.minCreateRevision = count(selection.minCreateRevision, 'minCreateRevision', operation);
  request.maxCreateRevision = count(selection.maxCreateRevision, 'maxCreateRevision', operation);
  const { sort, order } = selection;
  if (sort !== undefined && !Object.hasOwn(targets, sort)) {
    throw invalid(
      operation,
      `option "sort" is ${show(sort)}`,
      `give one of ${Object.keys(targets).join(', ')}`,
    );
  }
  if (order !== undefined && !['ascending', 'descending'].includes(order)) {
    throw invalid(
      operation,
      `option "order" is ${show(order)}`,
      'give "ascending" or "descending"',
    );
  }
  if (sort !== undefined) request.sortTarget = targets[sort];
  if (order === 'descending') request.sortOrder = RangeRequest_SortOrder.DESCEND;
  else if (order !== undefined || (sort !== undefined && sort !== 'key')) {
    request.sortOrder = RangeRequest_SortOrder.ASCEND;
  }
  return request;
}

export function putRequest(
  key: Key,
  value: string | Uint8Array,
  selection: PutSelection,
  space: KeySpace,
  operation: string,
): PutRequest {
  if (typeof value !== 'string' && !((value as unknown) instanceof Uint8Array)) {
    throw invalid(operation, `value is ${show(value)}`, 'give a string or bytes');
  }
  const { lease = 0n } = selection;
  if (typeof lease !== 'bigint') {
    throw invalid(
      operation,
      `option "lease" is ${show(lease)}`,
      'give the id of a lease, a bigint',
    );
  }
  if (lease !== 0n && selection.keepLease === true) {
    throw invalid(operation, 'options "lease" and "keepLease" are both given', 'give one of them');
  }
  if (value.length > 0 && selection.keepValue === true) {
    throw invalid(operation, 'a value and option "keepValue" are both given', 'give one of them');
  }
  return PutRequest.create({
    key: space.key(key, operation),
    value: bytesOf(value),
    lease,
    prevKv: selection.previous ?? false,
    ignoreLease: selection.keepLease ?? false,
    ignoreValue: selection.keepValue ?? false,
  });
}

export function deleteRequest(
  range: KeyRange,
  selection: DeleteSelection,
  space: KeySpace,
  operation: string,
): DeleteRangeRequest {
  const { key, rangeEnd } = space.range(range, operation);
  return DeleteRangeRequest.create({ key, rangeEnd, prevKv: selection.previous ?? false });
}

export function rangeResult(
  response: RangeResponse,
  space: KeySpace,
  revision?: number,
): RangeResult {
  return {
    revision: revision ?? revisionOf(response),
    entries: response.kvs.map((pair) => new Entry(pair, space)),
    count: response.count,
    more: response.more,
  };
}

export function putResult(response: PutResponse, space: KeySpace, revision?: number): PutResult {
  const result = { revision: revision ?? revisionOf(response) };
  return response.prevKv === undefined
    ? result
    : { ...result, previous: new Entry(response.prevKv, space) };
}

export function deleteResult(
  response: DeleteRangeResponse,
  space: KeySpace,
  revision?: number,
): DeleteResult {
  return {
    revision: revision ?? revisionOf(response),
    deleted: response.deleted,
    previous: response.prevKvs.map((pair) => new Entry(pair, space)),
  };
}

export function revisionOf({ header }: { header: ResponseHeader | undefined }): number {
  return header?.revision ?? 0;
}

function count(value: number | undefined, option: string, operation: string): number {
  if (value === undefined) return 0;
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw invalid(operation, `option "${option}" is ${show(value)}`, 'give an integer from 0');
}
