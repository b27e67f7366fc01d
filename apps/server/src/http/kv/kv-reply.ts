/** Writes the answers of the plain API. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { endWith } from '../gateway/reply.ts';
import { Problem } from './problem.ts';

export interface KvReply {
  readonly status: number;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: Uint8Array | string;
}

/** Which pages of other origins may read, the router says; here is what they may read. */
const COMMON_HEADERS: readonly string[] = [
  'Access-Control-Expose-Headers',
  'ETag, Concord-Revision, Concord-Create-Revision, Concord-Version, Concord-Lease',
  'X-Content-Type-Options',
  'nosniff',
  'Cache-Control',
  'no-cache',
];

const METHODS = 'GET, HEAD, PUT, DELETE, OPTIONS';

export function jsonReply(status: number, value: object, headers: readonly string[] = []): KvReply {
  const body = `${JSON.stringify(value)}\n`;
  return { status, headers: ['Content-Type', 'application/json', ...headers], body };
}

export function problemReply(problem: Problem): KvReply {
  return {
    status: problem.status,
    headers: ['Content-Type', 'application/problem+json', ...problem.headers],
    body: `${JSON.stringify(problem.details)}\n`,
  };
}

export const methodNotAllowed = (method: string): Problem =>
  new Problem(405, `${method} is not a method of a key; the methods are ${METHODS}`, [
    'Allow',
    METHODS,
  ]);

export function sendReply(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: KvReply,
): void {
  // A body that nobody reads would be taken for the next request.
  request.resume();
  if (response.destroyed || response.headersSent) return;
  const hasBody = status !== 204 && status !== 304;
  const length = hasBody ? ['Content-Length', String(Buffer.byteLength(body))] : [];
  response.writeHead(status, [...COMMON_HEADERS, ...headers, ...length]);
  if (!hasBody || request.method === 'HEAD') response.end();
  else if (typeof body === 'string') response.end(body);
  else endWith(response, body);
}

/** The head of a stream of events. */
export function beginEvents(response: ServerResponse): void {
  const type = ['Content-Type', 'text/event-stream', 'X-Accel-Buffering', 'no'];
  response.writeHead(200, [...COMMON_HEADERS, ...type]);
}
