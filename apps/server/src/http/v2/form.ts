/**
 * The parameters of a request as Go reads them: from the query, and for POST and PUT from a form in the body, which
 * comes first. Everything is bytes; the first mistake fails the whole.
 */
import type { ByteString } from '@concord/protocol';
import { goQuote } from './go-json.ts';
import { KeyError } from './key-error.ts';

const FORM_TYPE = 'application/x-www-form-urlencoded';
/** What Go calls a body without a type, and does not read. */
const UNKNOWN_TYPE = 'application/octet-stream';

export class Form {
  readonly #fields = new Map<ByteString, ByteString[]>();

  /** Throws `KeyError`. `body` is undefined for methods that have no form. */
  static parse(
    query: ByteString,
    body: { readonly contentType: string | undefined; readonly text: ByteString } | undefined,
  ): Form {
    const form = new Form();
    if (body !== undefined && isForm(body.contentType)) form.#add(body.text);
    form.#add(query);
    return form;
  }

  has(name: ByteString): boolean {
    return this.#fields.has(name);
  }

  /** The first value; empty where there is none. */
  get(name: ByteString): ByteString {
    return this.#fields.get(name)?.[0] ?? '';
  }

  #add(text: ByteString): void {
    let cause: string | undefined;
    for (const part of text.split('&')) {
      if (part === '') continue;
      const [name, value] = cut(part);
      const wrong = firstBadEscape(name) ?? firstBadEscape(value);
      if (part.includes(';')) cause = 'invalid semicolon separator in query';
      else if (wrong !== undefined) cause ??= `invalid URL escape ${goQuote(wrong)}`;
      else this.#addField(unescapeQuery(name), unescapeQuery(value));
    }
    if (cause !== undefined) throw invalid(cause);
  }

  #addField(name: ByteString, value: ByteString): void {
    const values = this.#fields.get(name);
    if (values === undefined) this.#fields.set(name, [value]);
    else values.push(value);
  }
}

function cut(part: ByteString): readonly [name: ByteString, value: ByteString] {
  const equals = part.indexOf('=');
  return equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
}

const invalid = (cause: string): KeyError => new KeyError('invalidForm', cause);

const unescapeQuery = (text: ByteString): ByteString => unescapePercent(text.replaceAll('+', ' '));

/** What stands where two hexadecimal digits should follow a `%`. */
export function firstBadEscape(text: ByteString): ByteString | undefined {
  const at = text.search(/%(?![0-9a-fA-F]{2})/);
  return at < 0 ? undefined : text.slice(at, at + 3);
}

export function unescapePercent(text: ByteString): ByteString {
  return text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Throws what Go says of a type that is none. */
function isForm(contentType: string | undefined): boolean {
  const given = contentType === undefined || contentType === '' ? UNKNOWN_TYPE : contentType;
  const semicolon = given.indexOf(';');
  const type = (semicolon < 0 ? given : given.slice(0, semicolon)).trim().toLowerCase();
  const [, main = '', slash = '', sub = '', rest = ''] =
    /^([!#-'*+.0-9A-Z^-z|~-]*)(\/?)([!#-'*+.0-9A-Z^-z|~-]*)([^]*)$/.exec(type) ?? [];
  if (main === '') throw invalid('mime: no media type');
  if (slash === '' && rest !== '') throw invalid('mime: expected slash after first token');
  if (slash !== '' && sub === '') throw invalid('mime: expected token after slash');
  if (rest !== '') throw invalid('mime: unexpected content after media subtype');
  if (semicolon >= 0 && !areParameters(given.slice(semicolon)))
    throw invalid('mime: invalid media parameter');
  return type === FORM_TYPE;
}

function areParameters(text: string): boolean {
  return /^(?:\s*;\s*[!#-'*+.0-9A-Z^-z|~-]+\s*=\s*(?:[!#-'*+.0-9A-Z^-z|~-]+|"(?:[^"\\\r\n]|\\[^\r\n])*"))*\s*;?\s*$/.test(
    text,
  );
}
