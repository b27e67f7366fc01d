/** Writes an answer's head and body the way etcd's gateway does. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { StatusCode } from '@concord/protocol';
import type { LocalStatus } from '../../rpc/local-call.ts';
import { PLAIN } from '../router.ts';
import { errorBody, httpStatusOf } from './status-json.ts';

export const JSON_HEAD: readonly string[] = ['Content-Type', 'application/json'];

/** The header of the gRPC answer behind it. */
export const ANSWERED_HEAD: readonly string[] = [
  ...JSON_HEAD,
  'Grpc-Metadata-Content-Type',
  'application/grpc',
];

/** Ends a stream that has not said anything: as any other, only without content. */
export function endEmpty(response: ServerResponse): void {
  response.writeHead(200);
  // Without it Node would say that the length is 0.
  response.flushHeaders();
  response.end();
}

const TRAILER = 'Grpc-Trailer-Content-Type';

/** Beyond it, copying costs more than a second piece for the kernel to gather. */
const COPIED_BYTES_MAX = 16 * 1024;

/** Ends with a body. A short one is handed over as a string, which Node sends in one piece with the head. */
export function endWith(response: ServerResponse, body: Uint8Array): void {
  if (body.length > COPIED_BYTES_MAX) response.end(body);
  else
    response.end(
      Buffer.from(body.buffer, body.byteOffset, body.length).toString('latin1'),
      'latin1',
    );
}

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
  endWith(response, json);
}

/** In etcd's words: whoever means to be known by a certificate is told that here he is not. */
const NAME_UNUSED =
  'CommonName of client sending a request against gateway will be ignored and not used as expected\n';

export function sendNameUnused(response: ServerResponse): void {
  response.writeHead(400, {
    'Content-Type': PLAIN,
    'Content-Length': NAME_UNUSED.length,
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(NAME_UNUSED);
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
  endWith(response, body);
}

const challenge = ({ code, message }: LocalStatus): string[] =>
  code === StatusCode.UNAUTHENTICATED
    ? ['WWW-Authenticate', message.replace(NO_HEADER_TEXT, '?')]
    : [];

export function sendRedirect(response: ServerResponse, location: string): void {
  response.writeHead(307, { Location: location, 'Content-Length': '0' });
  response.end();
}
