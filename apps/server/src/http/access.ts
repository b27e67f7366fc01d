/**
 * Who may ask by HTTP, decided before any path is looked at. A member has no cookies, but a browser inside the network
 * reaches it on behalf of any page that its user opens; so a page is told nothing and can change nothing unless
 * `--cors` names its origin, and a name that is not this member's is not answered (DNS rebinding: a page's own name
 * made to resolve to 127.0.0.1).
 *
 * Programs are served as etcd serves them: they send no `Origin`, and curl's form type is taken for JSON.
 */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isIPv4 } from 'node:net';
import type { Address } from '../config/address.ts';
import type { FlagValues } from '../config/flags.ts';

/** Why a request is not taken. */
export interface Refusal {
  readonly status: 403 | 415 | 421;
  readonly text: string;
}

/** What the bodies of an API are: forms can be sent by a page of any origin without asking first. */
export type BodyKind = 'json' | 'forms';

export interface AccessRules {
  /** As browsers send them in `Origin`; `*` is any. */
  readonly origins: readonly string[];
  /** Lower-case names by which this listener may be asked; undefined for any. */
  readonly hosts: ReadonlySet<string> | undefined;
  /** Loopback names and addresses are taken, and requests without a name. */
  readonly takesLoopback: boolean;
}

/** The rules of one listener. Behind TLS a foreign name has no certificate, so any is taken, as in etcd. */
export function accessRules(values: FlagValues, listener: Address): AccessRules {
  const origins = values.cors;
  const named = values['host-whitelist'];
  const isPlainNetwork = listener.scheme === 'http';
  if (!isPlainNetwork || named.includes('*')) {
    return { origins, hosts: undefined, takesLoopback: true };
  }
  if (named.length > 0) {
    const hosts = new Set(named.map((host) => host.toLowerCase()));
    return { origins, hosts, takesLoopback: false };
  }
  if (!isLoopback(listener.host)) return { origins, hosts: undefined, takesLoopback: true };
  const advertised = values['advertise-client-urls'].map(({ host }) => host.toLowerCase());
  return { origins, hosts: new Set(advertised), takesLoopback: true };
}

/** What of a request decides. */
export type AskedRequest = Pick<IncomingMessage, 'method' | 'headers'>;

export class Access {
  readonly #rules: AccessRules;

  constructor(rules: AccessRules) {
    this.#rules = rules;
  }

  /** Why this request is not taken; undefined when it is. An upgrade counts as one that changes something. */
  refuse({ method, headers }: AskedRequest, bodies: BodyKind): Refusal | undefined {
    const host = headers.host ?? '';
    if (!this.#answersTo(host)) return misdirected(host);
    const isRead = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
    if (isRead && headers.upgrade === undefined) return undefined;
    if (!this.#takesOrigin(headers)) return foreignOrigin(headers.origin ?? 'another site');
    const isTaken = isRead || bodies === 'forms' || isJson(headers) || isFromProgram(headers);
    return isTaken ? undefined : notJson(headers['content-type'] ?? 'none');
  }

  /**
   * What lets a page of another origin read the answer: nothing, unless `--cors` names it. `requestHeaders` are those
   * that it may send beside etcd's.
   */
  crossOriginHeaders(
    { origin }: IncomingHttpHeaders,
    requestHeaders: readonly string[] = [],
  ): Readonly<Record<string, string>> {
    const { origins } = this.#rules;
    if (origins.length === 0) return NOTHING_ALLOWED;
    const allowed = origins.includes('*') ? '*' : origins.find((each) => each === origin);
    if (allowed === undefined) return varies;
    return {
      'Access-Control-Allow-Methods': 'POST, GET, OPTIONS, PUT, DELETE',
      'Access-Control-Allow-Headers': [...TAKEN_HEADERS, ...requestHeaders].join(', '),
      'Access-Control-Allow-Origin': allowed,
      ...(allowed !== '*' && varies),
    };
  }

  #answersTo(host: string): boolean {
    const { hosts, takesLoopback } = this.#rules;
    if (hosts === undefined) return true;
    const name = hostName(host);
    return hosts.has(name) || (takesLoopback && (name === '' || isLoopback(name)));
  }

  #takesOrigin(headers: IncomingHttpHeaders): boolean {
    const { origins } = this.#rules;
    const { origin, host } = headers;
    if (origins.includes('*')) return true;
    if (origin !== undefined) {
      return origins.includes(origin) || origin.replace(/^https?:\/\//, '') === host;
    }
    const site = headers['sec-fetch-site'];
    return site === undefined || site === 'same-origin' || site === 'none';
  }
}

/** etcd's. */
const TAKEN_HEADERS = ['accept', 'content-type', 'authorization'];
const NOTHING_ALLOWED = {};
/** For caches: the answer differs by who asks. */
const varies = { Vary: 'Origin' };

/** `example.com` of `Example.com:80`, `::1` of `[::1]:80`. */
function hostName(host: string): string {
  const bracketed = /^\[([^\]]*)\]/.exec(host)?.[1];
  return (bracketed ?? host.replace(/:\d*$/, '')).toLowerCase();
}

function isLoopback(name: string): boolean {
  if (name === 'localhost' || name.endsWith('.localhost') || name === '::1') return true;
  return isIPv4(name) && name.startsWith('127.');
}

const mediaType = ({ 'content-type': type = '' }: IncomingHttpHeaders): string =>
  (type.split(';', 1)[0] ?? '').trim().toLowerCase();

const isJson = (headers: IncomingHttpHeaders): boolean => mediaType(headers) === 'application/json';

/**
 * Neither a browser's mark nor one of the types that only a form of a page sends: what curl and most libraries do when
 * nobody tells them a type.
 */
const isFromProgram = (headers: IncomingHttpHeaders): boolean =>
  headers.origin === undefined &&
  headers['sec-fetch-site'] === undefined &&
  ['', 'application/x-www-form-urlencoded'].includes(mediaType(headers));

const misdirected = (host: string): Refusal => ({
  status: 421,
  text:
    `This member does not answer to the name "${host}". If it is meant to, start it with ` +
    `--host-whitelist ${hostName(host) || 'NAME'}, or ask over https.\n`,
});

const foreignOrigin = (origin: string): Refusal => ({
  status: 403,
  text:
    `Requests of pages from ${origin} are not taken. If they are meant to be, start this member with ` +
    `--cors ${origin.includes('://') ? origin : 'ORIGIN'}.\n`,
});

const notJson = (type: string): Refusal => ({
  status: 415,
  text: `The content type is ${type}; send application/json.\n`,
});
