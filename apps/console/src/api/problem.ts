/** Failures of requests, as pages show them: the gateway's problem documents, and a gateway that does not answer. */

export interface FieldFault {
  readonly field: string;
  readonly message: string;
}

/** RFC 9457, as the gateway writes it. */
export interface ProblemDocument {
  readonly type?: string;
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly requestId?: string;
  readonly outcome?: 'applied' | 'not-applied' | 'unknown';
  readonly errors?: readonly FieldFault[];
}

const TYPE_PREFIX = 'urn:concord:problem:';

/** A request that failed. `code` is the problem's type without its prefix; `gateway-away` when nobody answered. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem';
  readonly code: string;
  readonly status: number;
  readonly document: ProblemDocument;

  constructor(code: string, status: number, document: ProblemDocument, cause?: unknown) {
    super(document.detail ?? document.title ?? code, { cause });
    this.code = code;
    this.status = status;
    this.document = document;
  }

  /** What is wrong with each field of a form, by the field's name in the body: `weight`, not `body.weight`. */
  get fieldMessages(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      (this.document.errors ?? []).map(({ field, message }) => [
        field.replace(/^body\./, ''),
        message,
      ]),
    );
  }
}

export const gatewayAway = (cause: unknown): RequestProblem =>
  new RequestProblem('gateway-away', 0, {}, cause);

/** The problem that an answer other than 2xx tells of; a proxy's page of HTML is one as well. */
export async function problemOf(answer: Response): Promise<RequestProblem> {
  const document = await documentOf(answer);
  const code = document.type?.startsWith(TYPE_PREFIX)
    ? document.type.slice(TYPE_PREFIX.length)
    : codeOfStatus(answer.status);
  return new RequestProblem(code, answer.status, document);
}

async function documentOf(answer: Response): Promise<ProblemDocument> {
  try {
    const body: unknown = await answer.json();
    if (typeof body === 'object' && body !== null) return body;
  } catch {
    // Not JSON: the status is all that is known.
  }
  return { status: answer.status, title: answer.statusText };
}

/** What proxies between us and the gateway answer with. */
const codeOfStatus = (status: number): string =>
  ({ 401: 'unauthenticated', 403: 'forbidden', 404: 'not-found', 429: 'too-many-requests' })[
    status
  ] ?? (status >= 502 && status <= 504 ? 'gateway-away' : 'internal');

/** Whether to ask again by ourselves would help. */
export const mayPassByItself = (error: unknown): boolean =>
  error instanceof RequestProblem &&
  ['gateway-away', 'cluster-away', 'timeout', 'too-many-requests'].includes(error.code);
