/**
 * etcd's errors as they look on the wire, written down a second time so that a slip in Concord's own table
 * cannot hide itself. Only what a single member without auth can answer.
 */
import type { Failure } from './outcome.ts';

const INVALID_ARGUMENT = 3;
const NOT_FOUND = 5;
const RESOURCE_EXHAUSTED = 8;
const FAILED_PRECONDITION = 9;
const OUT_OF_RANGE = 11;
const DATA_LOSS = 15;

const error = (code: number, message: string): Failure => ({ code, message });

export const emptyKey = error(INVALID_ARGUMENT, 'etcdserver: key is not provided');
export const keyNotFound = error(INVALID_ARGUMENT, 'etcdserver: key not found');
export const valueProvided = error(INVALID_ARGUMENT, 'etcdserver: value is provided');
export const leaseProvided = error(INVALID_ARGUMENT, 'etcdserver: lease is provided');
export const tooManyOps = error(INVALID_ARGUMENT, 'etcdserver: too many operations in txn request');
export const duplicateKey = error(
  INVALID_ARGUMENT,
  'etcdserver: duplicate key given in txn request',
);
export const invalidSortOption = error(INVALID_ARGUMENT, 'etcdserver: invalid sort option');
export const requestTooLarge = error(INVALID_ARGUMENT, 'etcdserver: request is too large');
export const compacted = error(
  OUT_OF_RANGE,
  'etcdserver: mvcc: required revision has been compacted',
);
export const futureRevision = error(
  OUT_OF_RANGE,
  'etcdserver: mvcc: required revision is a future revision',
);
export const leaseTtlTooLarge = error(OUT_OF_RANGE, 'etcdserver: too large lease TTL');
export const noSpace = error(RESOURCE_EXHAUSTED, 'etcdserver: mvcc: database space exceeded');
export const leaseNotFound = error(NOT_FOUND, 'etcdserver: requested lease not found');
export const leaseExists = error(FAILED_PRECONDITION, 'etcdserver: lease already exists');
export const corrupt = error(DATA_LOSS, 'etcdserver: corrupt cluster');
