/**
 * UTF-8 to JavaScript strings and back, without loss for any bytes.
 *
 * etcd's decoder doesn't check that a protobuf `string` is UTF-8, and sends back the bytes it got (a user
 * name, a role). So that we do the same, a byte that isn't part of valid UTF-8 becomes the lone surrogate
 * U+DC00 + byte, which no valid text holds, and turns into that byte again (Python calls this
 * `surrogateescape`). Other lone surrogates have no bytes: they are written as U+FFFD.
 */
import { toByteString } from './byte-string.ts';

const ESCAPE = 0xdc00;

/** Decodes `bytes` from `start` to `end`. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  let ascii = start;
  while (ascii < end && (bytes[ascii] as number) < 0x80) ascii++;
  const text = ascii === start ? '' : toByteString(bytes.subarray(start, ascii));
  return ascii === end ? text : text + decodeBeyondAscii(bytes, ascii, end);
}

function decodeBeyondAscii(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end;) {
    const length = sequenceLength(bytes, at, end);
    if (length === 0) {
      text += String.fromCharCode(ESCAPE | (bytes[at] as number));
      at++;
    } else {
      text += String.fromCodePoint(codePoint(bytes, at, length));
      at += length;
    }
  }
  return text;
}

/** Length of the valid sequence at `at` (Unicode 15, table 3-7), or 0 if there is none. */
function sequenceLength(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at] as number;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (at + length > end) return 0;
  const second = bytes[at + 1] as number;
  if (second < secondByteMin(first) || second > secondByteMax(first)) return 0;
  for (let i = 2; i < length; i++) {
    if (((bytes[at + i] as number) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

/** Below it, the sequence would be longer than needed. */
const secondByteMin = (first: number): number =>
  first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;

/** Above it, the sequence would be a surrogate or beyond U+10FFFF. */
const secondByteMax = (first: number): number =>
  first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;

function codePoint(bytes: Uint8Array, at: number, length: number): number {
  const first = bytes[at] as number;
  if (length === 1) return first;
  let point = first & (0x7f >> length);
  for (let i = 1; i < length; i++) point = (point << 6) | ((bytes[at + i] as number) & 0x3f);
  return point;
}

const REPLACEMENT = 0xfffd;

/** The number of bytes that `writeUtf8` writes for `text`. */
export function utf8Length(text: string): number {
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) length += 1;
    else if (unit < 0x800) length += 2;
    else if (isPair(text, i)) {
      length += 4;
      i++;
    } else length += isEscape(unit) ? 1 : 3;
  }
  return length;
}

/** Writes `text` into `target` from `offset` on, and returns the offset after it. */
export function writeUtf8(text: string, target: Uint8Array, offset: number): number {
  let at = offset;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      target[at++] = unit;
    } else if (unit < 0x800) {
      target[at++] = 0xc0 | (unit >> 6);
      target[at++] = 0x80 | (unit & 0x3f);
    } else if (isPair(text, i)) {
      at = writeFour(text.codePointAt(i) as number, target, at);
      i++;
    } else if (isEscape(unit)) {
      target[at++] = unit & 0xff;
    } else {
      at = writeThree(isSurrogate(unit) ? REPLACEMENT : unit, target, at);
    }
  }
  return at;
}

function writeThree(point: number, target: Uint8Array, at: number): number {
  target[at] = 0xe0 | (point >> 12);
  target[at + 1] = 0x80 | ((point >> 6) & 0x3f);
  target[at + 2] = 0x80 | (point & 0x3f);
  return at + 3;
}

function writeFour(point: number, target: Uint8Array, at: number): number {
  target[at] = 0xf0 | (point >> 18);
  target[at + 1] = 0x80 | ((point >> 12) & 0x3f);
  target[at + 2] = 0x80 | ((point >> 6) & 0x3f);
  target[at + 3] = 0x80 | (point & 0x3f);
  return at + 4;
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;

const isEscape = (unit: number): boolean => unit >= ESCAPE + 0x80 && unit <= ESCAPE + 0xff;

const isPair = (text: string, i: number): boolean =>
  (text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00;
