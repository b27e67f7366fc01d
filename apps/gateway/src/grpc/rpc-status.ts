/** Problems as statuses of gRPC, with the details of google.rpc (error_details.proto) for programs. */
import { Metadata, status } from '@grpc/grpc-js';
import type { Problem, ProblemKind } from '../http/problem.ts';

/** Of google.rpc.ErrorInfo: whose reasons they are. */
const DOMAIN = 'concord.gateway';

const codes: Readonly<Record<ProblemKind, status>> = {
  'invalid-request': status.INVALID_ARGUMENT,
  'malformed-body': status.INVALID_ARGUMENT,
  unauthenticated: status.UNAUTHENTICATED,
  forbidden: status.PERMISSION_DENIED,
  'not-found': status.NOT_FOUND,
  'method-not-allowed': status.UNIMPLEMENTED,
  conflict: status.FAILED_PRECONDITION,
  gone: status.OUT_OF_RANGE,
  'precondition-failed': status.ABORTED,
  'malformed-request': status.INVALID_ARGUMENT,
  'request-timeout': status.DEADLINE_EXCEEDED,
  'uri-too-long': status.INVALID_ARGUMENT,
  'headers-too-large': status.RESOURCE_EXHAUSTED,
  'too-large': status.RESOURCE_EXHAUSTED,
  'unsupported-media-type': status.INVALID_ARGUMENT,
  'invalid-content': status.INVALID_ARGUMENT,
  'too-many-requests': status.RESOURCE_EXHAUSTED,
  'over-quota': status.RESOURCE_EXHAUSTED,
  'cluster-away': status.UNAVAILABLE,
  'not-ready': status.UNAVAILABLE,
  'no-instances': status.UNAVAILABLE,
  timeout: status.DEADLINE_EXCEEDED,
  internal: status.INTERNAL,
};

/** What grpc-js ends a call with. */
export interface RpcFailure {
  readonly code: status;
  readonly details: string;
  readonly message: string;
  readonly metadata: Metadata;
}

export function failureOf(problem: Problem): RpcFailure {
  const code = codes[problem.kind];
  const { detail, errors = [], outcome } = problem.details;
  const info = [
    text(1, problem.kind.toUpperCase().replaceAll('-', '_')),
    text(2, DOMAIN),
    ...(outcome === undefined
      ? []
      : [bytes(3, Buffer.concat([text(1, 'outcome'), text(2, outcome)]))]),
  ];
  const details = [any('google.rpc.ErrorInfo', Buffer.concat(info))];
  if (errors.length > 0) {
    const violations = errors.map(({ field, message }) =>
      bytes(1, Buffer.concat([text(1, field.replace(/^body\./, '')), text(2, message)])),
    );
    details.push(any('google.rpc.BadRequest', Buffer.concat(violations)));
  }
  const metadata = new Metadata();
  const whole = [integer(1, code), text(2, detail), ...details.map((one) => bytes(3, one))];
  metadata.set('grpc-status-details-bin', Buffer.concat(whole));
  return { code, details: detail, message: detail, metadata };
}

/** A google.protobuf.Any. */
const any = (type: string, value: Buffer): Buffer =>
  Buffer.concat([text(1, `type.googleapis.com/${type}`), bytes(2, value)]);

/** Fields as Protocol Buffers write them: these three messages are all there is to write. */
const text = (field: number, value: string): Buffer => bytes(field, Buffer.from(value));
const bytes = (field: number, value: Buffer): Buffer =>
  Buffer.concat([varint(field * 8 + 2), varint(value.length), value]);
const integer = (field: number, value: number): Buffer =>
  Buffer.concat([varint(field * 8), varint(value)]);

function varint(value: number): Buffer {
  const parts: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) parts.push((rest % 0x80) | 0x80);
  return Buffer.from([...parts, rest]);
}
