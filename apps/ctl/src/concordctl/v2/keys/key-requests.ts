/** Requests on keys, with parameters in the order and the escaping that `--debug` shows. */
import { posix } from 'node:path';
import type { V2Request } from '../connection/exchange.ts';

type Parameters = Readonly<Record<string, string | undefined>>;

const form = 'application/x-www-form-urlencoded';

export interface GetSelection {
  readonly recursive?: boolean;
  readonly sorted?: boolean;
  readonly quorum?: boolean;
}

export function getRequest(key: string, selection: GetSelection): V2Request {
  const { recursive = false, sorted = false, quorum = false } = selection;
  const query = encode({
    quorum: String(quorum),
    recursive: String(recursive),
    sorted: String(sorted),
  });
  return { method: 'GET', path: keyPath(key), query };
}

export function waitRequest(key: string, recursive: boolean, waitIndex: number): V2Request {
  const query = encode({
    recursive: String(recursive),
    wait: 'true',
    waitIndex: String(waitIndex),
  });
  return { method: 'GET', path: keyPath(key), query, isWait: true };
}

export interface SetSelection {
  readonly isDirectory?: boolean;
  readonly ttlSeconds?: number;
  readonly previousValue?: string;
  readonly previousIndex?: number;
  readonly previousExists?: boolean;
}

export function setRequest(key: string, value: string, selection: SetSelection): V2Request {
  const { isDirectory = false, ttlSeconds, previousValue, previousIndex } = selection;
  const { previousExists } = selection;
  const query = encode({
    dir: isDirectory ? 'true' : undefined,
    prevExist: previousExists === undefined ? undefined : String(previousExists),
    prevIndex: index(previousIndex),
    prevValue: isDirectory ? undefined : previousValue || undefined,
  });
  const body = encode({ ttl: ttl(ttlSeconds), value: isDirectory ? undefined : value });
  const parameters = query === '' ? {} : { query };
  return { method: 'PUT', path: keyPath(key), ...parameters, body, contentType: form };
}

export function createInOrderRequest(key: string, value: string, ttlSeconds: number): V2Request {
  const body = encode({ ttl: ttl(ttlSeconds), value });
  return { method: 'POST', path: keyPath(key), body, contentType: form };
}

export interface DeleteSelection {
  readonly isDirectory?: boolean;
  readonly recursive?: boolean;
  readonly previousValue?: string;
  readonly previousIndex?: number;
}

export function deleteRequest(key: string, selection: DeleteSelection): V2Request {
  const { isDirectory = false, recursive = false, previousValue, previousIndex } = selection;
  const query = encode({
    dir: isDirectory ? 'true' : undefined,
    prevIndex: index(previousIndex),
    prevValue: previousValue || undefined,
    recursive: recursive ? 'true' : undefined,
  });
  return {
    method: 'DELETE',
    path: keyPath(key),
    ...(query !== '' && { query }),
    contentType: form,
  };
}

const ttl = (seconds = 0): string | undefined => (seconds > 0 ? String(seconds) : undefined);

/** A negative one is sent as the unsigned number that Go makes of it. */
const index = (given = 0): string | undefined =>
  given === 0 ? undefined : String(BigInt.asUintN(64, BigInt(given)));

/** Names stand in alphabetical order where this is called. */
const encode = (parameters: Parameters): string =>
  Object.entries(parameters)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([name, value]) => `${name}=${escapeParameter(value)}`)
    .join('&');

const percent = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

const escapeParameter = (text: string): string =>
  encodeURIComponent(text)
    .replace(/[!'()*]/g, percent)
    .replaceAll('%20', '+');

/** The path of a key: cleaned of dots and of slashes that say nothing, but for the last. */
export function keyPath(key: string): string {
  const path = `/v2/keys${key === '' || key.startsWith('/') ? key : `/${key}`}`;
  const clean = posix.normalize(path);
  return encodeURI(clean.toWellFormed()).replace(/[!'()*?#]/g, percent);
}
