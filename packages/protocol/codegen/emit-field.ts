/**
 * The TypeScript of one field: its type, its default, and the statements that write and read it.
 */
import type { Field, FieldType, Scalar } from './schema.ts';

/** How a scalar is written and read: names of methods of `Writer` and `Reader`. */
interface ScalarCode {
  readonly type: string;
  readonly zero: string;
  readonly write: string;
  readonly read: string;
  readonly wireType: 0 | 2;
}

const SCALAR_CODE: Readonly<Record<Scalar, ScalarCode>> = {
  bool: { type: 'boolean', zero: 'false', write: 'bool', read: 'bool', wireType: 0 },
  int32: { type: 'number', zero: '0', write: 'int32', read: 'int32', wireType: 0 },
  uint32: { type: 'number', zero: '0', write: 'uint32', read: 'uint32', wireType: 0 },
  int64: { type: 'bigint', zero: '0n', write: 'int64', read: 'int64', wireType: 0 },
  uint64: { type: 'bigint', zero: '0n', write: 'int64', read: 'uint64', wireType: 0 },
  string: { type: 'string', zero: "''", write: 'string', read: 'string', wireType: 2 },
  bytes: { type: 'Uint8Array', zero: 'EMPTY_BYTES', write: 'bytes', read: 'view', wireType: 2 },
};

const NUMBER_CODE: Readonly<Partial<Record<Scalar, ScalarCode>>> = {
  int64: { type: 'number', zero: '0', write: 'int64Number', read: 'int64Number', wireType: 0 },
  uint64: { type: 'number', zero: '0', write: 'int64Number', read: 'uint64Number', wireType: 0 },
};

const WIRE_BYTES = 2;

/** The most bytes that a packed value takes. */
const PACKED_VALUE_BYTES_MAX = 10;

function scalarCode(type: FieldType): ScalarCode | undefined {
  if (type.kind === 'enum') return SCALAR_CODE.int32;
  if (type.kind !== 'scalar') return undefined;
  return (type.asNumber ? NUMBER_CODE[type.scalar] : undefined) ?? SCALAR_CODE[type.scalar];
}

const tagOf = (field: Field, wireType: number): number => field.number * 8 + wireType;

/** A list of numbers or booleans, written as one length-delimited field. */
function isPacked(field: Field): boolean {
  return field.isRepeated && scalarCode(field.type)?.wireType === 0;
}

/** The type of one value of the field. */
export function valueType(type: FieldType): string {
  if (type.kind === 'message') return type.of.name;
  if (type.kind === 'map') {
    const [key, value] = type.entry.fields.map((field) => valueType(field.type));
    return `Map<${key}, ${value}>`;
  }
  return scalarCode(type)?.type ?? 'never';
}

/** The type of the field in the message's interface. */
export function declaredType(field: Field): string {
  const type = valueType(field.type);
  if (field.isRepeated) return `${type}[]`;
  return field.type.kind === 'message' ? `${type} | undefined` : type;
}

/** The field in an object literal that makes a message from `fields`. */
export function initializer(field: Field, isMapEntry: boolean): string {
  const { name, type } = field;
  const given = `${name}: fields?.${name}`;
  if (field.isRepeated) return `${given} ?? []`;
  if (type.kind === 'map') return `${given} ?? new Map()`;
  if (type.kind === 'message') return isMapEntry ? `${given} ?? ${type.of.name}.create()` : given;
  return `${given} ?? ${scalarCode(type)?.zero}`;
}

/** Statements that write the field of `message`, unless it has its default value. */
export function writeField(field: Field, isAlwaysWritten: boolean): string[] {
  const value = `message.${field.name}`;
  if (isPacked(field)) return writePacked(field, value);
  if (field.isRepeated)
    return [`for (const value of ${value}) {`, ...inner(writeValue(field, 'value')), '}'];
  if (field.type.kind === 'map') {
    return [
      `for (const [key, value] of ${value}) {`,
      ...inner(writeMessage(field, field.type.entry.name, '{ key, value }')),
      '}',
    ];
  }
  if (isAlwaysWritten) return writeValue(field, value);
  const lines = writeValue(field, value);
  const [only] = lines;
  if (lines.length === 1) return [`if (${isSet(field, value)}) ${only}`];
  return [`if (${isSet(field, value)}) {`, ...inner(lines), '}'];
}

function isSet(field: Field, value: string): string {
  const code = scalarCode(field.type);
  if (code === undefined) return `${value} !== undefined`;
  if (code.type === 'boolean') return value;
  return code.type === 'Uint8Array' ? `${value}.length !== 0` : `${value} !== ${code.zero}`;
}

/** Statements that write one value with the field's tag. */
export function writeValue(field: Field, value: string): string[] {
  const code = scalarCode(field.type);
  if (code !== undefined)
    return [`writer.${code.write}(${tagOf(field, code.wireType)}, ${value});`];
  return writeMessage(field, valueType(field.type), value);
}

function writeMessage(field: Field, type: string, value: string): string[] {
  return [
    `const start = writer.open(${tagOf(field, WIRE_BYTES)});`,
    `${type}.encode(${value}, writer);`,
    'writer.close(start);',
  ];
}

function writePacked(field: Field, values: string): string[] {
  const write = scalarCode(field.type)?.write;
  const room = `${values}.length * ${PACKED_VALUE_BYTES_MAX}`;
  return [
    `if (${values}.length !== 0) {`,
    `  const start = writer.open(${tagOf(field, WIRE_BYTES)}, ${room});`,
    `  for (const value of ${values}) writer.${write}Value(value);`,
    '  writer.close(start);',
    '}',
  ];
}

/** The `case` clauses that read the field into `message`. */
export function readField(field: Field): string[] {
  const target = `message.${field.name}`;
  const code = scalarCode(field.type);
  if (code === undefined) return readMessage(field, target);
  const read = `reader.${code.read}()`;
  const clause = [`case ${tagOf(field, code.wireType)}:`];
  if (field.oneof !== undefined) {
    return [...clause, `  ${setOneof(field, read)}`, '  break;'];
  }
  if (!field.isRepeated) return [...clause, `  ${target} = ${read};`, '  break;'];
  const one = [...clause, `  ${target}.push(${read});`, '  break;'];
  return isPacked(field) ? [...one, ...readPacked(field, target, read)] : one;
}

/** etcd's decoders bound each value by the message, not by the list that it is in. */
function readPacked(field: Field, target: string, read: string): string[] {
  return [
    `case ${tagOf(field, WIRE_BYTES)}: {`,
    '  const stop = reader.length();',
    `  while (reader.pos < stop) ${target}.push(${read});`,
    '  break;',
    '}',
  ];
}

function readMessage(field: Field, target: string): string[] {
  return [
    `case ${tagOf(field, WIRE_BYTES)}: {`,
    '  const outerEnd = reader.enter();',
    ...inner(readMessageBody(field, target)),
    '  reader.leave(outerEnd);',
    '  break;',
    '}',
  ];
}

function readMessageBody(field: Field, target: string): string[] {
  if (field.type.kind === 'map') {
    const { name } = field.type.entry;
    return [
      `const entry = ${name}.merge(${name}.create(), reader);`,
      `${target}.set(entry.key, entry.value);`,
    ];
  }
  const type = valueType(field.type);
  const fresh = `${type}.merge(${type}.create(), reader)`;
  if (field.oneof !== undefined) return [setOneof(field, fresh)];
  if (field.isRepeated) return [`${target}.push(${fresh});`];
  return [`${target} = ${type}.merge(${target} ?? ${type}.create(), reader);`];
}

/** A later case replaces an earlier one, even the same message: etcd's decoders don't merge them. */
function setOneof(field: Field, value: string): string {
  return `message.${field.oneof} = { case: '${field.name}', value: ${value} };`;
}

const inner = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
