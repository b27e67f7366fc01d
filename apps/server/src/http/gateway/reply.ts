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

/** Answers a status that no RPC was asked for: a wrong path, a body that is no message. */
export function sendRefusal(response: ServerResponse, status: LocalStatus): void {
  if (response.destroyed || response.headersSent) return;
  const body = errorBody(status);
  response.writeHead(httpStatusOf(status.code), [
    ...JSON_HEAD,
    ...challenge(status),
    'Content-Length',
    String(body.length),
  ]);
  response.end(body);
}

/** Answers the status with which an RPC failed. */
export function sendFailure(
  request: IncomingMessage,
  response: ServerResponse,
  status: LocalStatus,
): void {
  if (!takesTrailers(request)) return sendRefusal(response, status);
  if (response.destroyed || response.headersSent) return;
  const head = [...JSON_HEAD, ...challenge(status), 'Trailer', TRAILER];
  response.writeHead(httpStatusOf(status.code), head);
  response.addTrailers({ [TRAILER]: 'application/grpc' });
  response.end(errorBody(status));
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
