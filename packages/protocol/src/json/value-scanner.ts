/**
 * Finds where a JSON value ends, in bytes that come in pieces, and refuses what is no JSON (RFC 8259), each byte in
 * its turn. What it has passed can be read without looking at the syntax again.
 *
 * Invariant: between two calls of `scan` the state is all there is to know of the bytes before.
 */
import { invalidCharacter } from './json-error.ts';

/** Objects and lists in each other: as many as etcd's reader takes. */
const DEPTH_MAX = 10_000;

/** What may come next. */
const State = {
  VALUE: 0,
  VALUE_OR_END: 1,
  NAME_OR_END: 2,
  NAME: 3,
  COLON: 4,
  AFTER_VALUE: 5,
  STRING: 6,
  ESCAPE: 7,
  HEX: 8,
  MINUS: 9,
  ZERO: 10,
  DIGITS: 11,
  POINT: 12,
  FRACTION: 13,
  EXPONENT: 14,
  EXPONENT_SIGN: 15,
  EXPONENT_DIGITS: 16,
  LITERAL: 17,
} as const;
type State = (typeof State)[keyof typeof State];

/** States in which a number may end. */
const NUMBER_ENDS: ReadonlySet<State> = new Set<State>([
  State.ZERO,
  State.DIGITS,
  State.FRACTION,
  State.EXPONENT_DIGITS,
]);

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OBJECT = 0x7b;
const LIST = 0x5b;

const isSpace = (byte: number): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const isHex = (byte: number): boolean =>
  isDigit(byte) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
const isOneOf = (byte: number, characters: string): boolean =>
  characters.includes(String.fromCharCode(byte));

export class ValueScanner {
  #state: State = State.VALUE;
  /** The brackets that are open, outermost first. */
  #open: number[] = [];
  /** The string at hand is a name. */
  #isName = false;
  #literal = '';
  /** How much of the literal, or how many hexadecimal digits, have been read. */
  #read = 0;
  #hasBegun = false;

  /** Some of a value has been read, and not all of it. */
  get isInside(): boolean {
    return this.#hasBegun;
  }

  /** The value at hand is a number that could end here: only the end of the input tells. */
  get mayEnd(): boolean {
    return this.#open.length === 0 && NUMBER_ENDS.has(this.#state);
  }

  /**
   * Reads `bytes` from `start` on. Answers the offset after the value, when it is there, and -1 when it goes on. Then
   * the scanner is ready for the next value.
   *
   * @throws JsonError at the first byte that cannot stand where it does
   */
  scan(bytes: Uint8Array, start: number): number {
    for (let at = start; at < bytes.length; at++) {
      if (this.#state === State.STRING) {
        at = endOfPlain(bytes, at);
        if (at === bytes.length) return -1;
      }
      const byte = bytes[at] as number;
      if (this.mayEnd && !this.#continuesNumber(byte)) return this.#finish(at);
      this.#step(byte);
      if (this.#state === State.AFTER_VALUE && this.#open.length === 0) {
        return this.#finish(at + 1);
      }
    }
    return -1;
  }

  #finish(end: number): number {
    this.#state = State.VALUE;
    this.#hasBegun = false;
    return end;
  }

  #continuesNumber(byte: number): boolean {
    if (this.#state === State.ZERO) return isOneOf(byte, '.eE');
    if (this.#state === State.EXPONENT_DIGITS) return isDigit(byte);
    return isDigit(byte) || isOneOf(byte, this.#state === State.DIGITS ? '.eE' : 'eE');
  }

  #step(byte: number): void {
    switch (this.#state) {
      case State.STRING:
        return this.#inString(byte);
      case State.ESCAPE:
        return this.#inEscape(byte);
      case State.HEX:
        return this.#inHex(byte);
      case State.LITERAL:
        return this.#inLiteral(byte);
      case State.MINUS:
      case State.POINT:
      case State.EXPONENT:
      case State.EXPONENT_SIGN:
      case State.ZERO:
      case State.DIGITS:
      case State.FRACTION:
      case State.EXPONENT_DIGITS:
        return this.#inNumber(byte);
      default:
        if (!isSpace(byte)) this.#between(byte);
    }
  }

  /** Between tokens. */
  #between(byte: number): void {
    switch (this.#state) {
      case State.VALUE_OR_END:
        if (byte === 0x5d) return this.#close();
        return this.#beginValue(byte);
      case State.VALUE:
        return this.#beginValue(byte);
      case State.NAME_OR_END:
        if (byte === 0x7d) return this.#close();
        return this.#beginName(byte);
      case State.NAME:
        return this.#beginName(byte);
      case State.COLON:
        if (byte !== 0x3a) throw invalidCharacter(byte, 'after object key');
        this.#state = State.VALUE;
        return;
      default:
        return this.#afterValue(byte);
    }
  }

  #afterValue(byte: number): void {
    const isObject = this.#open.at(-1) === OBJECT;
    if (byte === 0x2c) this.#state = isObject ? State.NAME : State.VALUE;
    else if (byte === (isObject ? 0x7d : 0x5d)) this.#close();
    else {
      throw invalidCharacter(
        byte,
        isObject ? 'after object key:value pair' : 'after array element',
      );
    }
  }

  #beginName(byte: number): void {
    if (byte !== QUOTE) throw invalidCharacter(byte, 'looking for beginning of object key string');
    this.#isName = true;
    this.#state = State.STRING;
  }

  #beginValue(byte: number): void {
    this.#hasBegun = true;
    if (byte === OBJECT || byte === LIST) {
      if (this.#open.length === DEPTH_MAX) throw invalidCharacter(byte, 'exceeded max depth');
      this.#open.push(byte);
      this.#state = byte === OBJECT ? State.NAME_OR_END : State.VALUE_OR_END;
    } else if (byte === QUOTE) {
      this.#isName = false;
      this.#state = State.STRING;
    } else if (byte === 0x2d) this.#state = State.MINUS;
    else if (byte === 0x30) this.#state = State.ZERO;
    else if (isDigit(byte)) this.#state = State.DIGITS;
    else this.#beginLiteral(byte);
  }

  #beginLiteral(byte: number): void {
    const literal = ['true', 'false', 'null'].find((word) => word.charCodeAt(0) === byte);
    if (literal === undefined) throw invalidCharacter(byte, 'looking for beginning of value');
    this.#literal = literal;
    this.#read = 1;
    this.#state = State.LITERAL;
  }

  #inLiteral(byte: number): void {
    const expected = this.#literal[this.#read] ?? '';
    if (byte !== expected.charCodeAt(0)) {
      throw invalidCharacter(byte, `in literal ${this.#literal} (expecting '${expected}')`);
    }
    this.#read++;
    if (this.#read === this.#literal.length) this.#state = State.AFTER_VALUE;
  }

  #inString(byte: number): void {
    if (byte === QUOTE) this.#state = this.#isName ? State.COLON : State.AFTER_VALUE;
    else if (byte === BACKSLASH) this.#state = State.ESCAPE;
    else if (byte < 0x20) throw invalidCharacter(byte, 'in string literal');
  }

  #inEscape(byte: number): void {
    if (byte === 0x75) {
      this.#state = State.HEX;
      this.#read = 0;
    } else if (isOneOf(byte, 'bfnrt\\/"')) this.#state = State.STRING;
    else throw invalidCharacter(byte, 'in string escape code');
  }

  #inHex(byte: number): void {
    if (!isHex(byte)) throw invalidCharacter(byte, 'in \\u hexadecimal character escape');
    this.#read++;
    if (this.#read === 4) this.#state = State.STRING;
  }

  #inNumber(byte: number): void {
    switch (this.#state) {
      case State.MINUS:
        if (!isDigit(byte)) throw invalidCharacter(byte, 'in numeric literal');
        this.#state = byte === 0x30 ? State.ZERO : State.DIGITS;
        return;
      case State.POINT:
        if (!isDigit(byte)) {
          throw invalidCharacter(byte, 'after decimal point in numeric literal');
        }
        this.#state = State.FRACTION;
        return;
      case State.EXPONENT:
        if (isOneOf(byte, '+-')) this.#state = State.EXPONENT_SIGN;
        else this.#exponentDigit(byte);
        return;
      case State.EXPONENT_SIGN:
        return this.#exponentDigit(byte);
      default:
        if (this.#continuesNumber(byte)) this.#longerNumber(byte);
        else this.#endNumber(byte);
    }
  }

  #exponentDigit(byte: number): void {
    if (!isDigit(byte)) throw invalidCharacter(byte, 'in exponent of numeric literal');
    this.#state = State.EXPONENT_DIGITS;
  }

  #longerNumber(byte: number): void {
    if (byte === 0x2e) this.#state = State.POINT;
    else if (!isDigit(byte)) this.#state = State.EXPONENT;
  }

  /** The byte after a number is one between tokens. */
  #endNumber(byte: number): void {
    this.#state = State.AFTER_VALUE;
    this.#step(byte);
  }

  #close(): void {
    this.#open.pop();
    this.#state = State.AFTER_VALUE;
  }
}

/** Where the plain part of a string ends: at a quote, a backslash or a control character. */
function endOfPlain(bytes: Uint8Array, start: number): number {
  let at = start;
  for (; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === QUOTE || byte === BACKSLASH || byte < 0x20) break;
  }
  return at;
}
