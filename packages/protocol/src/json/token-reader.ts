/**
 * Walks over the tokens of a JSON value that `ValueScanner` has passed, so that no syntax needs to be looked at here;
 * what it had no reason to refuse are strings that are no text.
 */
import { decodeUtf8, utf8Length, writeUtf8 } from '../utf8.ts';
import { endInCharacter, invalidString } from './json-error.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;

const ESCAPED: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** A byte of invalid UTF-8, as `decodeUtf8` marks it. */
const NO_UTF8 = /(?<![\ud800-\udbff])[\udc80-\udcff]/;

/** A pair of escapes that make one character, a single one, or a letter. */
const ESCAPE = /\\(?:u(d[89ab][\da-f]{2})\\u(d[c-f][\da-f]{2})|u([\da-f]{4})|(.))/gi;

const character = (hexadecimal: string): string => String.fromCharCode(parseInt(hexadecimal, 16));

export class TokenReader {
  readonly #bytes: Uint8Array;
  #pos = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Offset of the next byte; after `peek`, of the next token. */
  get pos(): number {
    return this.#pos;
  }

  /** The first byte of the next token. */
  peek(): number {
    const bytes = this.#bytes;
    while ((bytes[this.#pos] as number) <= 0x20) this.#pos++;
    return bytes[this.#pos] as number;
  }

  /** As `peek`, past a comma between two items. */
  peekItem(): number {
    const first = this.peek();
    if (first !== COMMA) return first;
    this.#pos++;
    return this.peek();
  }

  /** Takes a bracket. */
  take(): void {
    this.#pos++;
  }

  /** Reads a field's name and the colon, and stands before the value. */
  name(): string {
    const name = this.string();
    if (this.peek() === COLON) this.#pos++;
    this.peek();
    return name;
  }

  isNumber(): boolean {
    const first = this.peek();
    return first === 0x2d || (first >= 0x30 && first <= 0x39);
  }

  number(): string {
    const start = this.#pos;
    this.#pos = endOfWord(this.#bytes, start);
    return ascii(this.#bytes, start, this.#pos);
  }

  string(): string {
    const start = this.#pos;
    const end = this.#endOfString(start);
    this.#pos = end;
    return this.#text(start, end);
  }

  /** The bytes of a string's text: a view where nothing is escaped. */
  stringBytes(): Uint8Array {
    const start = this.#pos;
    const end = this.#endOfString(start);
    this.#pos = end;
    const view = this.#bytes.subarray(start + 1, end - 1);
    if (isPlain(view)) return view;
    const text = this.#text(start, end);
    const bytes = new Uint8Array(utf8Length(text));
    writeUtf8(text, bytes, 0);
    return bytes;
  }

  /** Passes the value that comes next, whatever it is. */
  skip(): void {
    let depth = 0;
    do {
      const first = this.peek();
      if (first === QUOTE) this.string();
      else if (first === COMMA || first === COLON) {
        this.#pos++;
        continue;
      } else if (isOpening(first)) depth++;
      else if (isClosing(first)) depth--;
      this.#pos = first === QUOTE ? this.#pos : endOfWord(this.#bytes, this.#pos);
    } while (depth > 0);
  }

  /** The token at an offset, as it is written; of objects and lists the bracket alone. */
  rawAt(at: number): string {
    const end = this.#bytes[at] === QUOTE ? this.#endOfString(at) : endOfWord(this.#bytes, at);
    return decodeUtf8(this.#bytes, at, end);
  }

  /** `line:column` of an offset, both from 1; columns are characters. */
  place(at: number): string {
    const before = decodeUtf8(this.#bytes, 0, at).split('\n');
    return `${before.length}:${Array.from(before.at(-1) ?? '').length + 1}`;
  }

  #endOfString(start: number): number {
    const bytes = this.#bytes;
    let at = start + 1;
    while (bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
    return at + 1;
  }

  #text(start: number, end: number): string {
    const view = this.#bytes.subarray(start + 1, end - 1);
    if (isPlain(view)) return ascii(this.#bytes, start + 1, end - 1);
    const raw = decodeUtf8(this.#bytes, start + 1, end - 1);
    if (NO_UTF8.test(raw)) throw invalidString(this.place(start), 'invalid UTF-8');
    return raw.includes('\\') ? this.#unescaped(raw, start) : raw;
  }

  #unescaped(raw: string, start: number): string {
    return raw.replace(ESCAPE, (escape: string, ...[high, low, unit, letter]: string[]) => {
      if (high !== undefined && low !== undefined) return character(high) + character(low);
      if (unit === undefined) return ESCAPED[letter ?? ''] ?? letter ?? '';
      if (/^d[89a-f]/i.test(unit)) throw this.#halfCharacter(escape, start);
      return character(unit);
    });
  }

  /** As Go has it, the text names what stands where the other half should be. */
  #halfCharacter(escape: string, start: number): Error {
    const raw = decodeUtf8(this.#bytes, start, this.#bytes.length);
    const found = raw.slice(raw.indexOf(escape) + 6, raw.indexOf(escape) + 12);
    if (found.length < 6) return endInCharacter();
    return invalidString(this.place(start), `invalid escape code ${JSON.stringify(found)}`);
  }
}

const isOpening = (byte: number): boolean => byte === 0x7b || byte === 0x5b;
const isClosing = (byte: number): boolean => byte === 0x7d || byte === 0x5d;

/** ASCII without escapes. */
function isPlain(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if (byte === BACKSLASH || byte >= 0x80) return false;
  }
  return true;
}

/** The offset after a number or a literal; a bracket is one byte. */
function endOfWord(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  if (isOpening(bytes[start] as number) || isClosing(bytes[start] as number)) return at;
  for (; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    const isWord =
      (byte >= 0x30 && byte <= 0x39) ||
      (byte >= 0x61 && byte <= 0x7a) ||
      (byte >= 0x41 && byte <= 0x5a) ||
      byte === 0x2b ||
      byte === 0x2d ||
      byte === 0x2e;
    if (!isWord) break;
  }
  return at;
}

const ascii = (bytes: Uint8Array, start: number, end: number): string =>
  decodeUtf8(bytes, start, end);
