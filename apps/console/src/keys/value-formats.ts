/** The ways in which a value can be shown, and which of them fits it best. */
import { printMessage, readMessage } from './protobuf-wire.ts';
import { hexDump, textOf, toBase64 } from './wire-bytes.ts';

export const VALUE_FORMATS = ['text', 'json', 'yaml', 'hex', 'base64', 'protobuf'] as const;
export type ValueFormat = (typeof VALUE_FORMATS)[number];

/** What a format makes of bytes: something to read, or why it does not fit. */
export type Shown =
  | { readonly fits: true; readonly text: string }
  | {
      readonly fits: false;
      readonly reason: 'not-text' | 'not-json' | 'not-protobuf';
      readonly detail?: string;
    };

export function show(bytes: Uint8Array, format: ValueFormat): Shown {
  switch (format) {
    case 'hex':
      return { fits: true, text: hexDump(bytes) };
    case 'base64':
      return { fits: true, text: toBase64(bytes) };
    case 'protobuf': {
      const fields = readMessage(bytes);
      return fields === undefined || fields.length === 0
        ? { fits: false, reason: 'not-protobuf' }
        : { fits: true, text: printMessage(fields) };
    }
    case 'text':
    case 'yaml': {
      const text = textOf(bytes);
      return text === undefined ? { fits: false, reason: 'not-text' } : { fits: true, text };
    }
    case 'json': {
      const text = textOf(bytes);
      if (text === undefined) return { fits: false, reason: 'not-text' };
      try {
        JSON.parse(text);
        return { fits: true, text: indentJson(text) };
      } catch (error) {
        return { fits: false, reason: 'not-json', detail: (error as Error).message };
      }
    }
  }
}

/** The format that shows most: JSON and YAML by their looks, then text, then a message, then bytes. */
export function bestFormat(bytes: Uint8Array): ValueFormat {
  const text = textOf(bytes);
  if (text === undefined || /[\u0000-\u0008\u000e-\u001a]/.test(text)) {
    const fields = readMessage(bytes);
    return fields !== undefined && fields.length > 0 ? 'protobuf' : 'hex';
  }
  if (/^\s*[[{]/.test(text) && show(bytes, 'json').fits) return 'json';
  return looksLikeYaml(text) ? 'yaml' : 'text';
}

/** At least two lines, of which all that are not blank, comments or items are `name: …` or belong to one. */
function looksLikeYaml(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^\s*#/.test(line));
  return (
    lines.length >= 2 &&
    lines.every((line) => /^(\s+\S|---|- |[\w."'/-]+\s*:(\s|$))/.test(line)) &&
    lines.some((line) => /^[\w."'/-]+\s*:(\s|$)/.test(line))
  );
}

/**
 * JSON with line breaks, made from its text rather than its value: numbers keep every digit (64-bit ids are common in
 * a store), and the order and repetition of names stay as they are.
 */
export function indentJson(text: string): string {
  let out = '';
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:\\.|[^"\\])*"|[[\]{},:]|[^\s[\]{},:"]+/g)) {
    if (token === '{' || token === '[') {
      depth += 1;
      out += `${token}\n${'  '.repeat(depth)}`;
    } else if (token === '}' || token === ']') {
      depth -= 1;
      // An empty object or list stays on its line.
      const opened = out.trimEnd();
      out = /[[{]$/.test(opened) ? opened + token : `${out}\n${'  '.repeat(depth)}${token}`;
    } else if (token === ',') {
      out += `,\n${'  '.repeat(depth)}`;
    } else {
      out += token === ':' ? ': ' : token;
    }
  }
  return out;
}
