/** The one table of failures that users of the SDK can expect, and what each says about being tried again. */

/** What became of a request: `unknown` means that the server may or may not have applied it. */
export type Outcome = 'applied' | 'not-applied' | 'unknown';

interface Row {
  /** Whether the same call may succeed a little later, with nothing changed. */
  readonly retryable: boolean;
  readonly outcome: Outcome;
}

const rows = {
  /** An option or argument that can't be meant. Nothing was sent. */
  INVALID_ARGUMENT: { retryable: false, outcome: 'not-applied' },
  /** No endpoint answers, or the cluster has no leader. */
  UNAVAILABLE: { retryable: true, outcome: 'not-applied' },
  /** The time of the call was up before an answer came. */
  DEADLINE: { retryable: true, outcome: 'unknown' },
  /** The caller's own signal. */
  ABORTED: { retryable: false, outcome: 'unknown' },
  /** Wrong or missing credentials. */
  UNAUTHENTICATED: { retryable: false, outcome: 'not-applied' },
  /** Credentials that are not allowed to do this. */
  FORBIDDEN: { retryable: false, outcome: 'not-applied' },
  NOT_FOUND: { retryable: false, outcome: 'not-applied' },
  /** Somebody else was first. */
  CONFLICT: { retryable: false, outcome: 'not-applied' },
  /** The revision asked for is gone. */
  COMPACTED: { retryable: false, outcome: 'not-applied' },
  /** The server's space, or a limit of its own. */
  QUOTA: { retryable: false, outcome: 'not-applied' },
  /** The session's lease is gone, or could be. */
  SESSION_LOST: { retryable: false, outcome: 'unknown' },
  /** A lock that was held may be another's by now. */
  LOCK_LOST: { retryable: false, outcome: 'unknown' },
  /** The wait for a lock was given up. */
  NOT_ACQUIRED: { retryable: true, outcome: 'not-applied' },
  /** A newer holder's token was seen. */
  FENCED: { retryable: false, outcome: 'not-applied' },
  /** Nobody to pick. */
  NO_INSTANCES: { retryable: true, outcome: 'not-applied' },
  /** A value that its schema rejects. */
  CONFIG_INVALID: { retryable: false, outcome: 'not-applied' },
  CONFIG_MISSING: { retryable: false, outcome: 'not-applied' },
  /** The object was closed before or during the call. */
  CLOSED: { retryable: false, outcome: 'not-applied' },
  /** Something that should not happen; the cause says more. */
  INTERNAL: { retryable: false, outcome: 'unknown' },
} as const satisfies Record<string, Row>;

/** What kind of failure it is: each code's meaning is at its row above. */
export type ConcordErrorCode = keyof typeof rows;

/** What an error is made of. */
export interface ConcordErrorDetails {
  /** What was asked, as users call it: `kv.put`, `registry.register: option "weight"`. */
  readonly operation: string;
  /** What went wrong, with the value in question. */
  readonly problem: string;
  /** What it was about: a key, a service, an endpoint. */
  readonly subject?: string | undefined;
  /** What to do next. */
  readonly remedy?: string | undefined;
  /** Where it differs from what the code says by itself. */
  readonly outcome?: Outcome | undefined;
  readonly retryable?: boolean | undefined;
  /** The status of the gRPC call that failed, if one did. */
  readonly grpcCode?: number | undefined;
  readonly cause?: unknown;
}

const brand = Symbol.for('concord.error');

/** An expected failure. Its message names the operation, the problem and the remedy. */
export class ConcordError extends Error {
  override readonly name = 'ConcordError';
  readonly code: ConcordErrorCode;
  readonly operation: string;
  readonly subject: string | undefined;
  readonly remedy: string | undefined;
  readonly retryable: boolean;
  readonly outcome: Outcome;
  readonly grpcCode: number | undefined;

  constructor(code: ConcordErrorCode, details: ConcordErrorDetails) {
    const { operation, problem, remedy, cause } = details;
    const text = `${operation}: ${problem}${remedy === undefined ? '' : `; ${remedy}`}`;
    super(text, cause === undefined ? undefined : { cause });
    this.code = code;
    this.operation = operation;
    this.subject = details.subject;
    this.remedy = remedy;
    this.retryable = details.retryable ?? rows[code].retryable;
    this.outcome = details.outcome ?? rows[code].outcome;
    this.grpcCode = details.grpcCode;
    Object.defineProperty(this, brand, { value: true });
  }

  /** Whether `error` is one of ours, of this or another copy of the package in the process. */
  static is(error: unknown, code?: ConcordErrorCode): error is ConcordError {
    if (!(error instanceof Error) || !(brand in error)) return false;
    return code === undefined || (error as unknown as ConcordError).code === code;
  }
}
