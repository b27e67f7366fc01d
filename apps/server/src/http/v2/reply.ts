/** A whole answer of the v2 API, and how it is sent. */
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface V2Reply {
  readonly status: number;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

const PLAIN = 'text/plain; charset=utf-8';
export const JSON_TYPE = 'application/json';

export const json = (status: number, body: string, headers?: V2Reply['headers']): V2Reply => ({
  status,
  contentType: JSON_TYPE,
  body,
  ...(headers !== undefined && { headers }),
});

/** Go's plain errors. */
const plainError = (status: number, text: string, headers: V2Reply['headers'] = {}): V2Reply => ({
  status,
  contentType: PLAIN,
  headers: { 'X-Content-Type-Options': 'nosniff', ...headers },
  body: `${text}\n`,
});

export const plain = (body: string): V2Reply => ({ status: 200, contentType: PLAIN, body });
export const notFound = (): V2Reply => plainError(404, '404 page not found');
export const methodNotAllowed = (headers: V2Reply['headers']): V2Reply =>
  plainError(405, 'Method Not Allowed', headers);

/** A path that cannot be read: Go says no more of it, and closes. */
export const badRequest = (): V2Reply => ({
  status: 400,
  contentType: PLAIN,
  headers: { Connection: 'close' },
  body: '400 Bad Request',
});

export function sendReply(
  request: IncomingMessage,
  response: ServerResponse,
  { status, contentType, headers, body }: V2Reply,
): void {
  if (response.destroyed || response.headersSent) return;
  // A body that nobody will read would be taken for the next request.
  request.resume();
  response.writeHead(status, {
    ...(contentType !== undefined && { 'Content-Type': contentType }),
    ...(status !== 204 && { 'Content-Length': Buffer.byteLength(body) }),
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
