/**
 * Writes JSON as bytes into memory that is kept and reused. Texts are written the way Go's protobuf writes them: only
 * what must be escaped is.
 */
import { utf8Length, writeUtf8 } from '../utf8.ts';
import { base64Length, writeBase64 } from './base64.ts';

/** Room for a few small messages; grows by doubling. */
const CAPACITY_DEFAULT = 1024;

/** The longest escape of one character: `\u001f`. */
const ESCAPE_BYTES_MAX = 6;

const QUOTE = 0x22;

/** What must be escaped: controls, the quote, the backslash. */
const ESCAPED = /[\u0000-\u001f"\\]/;

/** Bytes that were no UTF-8 (see `utf8.ts`), and halves of characters. */
const NO_TEXT = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

export class JsonWriter {
  #buffer = new Uint8Array(CAPACITY_DEFAULT);
  #pos = 0;

  /** Bytes that fit without growing. */
  get capacity(): number {
    return this.#buffer.length;
  }

  get length(): number {
    return this.#pos;
  }

  /** Forgets what was written from `length` on, by default all of it. */
  reset(length = 0): this {
    this.#pos = length;
    return this;
  }

  /** A copy of what was written, the caller's to keep. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.#buffer.slice(0, this.#pos);
  }

  /** One ASCII character. */
  character(code: number): void {
    this.#ensure(1);
    this.#buffer[this.#pos++] = code;
  }

  /** Text that is ASCII and needs no escape. */
  ascii(text: string): void {
    this.#ensure(text.length);
    const buffer = this.#buffer;
    let at = this.#pos;
    for (let i = 0; i < text.length; i++) buffer[at++] = text.charCodeAt(i);
    this.#pos = at;
  }

  /** Bytes that are JSON already. */
  raw(bytes: Uint8Array): void {
    this.#ensure(bytes.length);
    const buffer = this.#buffer;
    let at = this.#pos;
    for (let i = 0; i < bytes.length; i++) buffer[at++] = bytes[i] as number;
    this.#pos = at;
  }

  /** A string that holds `bytes` in base64. */
  base64(bytes: Uint8Array): void {
    this.#ensure(base64Length(bytes.length) + 2);
    this.#buffer[this.#pos] = QUOTE;
    this.#pos = writeBase64(bytes, this.#buffer, this.#pos + 1);
    this.#buffer[this.#pos++] = QUOTE;
  }

  /** A string. What is no text becomes U+FFFD. */
  string(text: string): void {
    const sound = text.replace(NO_TEXT, '\ufffd');
    const escaped = ESCAPED.test(sound) ? escape(sound) : sound;
    this.#ensure(utf8Length(escaped) + 2);
    this.#buffer[this.#pos] = QUOTE;
    this.#pos = writeUtf8(escaped, this.#buffer, this.#pos + 1);
    this.#buffer[this.#pos++] = QUOTE;
  }

  #ensure(count: number): void {
    const needed = this.#pos + count;
    if (needed <= this.#buffer.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#buffer.length * 2));
    larger.set(this.#buffer.subarray(0, this.#pos));
    this.#buffer = larger;
  }
}

function escape(text: string): string {
  return Array.from(text, (character) => {
    if (!ESCAPED.test(character)) return character;
    const code = character.charCodeAt(0).toString(16);
    return SHORT_ESCAPES[character] ?? `\\u${code.padStart(ESCAPE_BYTES_MAX - 2, '0')}`;
  }).join('');
}
