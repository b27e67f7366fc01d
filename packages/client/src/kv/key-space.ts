/**
 * The keys of one namespace: puts its prefix before keys and ranges, and takes it off what comes back. The client
 * without a namespace has the empty prefix.
 */
import { Buffer } from 'node:buffer';
import { keyBytes, keyText } from '../key-text.ts';
import { invalid, show } from '../options.ts';

/** A key, as text or as bytes. */
export type Key = string | Uint8Array;

/** One key; all keys with a prefix; or the keys from `from` up to, not including, `to` (all that follow without it). */
export type KeyRange =
  Key | { readonly prefix: Key } | { readonly from: Key; readonly to?: Key | undefined };

/** A range as etcd's messages have it. */
export interface WireRange {
  readonly key: Uint8Array;
  readonly rangeEnd: Uint8Array;
}

const NOTHING = new Uint8Array(0);
const ZERO = Uint8Array.of(0);

export class KeySpace {
  readonly prefix: Uint8Array;

  constructor(prefix: Uint8Array = NOTHING) {
    this.prefix = prefix;
  }

  /** The namespace `prefix` within this one. */
  within(prefix: Key): KeySpace {
    return new KeySpace(Buffer.concat([this.prefix, bytesOf(prefix)]));
  }

  /** @throws ConcordError `INVALID_ARGUMENT` unless it is a string or bytes that are not empty */
  key(key: Key, operation: string): Uint8Array {
    const bytes = isKey(key) ? bytesOf(key) : NOTHING;
    if (bytes.length === 0)
      throw invalid(operation, `${show(key)} is no key`, 'give a string or bytes, not empty');
    return this.#prefixed(bytes);
  }

  /** @throws ConcordError `INVALID_ARGUMENT` unless it is a key, `{ prefix }` or `{ from, to }` */
  range(range: KeyRange, operation: string): WireRange {
    if (isKey(range)) return { key: this.key(range, operation), rangeEnd: NOTHING };
    if (typeof range === 'object' && (range as unknown) !== null) {
      if ('prefix' in range && isKey(range.prefix)) {
        const prefix = this.#prefixed(bytesOf(range.prefix));
        return { key: prefix.length === 0 ? ZERO : prefix, rangeEnd: endOfPrefix(prefix) };
      }
      if ('from' in range && isKey(range.from) && (range.to === undefined || isKey(range.to))) {
        const from = this.#prefixed(bytesOf(range.from));
        const key = from.length === 0 ? ZERO : from;
        if (range.to === undefined) return { key, rangeEnd: endOfPrefix(this.prefix) };
        if (bytesOf(range.to).length > 0)
          return { key, rangeEnd: this.#prefixed(bytesOf(range.to)) };
      }
    }
    throw invalid(
      operation,
      `${show(range)} is no range of keys`,
      'give a key, { prefix }, { from } or { from, to }',
    );
  }

  /** A key of this namespace without its prefix. */
  strip(key: Uint8Array): Uint8Array {
    return this.prefix.length === 0 ? key : key.subarray(this.prefix.length);
  }

  /** Whether `key`, as the server has it, is of this namespace. */
  holds(key: Uint8Array): boolean {
    return Buffer.compare(key.subarray(0, this.prefix.length), this.prefix) === 0;
  }

  #prefixed(key: Uint8Array): Uint8Array {
    return this.prefix.length === 0 ? key : Buffer.concat([this.prefix, key]);
  }
}

function isKey(value: unknown): value is Key {
  return typeof value === 'string' || value instanceof Uint8Array;
}

export function bytesOf(key: Key): Uint8Array {
  return typeof key === 'string' ? keyBytes(key) : key;
}

/** A range in words, for errors and logs. */
export function describeRange(range: KeyRange): string {
  const text = (key: Key): string => (typeof key === 'string' ? key : keyText(key));
  if (isKey(range)) return text(range);
  if ('prefix' in range) return `${text(range.prefix)}*`;
  return `[${text(range.from)}, ${range.to === undefined ? '…' : text(range.to)})`;
}

/** The first key after all with `prefix`; one zero byte, etcd's word for "no end", where there is none. */
export function endOfPrefix(prefix: Uint8Array): Uint8Array {
  for (let last = prefix.length - 1; last >= 0; last--) {
    const byte = prefix[last] as number;
    if (byte === 0xff) continue;
    const end = Uint8Array.from(prefix.subarray(0, last + 1));
    end[last] = byte + 1;
    return end;
  }
  return ZERO;
}
