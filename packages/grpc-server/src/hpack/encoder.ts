/**
 * Encodes header fields that are not worth precomputing: errors, extra headers, plain HTTP answers.
 * Stateless (RFC 7541 section 6.2.2, literals without indexing): answers of any stream can be encoded
 * in any order. The frequent response blocks live in response-blocks.ts and do use the peer's table.
 */
import { staticIndexOfField, staticIndexOfName } from './static-table.ts';

/** Appends the integer representation of `value` behind `first`'s flag bits (5.1). */
function pushInteger(target: number[], flags: number, prefixMax: number, value: number): void {
  if (value < prefixMax) {
    target.push(flags | value);
    return;
  }
  target.push(flags | prefixMax);
  let rest = value - prefixMax;
  for (; rest >= 0x80; rest >>>= 7) target.push((rest & 0x7f) | 0x80);
  target.push(rest);
}

function pushString(target: number[], text: string): void {
  pushInteger(target, 0, 0x7f, text.length);
  for (let index = 0; index < text.length; index++) target.push(text.charCodeAt(index) & 0xff);
}

/**
 * Encodes fields without touching any table.
 * @param fields names (lower case) and values (one byte a character) in turn.
 */
export function encodeFields(fields: readonly string[]): Uint8Array {
  const target: number[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const name = fields[index]!;
    const value = fields[index + 1]!;
    const whole = staticIndexOfField(name, value);
    if (whole > 0) {
      pushInteger(target, 0x80, 0x7f, whole);
      continue;
    }
    const nameIndex = staticIndexOfName(name);
    pushInteger(target, 0x00, 0x0f, nameIndex);
    if (nameIndex === 0) pushString(target, name);
    pushString(target, value);
  }
  return Uint8Array.from(target);
}

/**
 * Encodes one field as a literal with incremental indexing (6.2.1): the peer adds it to its table.
 * Only for blocks whose order on the wire is known; see response-blocks.ts.
 */
export function encodeIndexedField(name: string, value: string): Uint8Array {
  const target: number[] = [];
  const nameIndex = staticIndexOfName(name);
  pushInteger(target, 0x40, 0x3f, nameIndex);
  if (nameIndex === 0) pushString(target, name);
  pushString(target, value);
  return Uint8Array.from(target);
}
