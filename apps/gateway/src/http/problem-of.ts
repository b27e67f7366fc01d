/** What a failure is told as, whoever met it: the gateway itself, the SDK, Nest or Fastify. */
import { HttpException } from '@nestjs/common';
import { Problem, problemOfSdk, type ProblemKind } from './problem.ts';

const READ_HERE =
  'bodies are read as JSON: send them with "content-type: application/json" (or application/merge-patch+json)';

/** Any failure as a problem. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const ofSdk = problemOfSdk(error);
  if (ofSdk !== undefined) return ofSdk;
  const status = statusOf(error);
  if (status !== undefined && status < 500) {
    const detail = status === 415 ? READ_HERE : (error as Error).message;
    return new Problem(kindOfStatus(status), { detail, cause: error });
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
