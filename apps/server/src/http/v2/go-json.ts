/**
 * JSON as Go's encoder writes it, from sequences of bytes: v2 clients get keys and values in it, and bytes that are
 * no UTF-8 come out as `\ufffd`, each by itself. `JSON.stringify` differs in `<`, `>`, `&`, U+2028, and control characters.
 */
import type { ByteString } from '@concord/protocol';

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A JSON string, quotes included. */
export function goString(bytes: ByteString): string {
  // What is escaped is one byte, or three that begin with one that begins nothing else.
  const escaped = bytes.replace(/["\\<>&\x00-\x1f]|\xe2\x80[\xa8\xa9]/g, escape);
  return `"${/^[\x20-\x7f]*$/.test(escaped) ? escaped : decodeUtf8(escaped, '\\ufffd')}"`;
}

function escape(found: ByteString): string {
  if (found.length > 1) return found.endsWith('\xa8') ? '\\u2028' : '\\u2029';
  return shortEscapes[found] ?? `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Bytes as Go quotes them in the text of an error: a text of bytes again. */
export function goQuote(bytes: ByteString): ByteString {
  const shown = bytes.replace(/["\\]/g, '\\$&').replace(/[\n\r\t]/g, (c) => shortEscapes[c] ?? c);
  const hex = (c: string): string => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`;
  const whole = shown.replace(/[\x00-\x1f\x7f]/g, hex);
  return `"${Buffer.from(whole, 'latin1').toString('utf8').includes('\ufffd') ? whole.replace(/[\x80-\xff]/g, hex) : whole}"`;
}

/** Bytes as text. Unlike with `TextDecoder`, each byte that belongs to no character becomes an `invalid` of its own. */
export function decodeUtf8(bytes: ByteString, invalid = '\ufffd'): string {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes, at);
    text += length === 0 ? invalid : decodeSequence(bytes, at, length);
    at += Math.max(length, 1);
  }
  return text;
}

/** Bytes of the character that begins here; 0 where none does. */
function sequenceLength(bytes: ByteString, at: number): number {
  const first = bytes.charCodeAt(at);
  if (first < 0x80) return 1;
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  // The second byte rules out longer spellings, surrogates, and what lies beyond U+10FFFF.
  const second = bytes.charCodeAt(at + 1);
  const [min, max] = secondByteRange(first);
  if (second < min || second > max) return 0;
  for (let i = 2; i < length; i++) if ((bytes.charCodeAt(at + i) & 0xc0) !== 0x80) return 0;
  return length;
}

function secondByteRange(first: number): readonly [min: number, max: number] {
  switch (first) {
    case 0xe0:
      return [0xa0, 0xbf];
    case 0xed:
      return [0x80, 0x9f];
    case 0xf0:
      return [0x90, 0xbf];
    case 0xf4:
      return [0x80, 0x8f];
    default:
      return [0x80, 0xbf];
  }
}

function decodeSequence(bytes: ByteString, at: number, length: number): string {
  const first = bytes.charCodeAt(at);
  if (length === 1) return String.fromCharCode(first);
  let point = first & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) point = (point << 6) | (bytes.charCodeAt(at + i) & 0x3f);
  return String.fromCodePoint(point);
}
