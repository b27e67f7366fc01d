/**
 * The plain HTTP endpoints of the client port: which path is answered by what. Anything else is 404 in etcd's
 * words, any other method 405 with `Allow`.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

export interface HttpReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** Answers a GET; `query` holds the parameters of the URL. */
export type Endpoint = (query: URLSearchParams) => HttpReply | Promise<HttpReply>;

/** etcd's: any origin may read, and ask first. */
const crossOrigin = {
  'Access-Control-Allow-Methods': 'POST, GET, OPTIONS, PUT, DELETE',
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': 'accept, content-type, authorization',
};

const PLAIN = 'text/plain; charset=utf-8';

export function createRouter(
  endpoints: ReadonlyMap<string, Endpoint>,
  onFailure: (path: string, error: unknown) => void,
): RequestListener {
  return (request, response) => {
    // The path is the client's: a base is needed to parse it, and its host is never looked at.
    const url = URL.parse(request.url ?? '/', 'http://member');
    const endpoint = url === null ? undefined : endpoints.get(url.pathname);
    if (request.method === 'OPTIONS') {
      send(request, response, { status: 200, contentType: PLAIN, body: '' });
      return;
    }
    if (url === null || endpoint === undefined) {
      send(request, response, { status: 404, contentType: PLAIN, body: '404 page not found\n' });
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET');
      send(request, response, { status: 405, contentType: PLAIN, body: 'Method Not Allowed\n' });
      return;
    }
    Promise.resolve()
      .then(() => endpoint(url.searchParams))
      .then((reply) => send(request, response, reply))
      .catch((error: unknown) => {
        onFailure(url.pathname, error);
        send(request, response, {
          status: 500,
          contentType: PLAIN,
          body: 'Internal Server Error\n',
        });
      });
  };
}

function send(request: IncomingMessage, response: ServerResponse, reply: HttpReply): void {
  if (response.destroyed || response.headersSent) return;
  // A body that nobody will read would be taken for the next request.
  request.resume();
  response.writeHead(reply.status, {
    'Content-Type': reply.contentType,
    'Content-Length': Buffer.byteLength(reply.body),
    'X-Content-Type-Options': 'nosniff',
    ...crossOrigin,
  });
  response.end(request.method === 'HEAD' ? undefined : reply.body);
}
