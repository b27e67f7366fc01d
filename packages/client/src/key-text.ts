/**
 * Keys are bytes to the server and strings to people. Where the bytes are UTF-8, as they nearly always are, the
 * string is what they spell; a byte that is no UTF-8 becomes the lone surrogate U+DC00 + byte, so that every key has a
 * string of its own and comes back as the same bytes.
 */
import { Buffer } from 'node:buffer';

const REPLACEMENT = '\ufffd';
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** The string of a key. */
export function keyText(bytes: Uint8Array): string {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = view.toString('utf8');
  return text.includes(REPLACEMENT) ? escaped(view) : text;
}

/** The bytes of a key that is given as a string. */
export function keyBytes(text: string): Uint8Array {
  if (!LONE_SURROGATE.test(text)) return Buffer.from(text, 'utf8');
  const parts: Buffer[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    const isEscaped = code >= 0xdc80 && code <= 0xdcff;
    parts.push(isEscaped ? Buffer.of(code - 0xdc00) : Buffer.from(character, 'utf8'));
  }
  return Buffer.concat(parts);
}

/** `bytes` with what is no UTF-8 as lone surrogates, sequence by sequence. */
function escaped(bytes: Buffer): string {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes[at] as number);
    const sequence = bytes.subarray(at, at + length);
    const character = sequence.toString('utf8');
    if (sequence.length === length && Buffer.from(character, 'utf8').equals(sequence)) {
      text += character;
      at += length;
    } else {
      text += String.fromCharCode(0xdc00 + (bytes[at] as number));
      at += 1;
    }
  }
  return text;
}

function sequenceLength(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}
