/**
 * A message from the wire to JSON, without a message object in between: proto names, 64-bit integers as strings, bytes
 * in base64, enums by name, nothing for what has its default value, no spaces. What the shape does not know is left
 * out.
 */
import { Reader } from '../reader.ts';
import { JsonWriter } from './json-writer.ts';
import { messageShape, type FieldShape, type MessageShape } from './message-shape.ts';

const COMMA = 0x2c;
const QUOTE = 0x22;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;
const LIST = 0x5b;
const LIST_END = 0x5d;

const WIRE_BYTES = 2;

/** A shared writer is let go when one large message has grown it beyond this. */
const KEPT_BYTES_MAX = 256 * 1024;

let shared = new JsonWriter();

/**
 * The JSON of an encoded message.
 *
 * @param fullName such as `etcdserverpb.PutResponse`
 * @param around ASCII text before and after it, such as `{"result":` and `}`
 * @throws ProtocolDecodeError where the bytes are no message
 */
export function jsonOfWire(
  fullName: string,
  wire: Uint8Array,
  around: readonly [before: string, after: string] = ['', ''],
): Uint8Array<ArrayBuffer> {
  const writer = shared.reset();
  writer.ascii(around[0]);
  writeMessage(messageShape(fullName), new Reader(wire, 0, wire.length), writer);
  writer.ascii(around[1]);
  const json = writer.finish();
  if (writer.capacity > KEPT_BYTES_MAX) shared = new JsonWriter();
  return json;
}

/** Writes the message that `reader` is at the beginning of, up to its end. */
function writeMessage(shape: MessageShape, reader: Reader, writer: JsonWriter): void {
  const start = reader.pos;
  const length = writer.length;
  if (writeInOrder(shape, reader, writer)) return;
  // The fields did not come by their numbers: once more, field by field.
  writer.reset(length);
  writer.character(OBJECT);
  let isFirst = true;
  for (const field of shape.fields) {
    reader.pos = start;
    if (writeOnly(field, reader, writer, isFirst)) isFirst = false;
  }
  writer.character(OBJECT_END);
  reader.pos = reader.end;
}

/** False when a field came after one of a higher number; then what was written is void. */
function writeInOrder(shape: MessageShape, reader: Reader, writer: JsonWriter): boolean {
  writer.character(OBJECT);
  let isFirst = true;
  let lastNumber = 0;
  /** The field whose list is open. */
  let open: FieldShape | undefined;
  while (reader.pos < reader.end) {
    const at = reader.pos;
    const tag = reader.tag();
    const field = shape.numbered(tag >>> 3);
    if (field === undefined) {
      reader.unexpected(at, tag, shape.fullName, {});
      continue;
    }
    if (field.number < lastNumber) return false;
    lastNumber = field.number;
    if (open !== undefined && open !== field) {
      writer.character(LIST_END);
      open = undefined;
    }
    if (writeField(field, tag, reader, writer, isFirst, open === field)) isFirst = false;
    if (field.isRepeated) open = field;
  }
  if (open !== undefined) writer.character(LIST_END);
  writer.character(OBJECT_END);
  return true;
}

/** Writes the values of one field among the others; false where there is none. */
function writeOnly(
  field: FieldShape,
  reader: Reader,
  writer: JsonWriter,
  isFirst: boolean,
): boolean {
  let isWritten = false;
  while (reader.pos < reader.end) {
    const at = reader.pos;
    const tag = reader.tag();
    if (tag >>> 3 !== field.number) reader.unexpected(at, tag, '', {});
    else if (writeField(field, tag, reader, writer, isFirst, isWritten)) isWritten = true;
  }
  if (isWritten && field.isRepeated) writer.character(LIST_END);
  return isWritten;
}

/**
 * Writes one value with the field's name, or with a comma where `isNext` says that its list is open; false where it is
 * the default value and so left out.
 */
function writeField(
  field: FieldShape,
  tag: number,
  reader: Reader,
  writer: JsonWriter,
  isFirst: boolean,
  isNext: boolean,
): boolean {
  const length = writer.length;
  if (isNext || !isFirst) writer.character(COMMA);
  if (!isNext) {
    writer.raw(field.label);
    if (field.isRepeated) writer.character(LIST);
  }
  if (field.isRepeated && (tag & 7) === WIRE_BYTES && field.tag % 8 !== WIRE_BYTES) {
    writePacked(field, reader, writer);
    return true;
  }
  const isKept = writeValue(field, reader, writer) || field.isRepeated || field.oneof !== undefined;
  if (!isKept) writer.reset(length);
  return isKept;
}

function writePacked(field: FieldShape, reader: Reader, writer: JsonWriter): void {
  const stop = reader.length();
  for (let isFirst = true; reader.pos < stop; isFirst = false) {
    if (!isFirst) writer.character(COMMA);
    writeValue(field, reader, writer);
  }
}

/** Writes the value that comes next. False when it is the default value of its type. */
function writeValue(field: FieldShape, reader: Reader, writer: JsonWriter): boolean {
  switch (field.type) {
    case 'bool': {
      const value = reader.bool();
      writer.ascii(value ? 'true' : 'false');
      return value;
    }
    case 'int32':
      return writeNumber(reader.int32(), writer);
    case 'uint32':
      return writeNumber(reader.uint32(), writer);
    case 'int64':
      return writeInt64(reader.int64(), writer);
    case 'uint64':
      return writeInt64(reader.uint64(), writer);
    case 'enum':
      return writeEnum(field, reader.int32(), writer);
    case 'string': {
      const text = reader.string();
      writer.string(text);
      return text !== '';
    }
    case 'bytes': {
      const bytes = reader.view();
      writer.base64(bytes);
      return bytes.length !== 0;
    }
    case 'message': {
      const outerEnd = reader.enter();
      writeMessage(field.message, reader, writer);
      reader.leave(outerEnd);
      return true;
    }
  }
}

function writeNumber(value: number, writer: JsonWriter): boolean {
  writer.ascii(String(value));
  return value !== 0;
}

function writeInt64(value: bigint, writer: JsonWriter): boolean {
  writer.character(QUOTE);
  writer.ascii(value.toString());
  writer.character(QUOTE);
  return value !== 0n;
}

/** A value without a name is written as the number that it is. */
function writeEnum(field: FieldShape, value: number, writer: JsonWriter): boolean {
  const name = field.nameByValue.get(value);
  writer.ascii(name === undefined ? String(value) : `"${name}"`);
  return value !== 0;
}
