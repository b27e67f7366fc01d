/** Whatever a handler throws becomes a problem document; what nobody expected is logged and told without its insides. */
import { Catch, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Problem } from './problem.ts';
import { problemOf } from './problem-of.ts';
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
    if (error instanceof NotFoundException && request.method === 'OPTIONS') {
      const allowed = this.#routes.of(request.url.split('?')[0] ?? '');
      if (allowed.length > 0) return this.#tellMethods(allowed, reply);
    }
    const problem =
      error instanceof NotFoundException ? this.#unknownRoute(request) : problemOf(error);
    if (problem.status >= 500) {
      this.#log.error({ requestId: request.id, err: error, url: request.url }, problem.message);
    }
    answer(problem, request, reply);
  }

  #tellMethods(allowed: readonly string[], reply: FastifyReply): void {
    void reply
      .status(204)
      .header('allow', [...allowed, 'OPTIONS'].join(', '))
      .send();
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
