/**
 * What JSON is refused with. The texts are those that etcd's gateway sends, so that a person who knows one knows the
 * other: first the words of Go's JSON reader, for what is no JSON, then those of protobuf's, for what is no message.
 */

/** Bytes that are no JSON, or JSON that is not the message asked for. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
}

/** The input ends in the middle of a value. */
export const unexpectedEnd = (): JsonError => new JsonError('unexpected EOF');

/** A byte that cannot stand where it does. `context` says where that is, as `looking for beginning of value`. */
export const invalidCharacter = (byte: number, context: string): JsonError =>
  new JsonError(`invalid character ${quotedCharacter(byte)} ${context}`);

/** A well-formed value that a field does not take; `at` is `line:column`. */
export const invalidValue = (at: string, what: string): JsonError =>
  new JsonError(`proto: (line ${at}): ${what}`);

/** A well-formed value where another kind of value is due. */
export const unexpectedToken = (at: string, token: string): JsonError =>
  new JsonError(`proto: syntax error (line ${at}): unexpected token ${token}`);

/** A string that is no text. */
export const invalidString = (at: string, what: string): JsonError =>
  new JsonError(`proto: syntax error (line ${at}): ${what} in string`);

export const nestedTooDeeply = (): JsonError =>
  new JsonError('proto: exceeded max recursion depth');

/** The input ends where the second half of a character is due. */
export const endInCharacter = (): JsonError => new JsonError('proto: unexpected EOF');

const ESCAPES = new Map([
  [0x07, '\\a'],
  [0x08, '\\b'],
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0b, '\\v'],
  [0x0c, '\\f'],
  [0x0d, '\\r'],
  [0x5c, '\\\\'],
]);

/** A byte in single quotes as Go writes it: each byte is taken for the character of that number. */
function quotedCharacter(byte: number): string {
  if (byte === 0x27) return "'\\''";
  const escape = ESCAPES.get(byte);
  if (escape !== undefined) return `'${escape}'`;
  if (byte < 0x20 || byte === 0x7f) return `'\\x${byte.toString(16).padStart(2, '0')}'`;
  // Controls, the no-break space and the soft hyphen are not printed.
  if ((byte > 0x7f && byte <= 0xa0) || byte === 0xad) return `'\\u00${byte.toString(16)}'`;
  return `'${String.fromCharCode(byte)}'`;
}
