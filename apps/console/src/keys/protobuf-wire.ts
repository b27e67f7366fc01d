/**
 * Reads bytes as a protocol buffer without its schema: numbers of fields, and guesses of what their contents are. Many
 * bytes happen to be a message, so a guess is made only if every byte belongs to a field.
 */
import { textOf, toHex } from './wire-bytes.ts';

export type WireField = { readonly field: number } & (
  | { readonly kind: 'varint'; readonly value: bigint }
  | { readonly kind: 'fixed64'; readonly value: bigint; readonly asDouble: number }
  | { readonly kind: 'fixed32'; readonly value: number; readonly asFloat: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'message'; readonly value: readonly WireField[] }
);

/** Deeper messages are shown as bytes: recursion has to end, and no reader follows that far. */
const DEPTH_MAX = 16;
/** 2^29 - 1: what protocol buffers allow. */
const FIELD_MAX = 536_870_911;

/** The fields of a message, or `undefined` if the bytes are none; no bytes are an empty message. */
export function readMessage(bytes: Uint8Array, depth = 0): readonly WireField[] | undefined {
  const fields: WireField[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at < bytes.length) {
    const tag = readVarint(bytes, at);
    if (tag === undefined) return undefined;
    at = tag.end;
    const field = Number(tag.value >> 3n);
    if (field < 1 || field > FIELD_MAX) return undefined;
    switch (Number(tag.value & 7n)) {
      case 0: {
        const varint = readVarint(bytes, at);
        if (varint === undefined) return undefined;
        fields.push({ field, kind: 'varint', value: varint.value });
        at = varint.end;
        break;
      }
      case 1: {
        if (at + 8 > bytes.length) return undefined;
        const value = view.getBigUint64(at, true);
        fields.push({ field, kind: 'fixed64', value, asDouble: view.getFloat64(at, true) });
        at += 8;
        break;
      }
      case 2: {
        const length = readVarint(bytes, at);
        if (length === undefined || length.value > BigInt(bytes.length - length.end))
          return undefined;
        const end = length.end + Number(length.value);
        fields.push({ field, ...contentOf(bytes.subarray(length.end, end), depth) });
        at = end;
        break;
      }
      case 5: {
        if (at + 4 > bytes.length) return undefined;
        const value = view.getUint32(at, true);
        fields.push({ field, kind: 'fixed32', value, asFloat: view.getFloat32(at, true) });
        at += 4;
        break;
      }
      default:
        return undefined;
    }
  }
  return fields;
}

type Content =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'message'; readonly value: readonly WireField[] };

/** Text that can be printed is text; else a message if it reads as one; else bytes. */
function contentOf(bytes: Uint8Array, depth: number): Content {
  const text = textOf(bytes);
  if (text !== undefined && !/[\u0000-\u0008\u000e-\u001f\u007f]/.test(text))
    return { kind: 'text', value: text };
  const message = depth < DEPTH_MAX && bytes.length > 0 ? readMessage(bytes, depth + 1) : undefined;
  return message === undefined
    ? { kind: 'bytes', value: bytes }
    : { kind: 'message', value: message };
}

/** Ten bytes at most, as 64 bits need. */
function readVarint(
  bytes: Uint8Array,
  start: number,
): { readonly value: bigint; readonly end: number } | undefined {
  let value = 0n;
  for (let at = start; at < bytes.length && at < start + 10; at += 1) {
    const byte = bytes[at]!;
    value |= BigInt(byte & 0x7f) << BigInt(7 * (at - start));
    if (byte < 0x80) return { value: BigInt.asUintN(64, value), end: at + 1 };
  }
  return undefined;
}

/** The fields as `protoc --decode_raw` prints them, a little wider. */
export function printMessage(fields: readonly WireField[], indent = ''): string {
  return fields
    .map((field) => {
      const head = `${indent}${field.field}`;
      switch (field.kind) {
        case 'varint':
          return `${head}: ${field.value}`;
        case 'fixed64':
          return `${head}: 0x${field.value.toString(16).padStart(16, '0')}  (double ${field.asDouble})`;
        case 'fixed32':
          return `${head}: 0x${field.value.toString(16).padStart(8, '0')}  (float ${field.asFloat})`;
        case 'text':
          return `${head}: ${JSON.stringify(field.value)}`;
        case 'bytes':
          return `${head}: <${toHex(field.value)}>`;
        case 'message':
          return `${head} {\n${printMessage(field.value, `${indent}  `)}\n${indent}}`;
      }
    })
    .join('\n');
}
