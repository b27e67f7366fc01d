/** Whatever a handler throws becomes a problem document; what nobody expected is logged and told without its insides. */
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Problem, problemOfSdk, type ProblemKind } from './problem.ts';

@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = problemOf(error);
    if (problem.status >= 500) {
      this.#log.error({ requestId: request.id, err: error, url: request.url }, problem.message);
    }
    answer(problem, request, reply);
  }
}

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
  413: 'too-large',
  415: 'unsupported-media-type',
  422: 'invalid-content',
  429: 'too-many-requests',
};

const kindOfStatus = (status: number): ProblemKind => kindsByStatus[status] ?? 'invalid-request';
