/**
 * Answers as Go's `encoding/json` writes etcd's messages: numbers stay numbers however large, bytes are base64, names are
 * those of the protocol, and what is empty is left out.
 */
import { Buffer } from 'node:buffer';
import { jsonFields, type FieldRow } from '@concord/protocol';

type Values = Readonly<Record<string, unknown>>;

/** The JSON of a message, by its full name. */
export function goJson(fullName: string, message: unknown): string {
  return `{${fieldTexts(fullName, message as Values).join(',')}}`;
}

/** The fields alone, `"name":value` each: for structures that hold those of a message among their own. */
export function fieldTexts(fullName: string, message: Values): readonly string[] {
  const texts: string[] = [];
  const seen = new Set<string>();
  for (const row of jsonFields(fullName)) {
    if (row.oneof === undefined) {
      const text = fieldText(row, message[propertyOf(row.name)]);
      if (text !== undefined) texts.push(`"${row.name}":${text}`);
    } else if (!seen.has(row.oneof)) {
      seen.add(row.oneof);
      texts.push(choiceText(fullName, row.oneof, message));
    }
  }
  return texts;
}

/** Go has an interface where the protocol has a choice: it is a level of its own, under the choice's name. */
function choiceText(fullName: string, oneof: string, message: Values): string {
  const property = propertyOf(oneof.slice(oneof.lastIndexOf('.') + 1));
  const name = `${property.charAt(0).toUpperCase()}${property.slice(1)}`;
  const chosen = message[property] as { case: string; value: unknown } | undefined;
  if (chosen === undefined) return `"${name}":null`;
  const row = jsonFields(fullName).find((one) => propertyOf(one.name) === chosen.case);
  const text = row === undefined ? undefined : fieldText(row, chosen.value);
  return `"${name}":{${row === undefined || text === undefined ? '' : `"${row.name}":${text}`}}`;
}

function fieldText(row: FieldRow, value: unknown): string | undefined {
  if (!Array.isArray(value)) return isEmpty(value) ? undefined : valueText(row, value);
  return value.length === 0 ? undefined : `[${value.map((one) => valueText(row, one)).join(',')}]`;
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === 0 ||
  value === 0n ||
  value === false ||
  value === '' ||
  (value instanceof Uint8Array && value.length === 0);

function valueText(row: FieldRow, value: unknown): string {
  if (row.type === 'message') return goJson(row.of, value);
  if (row.type === 'bytes') return bytesText(value as Uint8Array);
  if (row.type === 'string') return goJsonString(value as string);
  return String(value);
}

export const bytesText = (bytes: Uint8Array): string =>
  `"${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')}"`;

const ESCAPED = /[<>&\u2028\u2029]/g;

/** Go's encoder escapes what HTML would read. */
export const goJsonString = (text: string): string =>
  JSON.stringify(text.toWellFormed()).replace(
    ESCAPED,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );

/** The name that a field has in messages of this code. */
const propertyOf = (name: string): string =>
  name.replace(/_+([^_]?)/g, (_, letter: string) => letter.toUpperCase());
