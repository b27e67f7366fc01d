/**
 * gRPC's status codes: how a call ended, in the `grpc-status` trailer.
 */

/** All 17 codes by their name in the gRPC specification. */
export const StatusCode = {
  OK: 0,
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
  UNAUTHENTICATED: 16,
} as const;

export type StatusCode = (typeof StatusCode)[keyof typeof StatusCode];

/** Go's names of the codes, by code: etcd prints them inside some texts. */
const GO_NAMES = [
  'OK',
  'Canceled',
  'Unknown',
  'InvalidArgument',
  'DeadlineExceeded',
  'NotFound',
  'AlreadyExists',
  'PermissionDenied',
  'ResourceExhausted',
  'FailedPrecondition',
  'Aborted',
  'OutOfRange',
  'Unimplemented',
  'Internal',
  'Unavailable',
  'DataLoss',
  'Unauthenticated',
] as const satisfies readonly string[];

/** Go's name of a code, as metrics and log lines of etcd show it. */
export function statusCodeName(code: number): string {
  return GO_NAMES[code] ?? `Code(${code})`;
}

/**
 * How a Go program prints a gRPC status. etcd sends this text where an error becomes data, as in the cancel
 * reason of a watch.
 */
export function goStatusText(status: {
  readonly code: StatusCode;
  readonly message: string;
}): string {
  return `rpc error: code = ${GO_NAMES[status.code]} desc = ${status.message}`;
}
