/** The HTTP server below Nest: its limits, and problem documents for what never gets as far as a handler. */
import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { fastify } from 'fastify';
import { parseJson } from './json-body.ts';
import { answer } from './problem-filter.ts';
import { Problem, type ProblemKind } from './problem.ts';
import { discardRefusedBodies } from './refused-body.ts';

/** A request's body at most: what fits into etcd's default request of 1.5 MiB, and its wrapping as JSON. */
export const BODY_BYTES_MAX = 4 * 1024 * 1024;
/** A key in a path, every byte of it percent-encoded. */
const PARAMETER_LENGTH_MAX = 3 * 4096;
/** Such a key, and a query beside it. */
export const URL_LENGTH_MAX = 16 * 1024;
/** Such an address, and what proxies add. */
const HEADER_BYTES_MAX = 48 * 1024;
const HEADERS_MS_MAX = 10_000;
/** A request with its body; a slow line has 4 MiB across in that time. */
const REQUEST_MS_MAX = 60_000;
/** Longer than load balancers keep idle connections, or they would send into one that closes. */
const KEEP_ALIVE_MS = 75_000;
const SANE_REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,63}$/;

export interface HttpServerOptions {
  /** Addresses and networks whose `X-Forwarded-*` is believed. */
  readonly trustedProxies: readonly string[];
  /** The address that the routes know a request by. */
  readonly rewriteUrl: (url: string) => string;
}

export function httpAdapter({ trustedProxies, rewriteUrl }: HttpServerOptions): FastifyAdapter {
  const server = fastify({
    bodyLimit: BODY_BYTES_MAX,
    routerOptions: {
      maxParamLength: PARAMETER_LENGTH_MAX,
      onBadUrl: (path, raw, response) => {
        const detail = `the path ${JSON.stringify(path.slice(0, 200))} is not percent-encoded as UTF-8`;
        const errors = [{ field: 'path', message: 'is not percent-encoded as UTF-8' }];
        const problem = new Problem('invalid-request', { detail, errors });
        response.writeHead(problem.status, { 'content-type': 'application/problem+json' });
        response.end(JSON.stringify(problem.document(undefined, requestIdOf(raw))));
      },
    },
    http: { maxHeaderSize: HEADER_BYTES_MAX, headersTimeout: HEADERS_MS_MAX },
    requestTimeout: REQUEST_MS_MAX,
    keepAliveTimeout: KEEP_ALIVE_MS,
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    rewriteUrl: ({ url }) => rewriteUrl(url ?? '/'),
    genReqId: requestIdOf,
    requestIdHeader: false,
    frameworkErrors: (error, request, reply) => {
      const kind = error.statusCode === 414 ? 'uri-too-long' : 'invalid-request';
      answer(new Problem(kind, { detail: error.message }), request, reply);
    },
    clientErrorHandler: refuseRaw,
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    ['application/json', 'application/merge-patch+json'],
    { parseAs: 'string' },
    (_request, body, done) => {
      try {
        done(null, parseJson(body as string));
      } catch (problem) {
        done(problem as Error);
      }
    },
  );
  server.addHook('onRequest', (request, reply, next) => {
    void reply.header('x-request-id', request.id);
    if (request.url.length <= URL_LENGTH_MAX) next();
    else answer(tooLongUrl(request.url.length), request, reply);
  });
  discardRefusedBodies(server);
  return new FastifyAdapter(server);
}

/** The caller's own id, where it is one that may stand in logs and headers. */
function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && SANE_REQUEST_ID.test(given) ? given : randomUUID();
}

const tooLongUrl = (length: number): Problem =>
  new Problem('uri-too-long', {
    detail: `the address has ${length} characters, and at most ${URL_LENGTH_MAX} are read`,
    errors: [{ field: 'path', message: `is longer than ${URL_LENGTH_MAX} characters` }],
  });

const rawKinds: Readonly<Record<string, ProblemKind>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

/** What is no HTTP: there is no request to answer, only a connection. */
function refuseRaw(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const kind = rawKinds[error.code ?? ''] ?? 'malformed-request';
  const problem = new Problem(kind, {
    detail: `this is no HTTP request that can be read (${error.code ?? 'unknown'})`,
  });
  const body = JSON.stringify(problem.document(undefined, randomUUID()));
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}\r\n` +
      `content-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n` +
      `connection: close\r\n\r\n${body}`,
  );
}
