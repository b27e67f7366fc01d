/** Failures of the network in the words that Go has for them, since scripts look for these. */

/** The other side could not be reached at all, or not in time. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
}

/** The time for the whole command is over. */
export class DeadlineError extends ConnectionError {
  constructor() {
    super('context deadline exceeded');
  }
}

interface SystemError extends Error {
  readonly code?: string;
  readonly address?: string;
  readonly port?: number;
  readonly hostname?: string;
}

const dialReasons = new Map([
  ['ECONNREFUSED', 'connect: connection refused'],
  ['EHOSTUNREACH', 'connect: no route to host'],
  ['ENETUNREACH', 'connect: network is unreachable'],
  ['EADDRNOTAVAIL', 'connect: cannot assign requested address'],
  ['ETIMEDOUT', 'i/o timeout'],
]);

const authorityReasons = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);

export function networkError(cause: unknown): Error {
  const error = (
    cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause
  ) as SystemError;
  const { code = '', message } = error;
  const reason = dialReasons.get(code);
  if (reason !== undefined) return new ConnectionError(`dial tcp ${addressOf(error)}: ${reason}`);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new ConnectionError(`dial tcp: lookup ${error.hostname ?? ''}: no such host`);
  }
  if (message === 'socket hang up') return new Error('EOF');
  if (code === 'ECONNRESET') return new ConnectionError('read: connection reset by peer');
  if (authorityReasons.has(code)) {
    return new Error('x509: certificate signed by unknown authority');
  }
  if (/wrong version number|packet length too long/i.test(message)) {
    return new Error('tls: first record does not look like a TLS handshake');
  }
  const alert = /alert ([a-z ]+)/.exec(message)?.[1];
  if (alert !== undefined) {
    const name = alert === 'unknown ca' ? 'unknown certificate authority' : alert;
    return new Error(`remote error: tls: ${name}`);
  }
  return new Error(message);
}

function addressOf({ address = '', port = 0 }: SystemError): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
