/**
 * A message from JSON to the wire, without a message object in between, by protobuf's JSON mapping as etcd's gateway
 * applies it: both forms of a field's name, 64-bit integers as numbers or strings, enums by name or number, base64 of
 * either alphabet; unknown fields and enum names are ignored, a field given twice is refused.
 */
import { NESTING_LEVELS_MAX } from '../reader.ts';
import { Writer } from '../writer.ts';
import { readBase64 } from './base64.ts';
import { integerOfText } from './json-integer.ts';
import { invalidValue, nestedTooDeeply, unexpectedToken, type JsonError } from './json-error.ts';
import { messageShape, type FieldShape, type MessageShape } from './message-shape.ts';
import { TokenReader } from './token-reader.ts';

const OBJECT = 0x7b;
const OBJECT_END = 0x7d;
const LIST = 0x5b;
const LIST_END = 0x5d;
const QUOTE = 0x22;
const NULL = 0x6e;
const TRUE = 0x74;
const FALSE = 0x66;

/** A shared writer is let go when one large message has grown it beyond this. */
const KEPT_BYTES_MAX = 256 * 1024;

let shared = new Writer();

/**
 * The encoded message of a JSON value that `ValueScanner` has passed.
 *
 * @param fullName such as `etcdserverpb.PutRequest`
 * @param json the value, which begins at the first byte and ends with the last
 * @throws JsonError where the value is no such message
 */
export function wireOfJson(fullName: string, json: Uint8Array): Uint8Array<ArrayBuffer> {
  const writer = shared.reset();
  new Transcoder(new TokenReader(json), writer).message(messageShape(fullName), 0);
  const wire = writer.finish();
  if (writer.capacity > KEPT_BYTES_MAX) shared = new Writer();
  return wire;
}

class Transcoder {
  readonly #tokens: TokenReader;
  readonly #writer: Writer;

  constructor(tokens: TokenReader, writer: Writer) {
    this.#tokens = tokens;
    this.#writer = writer;
  }

  /** Reads the object that comes next and appends its fields. */
  message(shape: MessageShape, level: number): void {
    if (level > NESTING_LEVELS_MAX) throw nestedTooDeeply();
    const tokens = this.#tokens;
    if (tokens.peek() !== OBJECT) throw this.#unexpected();
    tokens.take();
    let seen = 0;
    let seenOneofs: string[] | undefined;
    while (tokens.peekItem() !== OBJECT_END) {
      const at = tokens.pos;
      const field = shape.named(tokens.name());
      if (field === undefined) {
        tokens.skip();
        continue;
      }
      if ((seen & field.bit) !== 0) {
        throw invalidValue(tokens.place(at), `duplicate field ${tokens.rawAt(at)}`);
      }
      seen |= field.bit;
      if (tokens.peek() === NULL) {
        tokens.skip();
        continue;
      }
      if (field.oneof !== undefined) {
        if (seenOneofs?.includes(field.oneof) === true) {
          const what = `error parsing ${tokens.rawAt(at)}, oneof ${field.oneof} is already set`;
          throw invalidValue(tokens.place(at), what);
        }
        (seenOneofs ??= []).push(field.oneof);
      }
      if (field.isRepeated) this.#list(field, level);
      else this.#value(field, level);
    }
    tokens.take();
  }

  #list(field: FieldShape, level: number): void {
    const tokens = this.#tokens;
    if (tokens.peek() !== LIST) throw this.#unexpected();
    tokens.take();
    while (tokens.peekItem() !== LIST_END) this.#value(field, level);
    tokens.take();
  }

  #value(field: FieldShape, level: number): void {
    switch (field.type) {
      case 'message': {
        const start = this.#writer.open(field.tag);
        this.message(field.message, level + 1);
        this.#writer.close(start);
        return;
      }
      case 'bytes':
        return this.#bytes(field);
      case 'string':
        return this.#string(field);
      case 'bool':
        return this.#bool(field);
      case 'enum':
        return this.#enum(field);
      default:
        return this.#integer(field, field.type);
    }
  }

  #bytes(field: FieldShape): void {
    const tokens = this.#tokens;
    if (tokens.peek() !== QUOTE) throw this.#invalid(field);
    const at = tokens.pos;
    const text = tokens.stringBytes();
    const bytes = roomFor(text.length);
    const length = readBase64(text, bytes);
    if (length < 0) throw this.#invalidAt(field, at);
    if (length > 0 || isWrittenEmpty(field)) {
      this.#writer.bytes(field.tag, bytes.subarray(0, length));
    }
  }

  #string(field: FieldShape): void {
    const tokens = this.#tokens;
    if (tokens.peek() !== QUOTE) throw this.#invalid(field);
    const text = tokens.stringBytes();
    if (text.length > 0 || isWrittenEmpty(field)) this.#writer.bytes(field.tag, text);
  }

  #bool(field: FieldShape): void {
    const first = this.#tokens.peek();
    if (first !== TRUE && first !== FALSE) throw this.#invalid(field);
    this.#tokens.skip();
    if (first === TRUE || isWrittenEmpty(field)) this.#writer.bool(field.tag, first === TRUE);
  }

  #enum(field: FieldShape): void {
    const tokens = this.#tokens;
    const at = tokens.pos;
    const value =
      tokens.peek() === QUOTE
        ? // A name that this version does not know is as good as none.
          (field.valueByName.get(tokens.string()) ?? 'unknown')
        : tokens.isNumber()
          ? integerOfText(tokens.number(), 'int32')
          : undefined;
    if (value === undefined) throw this.#invalidAt(field, at);
    if (value === 'unknown') return;
    if (value !== 0n && value !== 0) this.#writer.int32(field.tag, Number(value));
    else if (isWrittenEmpty(field)) this.#writer.int32(field.tag, 0);
  }

  #integer(field: FieldShape, type: 'int32' | 'uint32' | 'int64' | 'uint64'): void {
    const tokens = this.#tokens;
    const at = tokens.pos;
    let value: bigint | undefined;
    if (tokens.peek() === QUOTE) value = integerOfText(tokens.string(), type);
    else if (tokens.isNumber()) value = integerOfText(tokens.number(), type);
    if (value === undefined) throw this.#invalidAt(field, at);
    if (value === 0n && !isWrittenEmpty(field)) return;
    if (type === 'int32') this.#writer.int32(field.tag, Number(value));
    else if (type === 'uint32') this.#writer.uint32(field.tag, Number(value));
    else this.#writer.int64(field.tag, value);
  }

  #invalid(field: FieldShape): JsonError {
    this.#tokens.peek();
    return this.#invalidAt(field, this.#tokens.pos);
  }

  #invalidAt(field: FieldShape, at: number): JsonError {
    const { type, jsonName } = field;
    const what = `invalid value for ${type} field ${jsonName}: ${this.#tokens.rawAt(at)}`;
    return invalidValue(this.#tokens.place(at), what);
  }

  #unexpected(): JsonError {
    const { pos } = this.#tokens;
    return unexpectedToken(this.#tokens.place(pos), this.#tokens.rawAt(pos));
  }
}

/** Where base64 is read into, one field at a time. */
let room = new Uint8Array(1024);

function roomFor(length: number): Uint8Array {
  if (length > KEPT_BYTES_MAX) return new Uint8Array(length);
  if (length > room.length) room = new Uint8Array(Math.max(length, 2 * room.length));
  return room;
}

/** A default value counts in a list, and as the choice of a oneof. */
const isWrittenEmpty = (field: FieldShape): boolean =>
  field.isRepeated || field.oneof !== undefined;
