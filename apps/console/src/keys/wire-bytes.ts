/** Bytes as the API writes them: `{ text }` where they are UTF-8, else `{ base64 }`. */

export type WireBytes = { readonly text: string } | { readonly base64: string };

export function bytesOf(wire: WireBytes): Uint8Array {
  return 'text' in wire ? new TextEncoder().encode(wire.text) : fromBase64(wire.base64);
}

/** The shortest way to write them that loses nothing. */
export function wireOf(bytes: Uint8Array): WireBytes {
  const text = textOf(bytes);
  return text === undefined ? { base64: toBase64(bytes) } : { text };
}

/** Their text, unless they are not UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** What people read as a key's name: its text, or its bytes in hexadecimal with `\x` before each. */
export function nameOf(wire: WireBytes): string {
  if ('text' in wire) return wire.text;
  return [...bytesOf(wire)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}

export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** @throws SyntaxError if it is not base64. */
export function fromBase64(base64: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch {
    throw new SyntaxError('it is not base64');
  }
}

/** @throws SyntaxError if it is not pairs of hexadecimal digits; blanks between them do not matter. */
export function fromHex(hex: string): Uint8Array {
  const digits = hex.replace(/\s+/g, '');
  if (!/^([0-9a-f]{2})*$/i.test(digits))
    throw new SyntaxError('it is not pairs of hexadecimal digits');
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export const toHex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const BYTES_PER_LINE = 16;

/** Offset, sixteen bytes and what of them can be printed, a line each. */
export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += BYTES_PER_LINE) {
    const part = [...bytes.subarray(at, at + BYTES_PER_LINE)];
    const digits = part.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const print = part.map((byte) =>
      byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·',
    );
    lines.push(
      `${at.toString(16).padStart(8, '0')}  ${digits.padEnd(3 * BYTES_PER_LINE - 1)}  ${print.join('')}`,
    );
  }
  return lines.join('\n');
}
