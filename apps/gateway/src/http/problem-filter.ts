/** Whatever a handler throws becomes a problem document; what nobody expected is logged and told without its insides. */
import {
  Catch,
  HttpException,
  NotFoundException,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Problem, problemOfSdk, type ProblemKind } from './problem.ts';
import type { RouteMethods } from './route-methods.ts';

@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #log: Logger;
  readonly #routes: Pick<RouteMethods, 'of'>;

  constructor(log: Logger, routes: Pick<RouteMethods, 'of'>) {
    this.#log = log;
    this.#routes = routes;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem =
      error instanceof NotFoundException ? this.#unknownRoute(request) : problemOf(error);
    if (problem.status >= 500) {
      this.#log.error({ requestId: request.id, err: error, url: request.url }, problem.message);
    }
    answer(problem, request, reply);
  }

  /** Only Nest says so, of a path that it has no handler for: handlers answer {@link Problem}s. */
  #unknownRoute({ url, method }: FastifyRequest): Problem {
    const path = url.split('?')[0] ?? '';
    const allowed = this.#routes.of(path);
    // A wildcard such as that of files takes the path, and found nothing.
    if (allowed.length === 0 || allowed.includes(method))
      return new Problem('not-found', {
        detail: `there is nothing at ${bounded(path)}: /openapi.json lists what there is`,
      });
    const allow = allowed.join(', ');
    return new Problem('method-not-allowed', {
      detail: `${method} is not offered at ${bounded(path)}, only ${allow}`,
      headers: { allow },
    });
  }
}

const bounded = (path: string): string => (path.length > 200 ? `${path.slice(0, 200)}…` : path);

/** Writes `problem` as the answer, unless an answer has begun. */
export function answer(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
  if (reply.sent || reply.raw.headersSent) return void reply.raw.destroy();
  void reply
    .status(problem.status)
    .headers({ ...problem.details.headers })
    .type('application/problem+json')
    .send(JSON.stringify(problem.document(request.url.split('?')[0], request.id)));
}

/** Any failure as a problem. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const ofSdk = problemOfSdk(error);
  if (ofSdk !== undefined) return ofSdk;
  const status = statusOf(error);
  if (status !== undefined && status < 500) {
    return new Problem(kindOfStatus(status), { detail: (error as Error).message, cause: error });
  }
  return new Problem('internal', {
    detail: 'the gateway could not answer; its log says more under the request id',
    cause: error,
  });
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const { statusCode } = error as { statusCode?: unknown };
  return typeof statusCode === 'number' ? statusCode : undefined;
}

const kindsByStatus: Readonly<Record<number, ProblemKind>> = {
  400: 'malformed-body',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  409: 'conflict',
  412: 'precondition-failed',
  408: 'request-timeout',
  413: 'too-large',
  414: 'uri-too-long',
  415: 'unsupported-media-type',
  422: 'invalid-content',
  429: 'too-many-requests',
  431: 'headers-too-large',
};

const kindOfStatus = (status: number): ProblemKind => kindsByStatus[status] ?? 'invalid-request';
