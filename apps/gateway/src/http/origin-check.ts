/**
 * Keeps pages of other sites from using a browser inside as their hand: names of their own that lead here (DNS
 * rebinding), and writes that a browser sends for them.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { hostOf, isLoopback } from '../access/access-mode.ts';
import { answer } from './problem-filter.ts';
import { Problem } from './problem.ts';

const SAFE: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

const EXPOSED =
  'etag, location, retry-after, x-request-id, x-concord-index, concord-stale, ratelimit, idempotency-replayed';
const PREFLIGHT = {
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers':
    'authorization, content-type, if-match, if-none-match, idempotency-key, last-event-id, x-request-id',
  'access-control-max-age': '600',
};

export interface OriginRules {
  /** In development mode everybody is the administrator: then the name that a request asks for has to be this machine's. */
  readonly onlyLoopback: boolean;
  /** Other origins that may write, such as `https://admin.example.com`. */
  readonly allowed: readonly string[];
}

export function checkOrigins(server: FastifyInstance, rules: OriginRules): void {
  server.addHook('onRequest', (request, reply, next) => {
    const problem = originProblem(request, rules);
    if (problem !== undefined) {
      answer(problem, request, reply);
      return;
    }
    const { origin } = request.headers;
    if (origin === undefined || !rules.allowed.includes(origin)) {
      next();
      return;
    }
    // Without credentials: pages of others come with a token, never with somebody's cookie.
    void reply.headers({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': EXPOSED,
      'cross-origin-resource-policy': 'cross-origin',
      vary: 'origin',
    });
    const isPreflight =
      request.method === 'OPTIONS' &&
      request.headers['access-control-request-method'] !== undefined;
    if (!isPreflight) next();
    else void reply.headers(PREFLIGHT).status(204).send();
  });
}

function originProblem(request: FastifyRequest, rules: OriginRules): Problem | undefined {
  const host = hostOf(request.headers.host);
  // Health says nothing that a page could use, and load balancers often name no host.
  const isHealth = request.url.startsWith('/health/');
  if (rules.onlyLoopback && !isHealth && (host === undefined || !isLoopback(host))) {
    return new Problem('forbidden', {
      detail: `header.host: ${JSON.stringify(request.headers.host ?? '')} is not this machine, and development mode answers nobody else; run the gateway without --mode development to let others in`,
      errors: [{ field: 'header.host', message: 'must be localhost or a loopback address' }],
    });
  }
  const { origin } = request.headers;
  if (SAFE.includes(request.method) || origin === undefined) return undefined;
  const own = `${request.protocol}://${request.host}`;
  if (origin === own || rules.allowed.includes(origin)) return undefined;
  return new Problem('forbidden', {
    detail: `header.origin: pages of ${JSON.stringify(origin)} may not write here; --cors-origins lets them`,
    errors: [{ field: 'header.origin', message: 'is another site' }],
  });
}
