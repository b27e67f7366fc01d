/**
 * Strings as Go quotes them in its source: `%q`. What is no UTF-8 stays as it is, byte by byte, so quoted texts are
 * bytes here, not JavaScript's strings.
 */
import { Buffer } from 'node:buffer';

const NAMED = new Map([
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
  ['"', '\\"'],
  ['\\', '\\\\'],
]);
const CODES = new Map([...NAMED].map(([character, escape]) => [escape[1], character]));
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;
const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');

/** Between double quotes, with everything that cannot be seen written as an escape. */
export function quote(text: string | Uint8Array): string {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  let quoted = '';
  for (let at = 0; at < bytes.length;) {
    const { character, length } = characterAt(bytes, at);
    quoted += character === undefined ? `\\x${hex(bytes[at] ?? 0, 2)}` : escaped(character);
    at += length;
  }
  return `"${quoted}"`;
}

function escaped(character: string): string {
  const named = NAMED.get(character);
  if (named !== undefined) return named;
  if (PRINTABLE.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The character that begins at `at`; none where the bytes are no UTF-8, which costs one byte. */
function characterAt(bytes: Uint8Array, at: number): { character?: string; length: number } {
  const first = bytes[at] ?? 0;
  const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  try {
    return { character: decoder.decode(bytes.subarray(at, at + length)), length };
  } catch {
    return { length: 1 };
  }
}

/** A quoted string at the beginning of a text, and what follows it. */
export interface Unquoted {
  readonly bytes: Uint8Array;
  readonly rest: string;
}

const QUOTED = /^\s*("(?:[^"\\\n]|\\.)*"|`[^`]*`)/s;
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|([0-7]{3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/gs;

/** Reads a string as Go's source has it, in double quotes or backquotes; undefined where there is none. */
export function unquotePrefix(text: string): Unquoted | undefined {
  const [whole, quoted] = QUOTED.exec(text) ?? [];
  if (whole === undefined || quoted === undefined) return undefined;
  const rest = text.slice(whole.length);
  const inner = quoted.slice(1, -1);
  if (quoted.startsWith('`')) return { bytes: Buffer.from(inner), rest };
  const parts: Uint8Array[] = [];
  let end = 0;
  for (const match of inner.matchAll(ESCAPE)) {
    const bytes = bytesOfEscape(match);
    if (bytes === undefined) return undefined;
    parts.push(Buffer.from(inner.slice(end, match.index)), bytes);
    end = match.index + match[0].length;
  }
  parts.push(Buffer.from(inner.slice(end)));
  return { bytes: Buffer.concat(parts), rest };
}

function bytesOfEscape([, byte, octal, short, long, name]: RegExpMatchArray): Buffer | undefined {
  if (byte !== undefined) return Buffer.from([parseInt(byte, 16)]);
  if (octal !== undefined) {
    const code = parseInt(octal, 8);
    return code > 0xff ? undefined : Buffer.from([code]);
  }
  const point = short ?? long;
  if (point === undefined) {
    const character = CODES.get(name);
    return character === undefined ? undefined : Buffer.from(character);
  }
  const code = parseInt(point, 16);
  const isCharacter = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isCharacter ? Buffer.from(String.fromCodePoint(code)) : undefined;
}
