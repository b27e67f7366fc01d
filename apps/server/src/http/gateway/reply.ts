/** Writes an answer's head and body the way etcd's gateway does. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { StatusCode } from '@concord/protocol';
import type { LocalStatus } from '../../rpc/local-call.ts';
import { crossOrigin } from '../router.ts';
import { errorBody, httpStatusOf } from './status-json.ts';

const CROSS_ORIGIN = Object.entries(crossOrigin).flat();
export const JSON_HEAD: readonly string[] = [...CROSS_ORIGIN, 'Content-Type', 'application/json'];

/** The header of the gRPC answer behind it. */
export const ANSWERED_HEAD: readonly string[] = [
  ...JSON_HEAD,
  'Grpc-Metadata-Content-Type',
  'application/grpc',
];

/** Of a stream that ends before it has said anything. */
export const EMPTY_HEAD: readonly string[] = [...CROSS_ORIGIN, 'Transfer-Encoding', 'chunked'];

const TRAILER = 'Grpc-Trailer-Content-Type';

/** What is not a header value: everything but printable ASCII. */
const NO_HEADER_TEXT = /[^\x20-\x7e]/g;

/** Whether the client understands a trailer behind the body. */
const takesTrailers = ({ headers }: IncomingMessage): boolean =>
  /trailers/i.test(String(headers['te']));

export function sendMessage(
  request: IncomingMessage,
  response: ServerResponse,
  json: Uint8Array,
): void {
  if (response.destroyed) return;
  const length = takesTrailers(request) ? [] : ['Content-Length', String(json.length)];
  response.writeHead(200, [...ANSWERED_HEAD, ...length]);
  response.end(json);
}

/** Answers a path that is no RPC, or a request that is none. */
export function sendRoutingError(response: ServerResponse, status: LocalStatus): void {
  sendStatus(response, status, (length) => ['Content-Length', String(length)]);
}

/** Answers a body that is not the message it should be, or a time that is over. */
export function sendRefusal(
  request: IncomingMessage,
  response: ServerResponse,
  status: LocalStatus,
): void {
  // Who takes trailers gets chunks, even where no trailer comes.
  if (takesTrailers(request)) sendStatus(response, status, () => []);
  else sendRoutingError(response, status);
}

/** Answers the status with which an RPC failed. */
export function sendFailure(
  request: IncomingMessage,
  response: ServerResponse,
  status: LocalStatus,
): void {
  if (!takesTrailers(request)) return sendRoutingError(response, status);
  sendStatus(response, status, () => {
    response.addTrailers({ [TRAILER]: 'application/grpc' });
    return ['Trailer', TRAILER];
  });
}

function sendStatus(
  response: ServerResponse,
  status: LocalStatus,
  framing: (bodyLength: number) => readonly string[],
): void {
  if (response.destroyed || response.headersSent) return;
  const body = errorBody(status);
  const head = [...JSON_HEAD, ...challenge(status), ...framing(body.length)];
  response.writeHead(httpStatusOf(status.code), head);
  response.end(body);
}

const challenge = ({ code, message }: LocalStatus): string[] =>
  code === StatusCode.UNAUTHENTICATED
    ? ['WWW-Authenticate', message.replace(NO_HEADER_TEXT, '?')]
    : [];

/** The answer to OPTIONS: any method, from any origin. */
export function sendPermission(response: ServerResponse): void {
  response.writeHead(200, [...CROSS_ORIGIN, 'Content-Length', '0']);
  response.end();
}

export function sendRedirect(response: ServerResponse, location: string): void {
  response.writeHead(307, [...CROSS_ORIGIN, 'Location', location, 'Content-Length', '0']);
  response.end();
}
