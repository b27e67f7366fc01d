/** What a request to `/v2/keys` asks for, from its method and parameters; refused in etcd's order and words. */
import type { ByteString } from '@concord/protocol';
import type { Form } from './form.ts';
import { KeyError } from './key-error.ts';
import type { KeyPath } from './key-path.ts';

export interface ReadRequest {
  readonly kind: 'read';
  readonly path: KeyPath;
  readonly isRecursive: boolean;
  /** Through the leader; else from this member's own state, which may be behind. */
  readonly isQuorum: boolean;
}

export interface WaitRequest {
  readonly kind: 'wait';
  readonly path: KeyPath;
  readonly isRecursive: boolean;
  /** Goes on after the first event. */
  readonly isStream: boolean;
  /** 0: from now on. */
  readonly sinceIndex: number;
}

/** What a node is to be. */
interface Content {
  readonly isDirectory: boolean;
  readonly value: ByteString;
  /** Milliseconds since 1970; undefined for ever. */
  readonly expiryMs: number | undefined;
  /** Keeps the value, and tells nobody. */
  readonly isRefresh: boolean;
}

/** What must hold before; an empty value and the index 0 demand nothing. */
export interface Condition {
  readonly prevValue: ByteString;
  readonly prevIndex: bigint;
}

export type WriteRequest =
  | ({ readonly kind: 'set'; readonly path: KeyPath } & Content)
  | ({ readonly kind: 'create'; readonly path: KeyPath } & Content)
  /** A child of `path`, named by its index. */
  | ({ readonly kind: 'append'; readonly path: KeyPath } & Content)
  | ({ readonly kind: 'update'; readonly path: KeyPath } & Content)
  | ({ readonly kind: 'swap'; readonly path: KeyPath } & Content & Condition)
  | {
      readonly kind: 'delete';
      readonly path: KeyPath;
      readonly isDirectory: boolean;
      readonly isRecursive: boolean;
    }
  | ({ readonly kind: 'compare-and-delete'; readonly path: KeyPath } & Condition)
  /** Of the sweep alone: no client asks for it. */
  | { readonly kind: 'expire'; readonly path: KeyPath; readonly expiryMs: number };

export interface KeyRequest {
  readonly ask: ReadRequest | WaitRequest | WriteRequest;
  readonly omitsValueOnSuccess: boolean;
}

export type KeyMethod = 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';

/** Throws `KeyError`. */
export function parseKeyRequest(
  method: KeyMethod,
  path: KeyPath,
  form: Form,
  nowMs: number,
): KeyRequest {
  const prevIndex = readIndex(form, 'prevIndex');
  const sinceIndex = Number(readIndex(form, 'waitIndex'));
  const [isRecursive, , isWait, isDirectory, isQuorum, isStream] = (
    ['recursive', 'sorted', 'wait', 'dir', 'quorum', 'stream'] as const
  ).map((name) => readFlag(form, name)) as [boolean, boolean, boolean, boolean, boolean, boolean];
  if (isWait && method !== 'GET')
    throw new KeyError('invalidField', '"wait" can only be used with GET requests');
  const prevValue = form.get('prevValue');
  if (form.has('prevValue') && prevValue === '')
    throw new KeyError('prevValueRequired', '"prevValue" cannot be empty');
  const omitsValueOnSuccess = readFlag(form, 'noValueOnSuccess');
  const ttlSeconds = readTtl(form);
  const exists = form.has('prevExist') ? readFlag(form, 'prevExist', 'prevExist') : undefined;
  const isRefresh = readRefresh(form, ttlSeconds);
  const content: Content = {
    isDirectory,
    value: form.get('value'),
    expiryMs: ttlSeconds === undefined ? undefined : expiryOf(ttlSeconds, nowMs),
    isRefresh,
  };
  const condition: Condition = { prevValue, prevIndex };
  const answer = (ask: KeyRequest['ask']): KeyRequest => ({ ask, omitsValueOnSuccess });
  switch (method) {
    case 'GET':
    case 'HEAD':
      // A quorum read goes its own way in etcd, and waits for nothing.
      if (isWait && !isQuorum)
        return answer({ kind: 'wait', path, isRecursive, isStream, sinceIndex });
      return answer({ kind: 'read', path, isRecursive, isQuorum });
    case 'POST':
      return answer({ kind: 'append', path, ...content });
    case 'PUT':
      return answer({ ...putOf(exists, condition), path, ...content });
    case 'DELETE':
      if (demands(condition)) return answer({ kind: 'compare-and-delete', path, ...condition });
      return answer({ kind: 'delete', path, isDirectory, isRecursive });
  }
}

const demands = ({ prevValue, prevIndex }: Condition): boolean =>
  prevIndex > 0n || prevValue !== '';

function putOf(
  exists: boolean | undefined,
  condition: Condition,
): { kind: 'set' | 'create' | 'update' } | ({ kind: 'swap' } & Condition) {
  if (exists === false) return { kind: 'create' };
  if (demands(condition)) return { kind: 'swap', ...condition };
  return { kind: exists === true ? 'update' : 'set' };
}

const UINT64_MAX = 2n ** 64n - 1n;

/** Undefined for what is no number of 64 bits. */
function readUint64(text: ByteString): bigint | undefined {
  if (!/^\d+$/.test(text)) return undefined;
  const number = BigInt(text);
  return number > UINT64_MAX ? undefined : number;
}

function readIndex(form: Form, name: string): bigint {
  if (!form.has(name)) return 0n;
  const index = readUint64(form.get(name));
  if (index === undefined) throw new KeyError('indexNotANumber', `invalid value for "${name}"`);
  return index;
}

/** Go's spellings of a truth value. */
function readFlag(form: Form, name: string, shown = `"${name}"`): boolean {
  if (!form.has(name)) return false;
  const given = form.get(name);
  if (/^(?:1|t|T|true|TRUE|True)$/.test(given)) return true;
  if (/^(?:0|f|F|false|FALSE|False)$/.test(given)) return false;
  throw new KeyError('invalidField', `invalid value for ${shown}`);
}

function readTtl(form: Form): bigint | undefined {
  if (form.get('ttl') === '') return undefined;
  const seconds = readUint64(form.get('ttl'));
  if (seconds === undefined) throw new KeyError('ttlNotANumber', 'invalid value for "ttl"');
  return seconds;
}

function readRefresh(form: Form, ttlSeconds: bigint | undefined): boolean {
  if (!form.has('refresh') || !readFlag(form, 'refresh', 'refresh')) return false;
  if (form.get('value') !== '')
    throw new KeyError('valueOnRefresh', 'A value was provided on a refresh');
  if (ttlSeconds === undefined) throw new KeyError('ttlRequiredOnRefresh', 'No TTL value set');
  return true;
}

const NANOSECONDS_PER_SECOND = 1_000_000_000n;
const NANOSECONDS_PER_MS = 1_000_000n;
/** 2000-01-01: what lies before it comes out of an overflow, and means for ever. */
const EXPIRY_MS_MIN = Date.UTC(2000, 0, 1);

/** Overflows as etcd does, whose times are nanoseconds in 64 bits: what is far too long is for ever. */
function expiryOf(ttlSeconds: bigint, nowMs: number): number | undefined {
  const nowNs = BigInt(Math.floor(nowMs)) * NANOSECONDS_PER_MS;
  const expiryNs = BigInt.asIntN(
    64,
    nowNs + BigInt.asIntN(64, ttlSeconds * NANOSECONDS_PER_SECOND),
  );
  const expiryMs = Number(expiryNs / NANOSECONDS_PER_MS);
  return expiryMs < EXPIRY_MS_MIN ? undefined : expiryMs;
}
