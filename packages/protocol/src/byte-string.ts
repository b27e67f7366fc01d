/**
 * A sequence of bytes as a JavaScript string, one character (U+0000 to U+00FF) a byte.
 *
 * Keys live in this form inside the server: strings compare bytewise with `<`, hash in a `Map`, and cost
 * one byte a character in V8. Values stay `Uint8Array`s.
 */
export type ByteString = string;

/** `String.fromCharCode` takes its characters as arguments; engines bound their number (V8: about 120,000). */
const CHARACTERS_PER_CALL = 8192;

export function toByteString(bytes: Uint8Array): ByteString {
  if (bytes.length <= CHARACTERS_PER_CALL) return String.fromCharCode.apply(null, bytes as never);
  let text = '';
  for (let start = 0; start < bytes.length; start += CHARACTERS_PER_CALL) {
    text += String.fromCharCode.apply(
      null,
      bytes.subarray(start, start + CHARACTERS_PER_CALL) as never,
    );
  }
  return text;
}

export function fromByteString(text: ByteString): Uint8Array {
  const bytes = new Uint8Array(text.length);
  writeByteString(text, bytes, 0);
  return bytes;
}

/** Writes `text` into `target` from `offset` on, and returns the offset after it. */
export function writeByteString(text: ByteString, target: Uint8Array, offset: number): number {
  for (let i = 0; i < text.length; i++) target[offset + i] = text.charCodeAt(i);
  return offset + text.length;
}
