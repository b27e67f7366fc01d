/**
 * base64 (RFC 4648) the way protobuf's JSON has it: written in the standard alphabet with padding, read in either
 * alphabet, padded or not, line breaks skipped.
 */

const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PADDING = 0x3d;
const CODES = Uint8Array.from(STANDARD, (character) => character.charCodeAt(0));

/** No digit of the alphabet. */
const NONE = 0xff;

const digitsOf = (alphabet: string): Uint8Array => {
  const digits = new Uint8Array(256).fill(NONE);
  for (let i = 0; i < alphabet.length; i++) digits[alphabet.charCodeAt(i)] = i;
  return digits;
};
const STANDARD_DIGITS = digitsOf(STANDARD);
const URL_DIGITS = digitsOf(`${STANDARD.slice(0, 62)}-_`);

/** Bytes that `writeBase64` writes for so many bytes. */
export const base64Length = (byteCount: number): number => Math.ceil(byteCount / 3) * 4;

/** Writes `bytes` into `target` from `offset` on, and returns the offset after it. */
export function writeBase64(bytes: Uint8Array, target: Uint8Array, offset: number): number {
  const whole = bytes.length - (bytes.length % 3);
  let at = offset;
  for (let i = 0; i < whole; i += 3) {
    const group =
      ((bytes[i] as number) << 16) | ((bytes[i + 1] as number) << 8) | (bytes[i + 2] as number);
    target[at] = CODES[group >>> 18] as number;
    target[at + 1] = CODES[(group >>> 12) & 63] as number;
    target[at + 2] = CODES[(group >>> 6) & 63] as number;
    target[at + 3] = CODES[group & 63] as number;
    at += 4;
  }
  if (whole === bytes.length) return at;
  const group = ((bytes[whole] as number) << 16) | ((bytes[whole + 1] ?? 0) << 8);
  target[at] = CODES[group >>> 18] as number;
  target[at + 1] = CODES[(group >>> 12) & 63] as number;
  target[at + 2] = whole + 1 < bytes.length ? (CODES[(group >>> 6) & 63] as number) : PADDING;
  target[at + 3] = PADDING;
  return at + 4;
}

/**
 * Reads the base64 text `source` into `target`, which has room for as many bytes as `source` has; they may be the same
 * memory. Returns how many bytes there are, or -1 where it is no base64.
 */
export function readBase64(source: Uint8Array, target: Uint8Array): number {
  const isUrl = source.includes(0x2d) || source.includes(0x5f);
  const table = isUrl ? URL_DIGITS : STANDARD_DIGITS;
  const isPadded = source.length % 4 === 0;
  const end = isPadded ? withoutPadding(source) : source.length;
  let group = 0;
  let digits = 0;
  let length = 0;
  for (let at = 0; at < end; at++) {
    const digit = table[source[at] as number] as number;
    if (digit === NONE) {
      if (isLineBreak(source[at] as number)) continue;
      return -1;
    }
    group = (group << 6) | digit;
    digits++;
    if (digits === 4) {
      target[length] = group >>> 16;
      target[length + 1] = group >>> 8;
      target[length + 2] = group;
      length += 3;
      group = 0;
      digits = 0;
    }
  }
  if (digits === 1 || (isPadded && paddingAfter(source, end) !== (4 - digits) % 4)) return -1;
  if (digits >= 2) target[length++] = digits === 2 ? group >>> 4 : group >>> 10;
  if (digits === 3) target[length++] = group >>> 2;
  return length;
}

const isLineBreak = (byte: number): boolean => byte === 0x0a || byte === 0x0d;

/** Where the padding begins, and the line breaks around it. */
function withoutPadding(source: Uint8Array): number {
  let end = source.length;
  while (end > 0 && (source[end - 1] === PADDING || isLineBreak(source[end - 1] as number))) end--;
  return end;
}

function paddingAfter(source: Uint8Array, start: number): number {
  let count = 0;
  for (let at = start; at < source.length; at++) if (source[at] === PADDING) count++;
  return count;
}
