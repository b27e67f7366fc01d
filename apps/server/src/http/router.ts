/**
 * The HTTP side of the client port: which path is answered by what. Endpoints have one path each; a mount has all
 * below its prefix, and answers by itself. Anything else is 404 in etcd's words, a method that a path does not take
 * 405 with `Allow`.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

export interface HttpReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** What a path answers; `query` holds the parameters of the URL. */
export type Endpoint = (query: URLSearchParams) => HttpReply | Promise<HttpReply>;

export interface Route {
  readonly endpoint: Endpoint;
  /** What is taken beside OPTIONS. As in etcd, `GET` leaves out HEAD. */
  readonly methods: 'GET' | 'any';
}

/** Whatever is below one path: an API of its own, with its own methods, errors and headers. */
export interface Mount {
  /** Begins and ends with a slash, as `/v3/`. */
  readonly prefix: string;
  readonly listener: RequestListener;
}

/** etcd's: any origin may read, and ask first. */
export const crossOrigin = {
  'Access-Control-Allow-Methods': 'POST, GET, OPTIONS, PUT, DELETE',
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': 'accept, content-type, authorization',
};

const PLAIN = 'text/plain; charset=utf-8';

export function createRouter(
  routes: ReadonlyMap<string, Route>,
  mounts: readonly Mount[],
  onFailure: (path: string, error: unknown) => void,
): RequestListener {
  return (request, response) => {
    // The path is the client's: a base is needed to parse it, and its host is never looked at.
    const url = URL.parse(request.url ?? '/', 'http://member');
    const mount = mounts.find(({ prefix }) => url?.pathname.startsWith(prefix));
    if (mount !== undefined) return mount.listener(request, response);
    const route = url === null ? undefined : routes.get(url.pathname);
    if (request.method === 'OPTIONS') {
      send(request, response, { status: 200, contentType: PLAIN, body: '' });
      return;
    }
    if (url === null || route === undefined) {
      send(request, response, { status: 404, contentType: PLAIN, body: '404 page not found\n' });
      return;
    }
    if (route.methods === 'GET' && request.method !== 'GET') {
      response.setHeader('Allow', 'GET');
      send(request, response, { status: 405, contentType: PLAIN, body: 'Method Not Allowed\n' });
      return;
    }
    Promise.resolve()
      .then(() => route.endpoint(url.searchParams))
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
