/** How bytes are spelled while they are edited: as text where they are, else in digits. */
import {
  bytesOf,
  fromBase64,
  fromHex,
  textOf,
  toBase64,
  toHex,
  wireOf,
  type WireBytes,
} from './wire-bytes.ts';

export const SPELLINGS = ['text', 'hex', 'base64'] as const;
export type Spelling = (typeof SPELLINGS)[number];

export const spellingOf = (bytes: Uint8Array): Spelling =>
  textOf(bytes) === undefined ? 'hex' : 'text';

/** Hexadecimal digits in pairs, sixteen a line. */
export function spell(bytes: Uint8Array, spelling: Spelling): string {
  switch (spelling) {
    case 'text':
      return textOf(bytes) ?? '';
    case 'base64':
      return toBase64(bytes);
    case 'hex':
      return toHex(bytes)
        .replace(/(..)/g, '$1 ')
        .replace(/((?:.. ){16})/g, (line) => `${line.trimEnd()}\n`)
        .trimEnd();
  }
}

/** @throws SyntaxError if the draft is not spelled so. */
export function readValue(draft: string, spelling: Spelling): WireBytes {
  switch (spelling) {
    case 'text':
      return wireOf(bytesOf({ text: draft }));
    case 'base64':
      return wireOf(fromBase64(draft.replace(/\s+/g, '')));
    case 'hex':
      return wireOf(fromHex(draft));
  }
}
