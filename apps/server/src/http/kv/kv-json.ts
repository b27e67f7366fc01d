/** Keys and values as JSON: text where they are UTF-8, base64 under another name where they are not. */
import type { KeyValue } from '@concord/protocol';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text that `bytes` are in UTF-8, or undefined. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

export function keyJson(key: Uint8Array): { key: string } | { keyBase64: string } {
  const text = textOf(key);
  return text === undefined ? { keyBase64: base64(key) } : { key: text };
}

function valueJson(value: Uint8Array): { value: string } | { valueBase64: string } {
  const text = textOf(value);
  return text === undefined ? { valueBase64: base64(value) } : { value: text };
}

/** A pair with its history. Revisions are numbers; the id of a lease is a string, for it may be too large for one. */
export function pairJson(kv: KeyValue): object {
  return { ...keyJson(kv.key), ...valueJson(kv.value), ...historyJson(kv) };
}

function historyJson({ createRevision, modRevision, version, lease }: KeyValue): object {
  return { createRevision, modRevision, version, ...(lease !== 0n && { lease: String(lease) }) };
}

const BEGINS_JSON = /^[ \t\r\n]*(?:[{["\-\d]|true|false|null)/;

/** The content type of a value: what it is by its looks. */
export function contentTypeOf(value: Uint8Array): string {
  const text = textOf(value);
  if (text === undefined) return 'application/octet-stream';
  return isJson(text) ? 'application/json' : 'text/plain; charset=utf-8';
}

function isJson(text: string): boolean {
  if (!BEGINS_JSON.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
