/**
 * The HTTP side of a port: which path is answered by what. Endpoints have one path each; a mount has all below its
 * prefix, and answers by itself. Anything else is 404 in etcd's words, a method that a path does not take 405 with
 * `Allow`. Before all of it `Access` decides whether the request is taken.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Access, BodyKind } from './access.ts';
import { answerLate, type Upgrade } from './http-server.ts';

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
  /** Default none: a request for another protocol is answered in this one. */
  readonly upgrade?: Upgrade;
  /** What it takes, and so how it is guarded against pages of other origins. Default `json`. */
  readonly bodies?: BodyKind;
  /** Request headers of its own, which a page of an allowed origin may send too. */
  readonly requestHeaders?: readonly string[];
}

export interface RouterOptions {
  readonly routes: ReadonlyMap<string, Route>;
  readonly mounts: readonly Mount[];
  readonly access: Access;
  failed(path: string, error: unknown): void;
}

export const PLAIN = 'text/plain; charset=utf-8';

// The path is the client's: a base is needed to parse it, and its host is never looked at.
const urlOf = (request: IncomingMessage): URL | null =>
  URL.parse(request.url ?? '/', 'http://member');

const mountAt = (mounts: readonly Mount[], url: URL | null): Mount | undefined =>
  mounts.find(({ prefix }) => url?.pathname.startsWith(prefix));

/** The upgrades of the mounts as one. What may not ask is left to the router, which says why. */
export function createUpgrade({
  mounts,
  access,
}: Pick<RouterOptions, 'mounts' | 'access'>): Upgrade {
  const upgradeOf = (request: IncomingMessage): Upgrade | undefined =>
    mountAt(mounts, urlOf(request))?.upgrade;
  return {
    takes: (request) =>
      upgradeOf(request)?.takes(request) === true && access.refuse(request, 'json') === undefined,
    take: (request, connection, head) => upgradeOf(request)?.take(request, connection, head),
  };
}

export function createRouter({ routes, mounts, access, failed }: RouterOptions): RequestListener {
  return (request, response) => {
    const url = urlOf(request);
    const mount = mountAt(mounts, url);
    const refusal = access.refuse(request, mount?.bodies ?? 'json');
    if (refusal !== undefined) return send(request, response, plain(refusal.status, refusal.text));
    const crossOrigin = access.crossOriginHeaders(request.headers, mount?.requestHeaders);
    for (const name in crossOrigin) response.setHeader(name, crossOrigin[name] as string);
    if (request.method === 'OPTIONS') return sendNothing(request, response);
    if (mount !== undefined) return mount.listener(request, response);
    const route = url === null ? undefined : routes.get(url.pathname);
    if (url === null || route === undefined) {
      return send(request, response, plain(404, '404 page not found\n'));
    }
    if (route.methods === 'GET' && request.method !== 'GET') {
      response.setHeader('Allow', 'GET');
      return send(request, response, plain(405, 'Method Not Allowed\n'));
    }
    answerLate(request);
    Promise.resolve()
      .then(() => route.endpoint(url.searchParams))
      .then((reply) => send(request, response, reply))
      .catch((error: unknown) => {
        failed(url.pathname, error);
        send(request, response, plain(500, 'Internal Server Error\n'));
      });
  };
}

const plain = (status: number, body: string): HttpReply => ({ status, contentType: PLAIN, body });

function sendNothing(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  response.writeHead(200, { 'Content-Length': '0' });
  response.end();
}

function send(request: IncomingMessage, response: ServerResponse, reply: HttpReply): void {
  if (response.destroyed || response.headersSent) return;
  // A body that nobody will read would be taken for the next request.
  request.resume();
  response.writeHead(reply.status, {
    'Content-Type': reply.contentType,
    'Content-Length': Buffer.byteLength(reply.body),
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(request.method === 'HEAD' ? undefined : reply.body);
}
