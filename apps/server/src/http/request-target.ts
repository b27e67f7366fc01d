/**
 * The path and the parameters of a request as they were sent, not normalised: in a key every byte counts. Clients of a
 * proxy send the whole URL (RFC 9112, section 3.2.2); its origin is of no interest here.
 */
import type { IncomingMessage } from 'node:http';

export interface RequestTarget {
  /** Percent escapes are still there. */
  readonly path: string;
  readonly parameters: string;
}

const ORIGIN = /^https?:\/\/[^/?]*/i;

export function targetOf({ url = '/' }: Pick<IncomingMessage, 'url'>): RequestTarget {
  const target = url.startsWith('/') ? url : url.replace(ORIGIN, '');
  const at = target.indexOf('?');
  if (at < 0) return { path: target, parameters: '' };
  return { path: target.slice(0, at), parameters: target.slice(at + 1) };
}
