/**
 * etcd's errors as they look on the wire, written down a second time so that a slip in Concord's own table
 * cannot hide itself. Only what a single member can answer.
 */
import type { Failure } from './outcome.ts';

const UNKNOWN = 2;
const INVALID_ARGUMENT = 3;
const NOT_FOUND = 5;
const PERMISSION_DENIED = 7;
const RESOURCE_EXHAUSTED = 8;
const FAILED_PRECONDITION = 9;
const OUT_OF_RANGE = 11;
const DATA_LOSS = 15;
const UNAUTHENTICATED = 16;

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

export const userEmpty = error(INVALID_ARGUMENT, 'etcdserver: user name is empty');
export const userNotFound = error(FAILED_PRECONDITION, 'etcdserver: user name not found');
export const userExists = error(FAILED_PRECONDITION, 'etcdserver: user name already exists');
export const roleEmpty = error(INVALID_ARGUMENT, 'etcdserver: role name is empty');
export const roleNotFound = error(FAILED_PRECONDITION, 'etcdserver: role name not found');
export const roleExists = error(FAILED_PRECONDITION, 'etcdserver: role name already exists');
export const roleNotGranted = error(
  FAILED_PRECONDITION,
  'etcdserver: role is not granted to the user',
);
export const permissionNotGranted = error(
  FAILED_PRECONDITION,
  'etcdserver: permission is not granted to the role',
);
export const permissionNotGiven = error(INVALID_ARGUMENT, 'etcdserver: permission not given');
export const rootUserMissing = error(FAILED_PRECONDITION, 'etcdserver: root user does not exist');
export const rootRoleMissing = error(
  FAILED_PRECONDITION,
  'etcdserver: root user does not have root role',
);
export const authNotEnabled = error(
  FAILED_PRECONDITION,
  'etcdserver: authentication is not enabled',
);
export const authFailed = error(
  INVALID_ARGUMENT,
  'etcdserver: authentication failed, invalid user ID or password',
);
export const invalidAuthManagement = error(INVALID_ARGUMENT, 'etcdserver: invalid auth management');
export const permissionDenied = error(PERMISSION_DENIED, 'etcdserver: permission denied');
export const invalidToken = error(UNAUTHENTICATED, 'etcdserver: invalid auth token');
export const noPasswordUser = error(
  UNKNOWN,
  'auth: authentication failed, password was given for no password user',
);
