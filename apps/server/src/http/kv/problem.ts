/**
 * Why a request of the plain API fails, in the form of RFC 9457 (`application/problem+json`): for a person who reads it
 * and for a program that looks at `status` and `code`.
 */
import { etcdErrors, StatusCode, statusCodeName } from '@concord/protocol';
import type { LocalStatus } from '../../rpc/local-call.ts';
import { httpStatusOf } from '../gateway/status-json.ts';

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  429: 'Too Many Requests',
  499: 'Client Closed Request',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The gRPC code's name, where an RPC failed. */
  readonly code?: string;
}

/** A request that fails; it is thrown to the one place that answers it. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  /** Headers that belong to the answer, names and values in turn. */
  readonly headers: readonly string[];
  readonly #code: number | undefined;

  constructor(status: number, detail: string, headers: readonly string[] = [], code?: number) {
    super(detail);
    this.status = status;
    this.headers = headers;
    this.#code = code;
  }

  /** An RPC's failure. Some have an HTTP status of their own, where gRPC has but one code for many things. */
  static ofStatus({ code, message }: LocalStatus): Problem {
    const status = STATUS_BY_MESSAGE.get(message) ?? httpStatusOf(code);
    const challenge =
      code === StatusCode.UNAUTHENTICATED ? ['WWW-Authenticate', 'Bearer realm="etcd"'] : [];
    return new Problem(status, message, challenge, code);
  }

  get details(): ProblemDetails {
    return {
      type: 'about:blank',
      title: TITLES[this.status] ?? 'Error',
      status: this.status,
      detail: this.message,
      ...(this.#code !== undefined && { code: statusCodeName(this.#code) }),
    };
  }
}

/** Beside the mapping of codes: history that is gone, and values that are too large. */
const STATUS_BY_MESSAGE: ReadonlyMap<string, number> = new Map([
  [etcdErrors.ErrCompacted.message, 410],
  [etcdErrors.ErrRequestTooLarge.message, 413],
]);
