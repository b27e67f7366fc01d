/**
 * gRPC status codes and how an error travels: `grpc-status` and percent-encoded `grpc-message` header
 * fields, alone ("trailers-only") or behind the messages.
 */
import { encodeFields } from './hpack/encoder.ts';

/** The canonical gRPC codes. */
export const GrpcStatus = {
  ok: 0,
  cancelled: 1,
  unknown: 2,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  alreadyExists: 6,
  permissionDenied: 7,
  resourceExhausted: 8,
  failedPrecondition: 9,
  aborted: 10,
  outOfRange: 11,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  dataLoss: 15,
  unauthenticated: 16,
} as const;

/** Text of status 4 when this server ends a call, as gRPC servers have it. */
export const DEADLINE_EXCEEDED = 'context deadline exceeded';

/** Text of status 13 when a request ends within a message. */
export const UNEXPECTED_END = 'unexpected EOF';

/** Response metadata: names (lower case; `-bin` values already base64) and values in turn. */
export type OutgoingFields = readonly string[];

/** A failed call, before it is encoded. */
export interface CallFailure {
  /** One of {@link GrpcStatus}. */
  readonly code: number;
  readonly message: string;
  /** HTTP status of a trailers-only answer; 200 unless the request is not gRPC at all. */
  readonly httpStatus?: number;
  readonly fields?: OutgoingFields;
}

/** Trailers behind messages. */
export const encodeTrailers = ({ code, message, fields }: CallFailure): Uint8Array =>
  encodeFields([...statusFields(code, message), ...(fields ?? [])]);

/** A whole response without messages in one header block. */
export const encodeTrailersOnly = ({
  code,
  message,
  httpStatus,
  fields,
}: CallFailure): Uint8Array =>
  encodeFields([
    ':status',
    String(httpStatus ?? 200),
    'content-type',
    'application/grpc',
    ...statusFields(code, message),
    ...(fields ?? []),
  ]);

const statusFields = (code: number, message: string): string[] => [
  'grpc-status',
  String(code),
  ...(message === '' ? [] : ['grpc-message', percentEncode(message)]),
];

/**
 * Percent-encodes a status message (gRPC over HTTP/2, "Percent-Encoded"): UTF-8, everything but
 * printable ASCII and the percent sign itself.
 */
export function percentEncode(message: string): string {
  if (/^[ -$&-~]*$/.test(message)) return message;
  let encoded = '';
  for (const byte of Buffer.from(message, 'utf8')) {
    const plain = byte >= 0x20 && byte <= 0x7e && byte !== 0x25;
    encoded += plain
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}
