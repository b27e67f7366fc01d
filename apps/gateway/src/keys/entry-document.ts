/** A stored entry as the API shows it: text where it is text, bytes where not, nothing of the gateway's own secrets. */
import { Buffer, isUtf8 } from 'node:buffer';
import { keyBytes, type Entry } from '@concord/client';
import { TOKENS_PREFIX } from '../access/api-tokens.ts';
import { SET_UP_KEY } from '../access/set-up-offer.ts';
import { SIGNING_KEYS_PREFIX } from '../access/signing-keys.ts';
import type { EntryDocument } from './key-schemas.ts';

/** What lies there opens doors: administrators see that it is there, nobody sees what it is. */
const PROTECTED = [SIGNING_KEYS_PREFIX, TOKENS_PREFIX, SET_UP_KEY];

export const isProtected = (key: string): boolean =>
  PROTECTED.some((prefix) => key.startsWith(prefix));

export interface Showing {
  readonly keysOnly?: boolean;
  /** Longer values are cut; all of it when not given. */
  readonly valueBytesMax?: number;
}

export function entryDocument(
  entry: Entry,
  { keysOnly = false, valueBytesMax }: Showing = {},
): EntryDocument {
  return {
    ...spelledKey(entry),
    ...(keysOnly ? {} : shownValue(entry, valueBytesMax)),
    createRevision: entry.createRevision,
    modRevision: entry.modRevision,
    version: entry.version,
    ...(entry.lease !== 0n && { lease: entry.lease.toString(16) }),
  };
}

/** A lone surrogate stands for a byte that is no UTF-8, and JSON cannot carry it. */
function spelledKey({ key, keyBytes: bytes }: Entry): Pick<EntryDocument, 'key' | 'keyBase64'> {
  if (isUtf8(bytes)) return { key };
  return {
    key: Buffer.from(bytes).toString('utf8'),
    keyBase64: Buffer.from(bytes).toString('base64'),
  };
}

function shownValue(
  { key, value }: Entry,
  bytesMax = value.length,
): Pick<EntryDocument, 'value' | 'valueBytes' | 'isTruncated' | 'isProtected'> {
  if (isProtected(key)) return { valueBytes: value.length, isProtected: true };
  const isTruncated = value.length > bytesMax;
  const bytes = Buffer.from(
    value.subarray(0, isTruncated ? wholeCharacters(value, bytesMax) : undefined),
  );
  return {
    value: isUtf8(bytes) ? { text: bytes.toString() } : { base64: bytes.toString('base64') },
    valueBytes: value.length,
    ...(isTruncated && { isTruncated }),
  };
}

/** Does not cut a character of UTF-8 in two, so that text stays text. */
function wholeCharacters(value: Uint8Array, bytesMax: number): number {
  const isContinuation = (at: number): boolean => (value[at]! & 0xc0) === 0x80;
  let end = bytesMax;
  while (end > 0 && bytesMax - end < 4 && isContinuation(end)) end -= 1;
  return end;
}

/** The key that a path spells. */
export const keyOfPath = (path: string, encoding: 'text' | 'base64url'): Uint8Array =>
  encoding === 'text' ? keyBytes(path) : Buffer.from(path, 'base64url');

export const valueBytesOf = (value: { text: string } | { base64: string }): Uint8Array =>
  'text' in value ? Buffer.from(value.text) : Buffer.from(value.base64, 'base64');
