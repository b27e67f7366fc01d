/** What a request is hashed by, under a hashing policy: one of its headers, or what the caller makes of it. */
import type { Dispatcher } from 'undici';
import { ConcordError, show } from '@concord/client';
import { invalidOption } from '../../options.ts';

/** A request, as far as keys are made of it. */
export interface RequestToHash {
  readonly service: string;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** @returns the value, several joined by a comma; undefined where there is none */
  header(name: string): string | undefined;
}

/** The name of a header, or a function; undefined for no key: any instance then. */
export type RequestHashKey = string | ((request: RequestToHash) => string | undefined);

/** A token of RFC 9110, as names of headers are. */
const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;

/** @throws ConcordError `INVALID_ARGUMENT` */
export function checkHashKey(operation: string, given: unknown): RequestHashKey {
  if (typeof given === 'function') return given as RequestHashKey;
  if (typeof given === 'string' && HEADER_NAME.test(given)) return given;
  const allowed = 'give the name of a header, such as "x-customer", or a function of the request';
  throw invalidOption(operation, 'hashKey', given, allowed);
}

/** @throws ConcordError `INVALID_ARGUMENT` for a key that is no text, and whatever the function throws */
export function hashKeyOf(
  hashKey: RequestHashKey,
  service: string,
  { method, path, headers }: Dispatcher.DispatchOptions,
): string | undefined {
  const header = (name: string): string | undefined => headerOf(headers, name.toLowerCase());
  if (typeof hashKey === 'string') return header(hashKey);
  const key: unknown = hashKey({ service, method, path, header });
  if (key === undefined || typeof key === 'string') return key;
  throw new ConcordError('INVALID_ARGUMENT', {
    operation: 'registry.dispatch',
    subject: service,
    problem: `"hashKey" returned ${show(key)} for ${method} ${path}`,
    remedy: 'return a text, or undefined for any instance',
  });
}

/** Headers in each of undici's shapes: names and values in turn, pairs, or an object. */
function headerOf(
  headers: Dispatcher.DispatchOptions['headers'],
  name: string,
): string | undefined {
  const values: string[] = [];
  for (const [other, value] of pairsOf(headers)) {
    if (other.toLowerCase() === name && value !== undefined) values.push(...[value].flat());
  }
  return values.length === 0 ? undefined : values.join(', ');
}

type HeaderPair = readonly [name: string, value: string | readonly string[] | undefined];

function pairsOf(headers: Dispatcher.DispatchOptions['headers']): Iterable<HeaderPair> {
  if (headers === null || headers === undefined) return [];
  if (Array.isArray(headers)) {
    const turns = headers as readonly string[];
    return Array.from({ length: turns.length >>> 1 }, (_, n) => [
      String(turns[2 * n]),
      String(turns[2 * n + 1]),
    ]);
  }
  if (Symbol.iterator in headers) return headers as Iterable<HeaderPair>;
  return Object.entries(headers as Record<string, string | string[] | undefined>);
}
