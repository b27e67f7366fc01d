/** A call that failed, in the words of etcd's client: they stand behind `Error:`. */
import { etcdErrors, statusCodeName } from '@concord/protocol';

const texts: ReadonlySet<string> = new Set(
  Object.values(etcdErrors)
    .map(({ message }) => message)
    .filter((message) => message.startsWith('etcdserver: ')),
);

export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly code: number;
  /** What the server says. */
  readonly details: string;
  /** Whether a server may have taken the request. */
  readonly isSent: boolean;

  constructor(code: number, details: string, isSent: boolean) {
    super(
      texts.has(details) ? details : `rpc error: code = ${statusCodeName(code)} desc = ${details}`,
    );
    this.code = code;
    this.details = details;
    this.isSent = isSent;
  }
}

/** The time that a command may take is over. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
  constructor() {
    super('context deadline exceeded');
  }
}
