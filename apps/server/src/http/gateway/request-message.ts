/** From the JSON of a request to the message that the RPC takes, or to the status that refuses it. */
import {
  JsonError,
  StatusCode,
  ValueScanner,
  wireOfJson,
  type MethodDescriptor,
} from '@concord/protocol';
import type { LocalStatus } from '../../rpc/local-call.ts';
import type { BodyFailure } from '../request-body.ts';

export interface GatewayLimits {
  /** What a remote call may send at most. */
  readonly messageBytesMax: number;
  /** What a body, or one value of it, may have at most. */
  readonly bodyBytesMax: number;
}

/**
 * JSON is larger than what it stands for: base64 by a third, and names and white space by something. Twice the size is
 * room enough for the largest message.
 */
export const gatewayLimits = (messageBytesMax: number): GatewayLimits => ({
  messageBytesMax,
  bodyBytesMax: 2 * messageBytesMax,
});

export type RequestMessage = { readonly wire: Uint8Array } | LocalStatus;

const EMPTY: RequestMessage = { wire: new Uint8Array(0) };
const SPACES = /^[ \t\r\n]*$/;

/** The message in a whole body. As in etcd none is an empty message, and what follows the first value is not read. */
export function messageOfBody(
  method: MethodDescriptor,
  body: Buffer,
  limits: GatewayLimits,
): RequestMessage {
  if (body.length === 0) return EMPTY;
  try {
    const scanner = new ValueScanner();
    const end = scanner.scan(body, 0);
    if (end < 0 && !scanner.mayEnd) {
      return SPACES.test(body.toString('latin1')) ? EMPTY : invalid('unexpected EOF');
    }
    return messageOfJson(method, end < 0 ? body : body.subarray(0, end), limits);
  } catch (error) {
    if (error instanceof JsonError) return invalid(error.message);
    throw error;
  }
}

/** The message of one JSON value. Throws `JsonError`. */
export function messageOfJson(
  method: MethodDescriptor,
  json: Uint8Array,
  { messageBytesMax }: GatewayLimits,
): RequestMessage {
  const wire = wireOfJson(method.request.name, trimmed(json));
  if (wire.length <= messageBytesMax) return { wire };
  return {
    code: StatusCode.RESOURCE_EXHAUSTED,
    message: `grpc: received message larger than max (${wire.length} vs. ${messageBytesMax})`,
  };
}

const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Without the white space before the value: places in errors count from the value. */
function trimmed(json: Uint8Array): Uint8Array {
  let start = 0;
  while (isSpace(json[start])) start++;
  return start === 0 ? json : json.subarray(start);
}

const invalid = (message: string): LocalStatus => ({
  code: StatusCode.INVALID_ARGUMENT,
  message,
});

/** The status of a body that was not read to its end. */
export const bodyStatus = (why: BodyFailure): LocalStatus =>
  why === 'too large'
    ? { code: StatusCode.RESOURCE_EXHAUSTED, message: 'http: request body too large' }
    : { code: StatusCode.DEADLINE_EXCEEDED, message: 'the request body did not come in time' };
