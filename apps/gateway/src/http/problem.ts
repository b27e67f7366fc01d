/** Failures as people and programs read them: problem documents of RFC 9457. */
import { ConcordError, type ConcordErrorCode } from '@concord/client';

/** One thing that is wrong with a request, and where: `body.weight`, `query.limit`. */
export interface FieldFault {
  readonly field: string;
  readonly message: string;
}

/** The document, as `application/problem+json`. */
export interface ProblemDocument {
  /** `urn:concord:problem:` and the code: stable, for programs. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** What went wrong with this very request, and the remedy. */
  readonly detail: string;
  /** The path that was asked. */
  readonly instance?: string;
  readonly requestId?: string;
  /** Whether the write took place: `unknown` after a connection broke. */
  readonly outcome?: 'applied' | 'partly-applied' | 'not-applied' | 'unknown';
  readonly errors?: readonly FieldFault[];
}

/** Each kind of problem: its HTTP status and its title. One table for the whole gateway. */
const kinds = {
  'invalid-request': { status: 400, title: 'The request is not valid' },
  'malformed-body': { status: 400, title: 'The body cannot be read' },
  'malformed-request': { status: 400, title: 'This is no HTTP' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  forbidden: { status: 403, title: 'Not permitted' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'This method is not offered here' },
  'request-timeout': { status: 408, title: 'The request did not arrive in time' },
  conflict: { status: 409, title: 'It is in another state' },
  gone: { status: 410, title: 'That part of history is gone' },
  'precondition-failed': { status: 412, title: 'It has changed since it was read' },
  'too-large': { status: 413, title: 'The body is too large' },
  'uri-too-long': { status: 414, title: 'The address is too long' },
  'unsupported-media-type': { status: 415, title: 'This kind of body is not read here' },
  'invalid-content': { status: 422, title: 'The content is not valid' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  'over-quota': { status: 507, title: 'The cluster has no room' },
  'cluster-away': { status: 503, title: 'The cluster does not answer' },
  'not-ready': { status: 503, title: 'Not ready for requests' },
  'no-instances': { status: 503, title: 'No instance can be picked' },
  timeout: { status: 504, title: 'No answer in time' },
  internal: { status: 500, title: 'A defect of the gateway' },
} as const;

export type ProblemKind = keyof typeof kinds;

export interface ProblemDetails {
  readonly detail: string;
  readonly errors?: readonly FieldFault[];
  readonly outcome?: ProblemDocument['outcome'];
  /** Members of the document that only this kind of request has. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** Response headers that belong to it, such as `retry-after`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** An expected failure of the gateway: thrown anywhere, answered as a {@link ProblemDocument}. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly kind: ProblemKind;
  readonly details: ProblemDetails;

  constructor(kind: ProblemKind, details: ProblemDetails) {
    super(details.detail, { cause: details.cause });
    this.kind = kind;
    this.details = details;
  }

  get status(): number {
    return kinds[this.kind].status;
  }

  document(instance?: string, requestId?: string): ProblemDocument {
    const { status, title } = kinds[this.kind];
    const { detail, errors, outcome, extensions } = this.details;
    return {
      ...extensions,
      type: `urn:concord:problem:${this.kind}`,
      title,
      status,
      detail,
      ...(instance !== undefined && { instance }),
      ...(requestId !== undefined && { requestId }),
      ...(outcome !== undefined && { outcome }),
      ...(errors !== undefined && { errors }),
    };
  }
}

const kindOf: Readonly<Record<ConcordErrorCode, ProblemKind>> = {
  INVALID_ARGUMENT: 'invalid-request',
  UNAVAILABLE: 'cluster-away',
  DEADLINE: 'timeout',
  ABORTED: 'timeout',
  UNAUTHENTICATED: 'unauthenticated',
  FORBIDDEN: 'forbidden',
  NOT_FOUND: 'not-found',
  CONFLICT: 'conflict',
  COMPACTED: 'gone',
  QUOTA: 'over-quota',
  SESSION_LOST: 'conflict',
  LOCK_LOST: 'conflict',
  NOT_ACQUIRED: 'conflict',
  FENCED: 'conflict',
  NO_INSTANCES: 'no-instances',
  CONFIG_INVALID: 'invalid-content',
  CONFIG_MISSING: 'not-found',
  CLOSED: 'cluster-away',
  INTERNAL: 'internal',
};

/** What the SDK reports, as the gateway answers it; `undefined` for what is not of the SDK. */
export function problemOfSdk(error: unknown): Problem | undefined {
  if (!ConcordError.is(error)) return undefined;
  if (error.code === 'UNAUTHENTICATED' || error.code === 'FORBIDDEN') {
    // Who asks was checked before: it is the gateway itself that the cluster does not let in.
    return new Problem('cluster-away', {
      detail: `the cluster refuses the gateway's own user: ${error.message}`,
      outcome: error.outcome,
      cause: error,
    });
  }
  const kind = kindOf[error.code];
  return new Problem(kind, {
    detail: error.message,
    outcome: error.outcome,
    cause: error,
    ...(kind === 'invalid-request' && {
      errors: [{ field: fieldOf(error), message: error.message }],
    }),
  });
}

/** What the SDK calls an option, a client has sent as a field. */
function fieldOf({ operation, message }: ConcordError): string {
  const option = /option "([^"]+)"/.exec(`${operation} ${message}`)?.[1];
  return option === undefined ? 'request' : `body.${option}`;
}
