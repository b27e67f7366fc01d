/** How a command of the v2 set ends early: what it says on stderr, and etcdctl's statuses of that time. */

export const statuses = {
  success: 0,
  badArguments: 1,
  badConnection: 2,
  serverError: 4,
  clusterNotHealthy: 5,
  /** Of the help, for a command that there is not. */
  noHelp: 3,
} as const;

export class V2Failure extends Error {
  override readonly name = 'V2Failure';
  readonly status: number;
  /** Goes to stderr as it is. */
  readonly text: string;

  constructor(status: number, text: string) {
    super(text);
    this.status = status;
    this.text = text;
  }
}

/** The commands on keys say `Error:  …`, with a gap of two. */
export function keyFailure(status: number, error: Error): V2Failure {
  const detail = error instanceof ClusterError ? `${error.detail}\n` : '';
  return new V2Failure(status, `Error:  ${error.message}\n${detail}`);
}

/** The commands on members, users and roles say the error alone. */
export const plainFailure = (text: string): V2Failure =>
  new V2Failure(statuses.badArguments, `${text}\n`);

/** No endpoint answered, or none as it should: one error each. */
export class ClusterError extends Error {
  override readonly name = 'ClusterError';
  readonly errors: readonly Error[];

  constructor(errors: readonly Error[]) {
    const list = errors.map(({ message }, i) => `; error #${i}: ${message}\n`);
    super(`client: etcd cluster is unavailable or misconfigured${list.join('')}`);
    this.errors = errors;
  }

  get detail(): string {
    return this.errors.map(({ message }, i) => `error #${i}: ${message}\n`).join('');
  }
}
