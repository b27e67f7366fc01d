/** What an error that a call ended with says about the instance, and about trying elsewhere. */
import { ConcordError } from '@concord/client';
import type { CallOutcome } from './outcome.ts';

export interface Failure {
  /** `ok` for an answer that is the caller's own matter: not found, not allowed, not valid. */
  readonly outcome: CallOutcome;
  /** Whether the call may have reached the instance. What has not can be tried elsewhere without harm. */
  readonly mayBeSent: boolean;
}

/** Causes of causes that are looked at. */
const CAUSES_MAX = 8;

const CONNECT_CODES: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const TIMEOUT_CODES: ReadonlySet<unknown> = new Set([
  'ETIMEDOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ERR_HTTP2_STREAM_TIMEOUT',
]);

/** gRPC's codes that are about the server, and not about the request. */
const GRPC = { unknown: 2, deadline: 4, exhausted: 8, internal: 13, unavailable: 14, loss: 15 };
const GRPC_FAILED: ReadonlySet<number> = new Set([
  GRPC.unknown,
  GRPC.exhausted,
  GRPC.internal,
  GRPC.unavailable,
  GRPC.loss,
]);
/** How grpc-js begins what it says when no connection could be made. */
const GRPC_NOT_CONNECTED = /^(?:No connection established|Name resolution failed|concord:)/;

/**
 * Knows errors of Node's sockets, of `fetch` and undici, of grpc-js, of this SDK, and those with an HTTP `status`;
 * anything else is an error of the instance that may have been sent.
 */
export function failureOf(error: unknown): Failure {
  for (const each of causesOf(error)) {
    const failure = known(each);
    if (failure !== undefined) return failure;
  }
  return { outcome: 'error', mayBeSent: true };
}

function known(error: object): Failure | undefined {
  if (ConcordError.is(error)) {
    const outcome = error.code === 'DEADLINE' ? 'timeout' : 'error';
    return { outcome, mayBeSent: error.outcome !== 'not-applied' };
  }
  const { code, syscall, name, details } = error as Record<string, unknown>;
  if (CONNECT_CODES.has(code) || (code === 'ETIMEDOUT' && syscall === 'connect')) {
    return { outcome: 'connect-failed', mayBeSent: false };
  }
  if (TIMEOUT_CODES.has(code) || name === 'TimeoutError') {
    return { outcome: 'timeout', mayBeSent: true };
  }
  if (typeof code === 'number' && typeof details === 'string') return ofGrpc(code, details);
  const { status, statusCode = status } = error as Record<string, unknown>;
  return typeof statusCode === 'number' ? ofHttp(statusCode) : undefined;
}

/** @param details - what grpc-js says beside the code */
export function ofGrpc(code: number, details: string): Failure {
  if (code === GRPC.unavailable && GRPC_NOT_CONNECTED.test(details)) {
    return { outcome: 'connect-failed', mayBeSent: false };
  }
  if (code === GRPC.deadline) return { outcome: 'timeout', mayBeSent: true };
  return { outcome: GRPC_FAILED.has(code) ? 'error' : 'ok', mayBeSent: true };
}

/** Too many requests is the instance's trouble; any other 4xx is the caller's. */
export function ofHttp(status: number): Failure {
  return { outcome: status >= 500 || status === 429 ? 'error' : 'ok', mayBeSent: true };
}

/** The error, its causes, and what an AggregateError gathers, nearest first. */
function causesOf(error: unknown): object[] {
  const causes: object[] = [];
  const waiting = [error];
  while (waiting.length > 0 && causes.length < CAUSES_MAX) {
    const each = waiting.shift();
    if (typeof each !== 'object' || each === null) continue;
    causes.push(each);
    const { cause, errors } = each as { cause?: unknown; errors?: unknown };
    waiting.push(cause, ...(Array.isArray(errors) ? (errors as unknown[]) : []));
  }
  return causes;
}
