/**
 * The fields of messages as data, for the one place that needs them so: protobuf's JSON mapping. Reading and
 * writing the wire never looks here.
 */
import { posix } from 'node:path';
import { modulePath } from './emit-file.ts';
import type { Field, Message, ProtoFile } from './schema.ts';

/** Path below `src/` of the module. */
export const JSON_FIELDS = 'gen/json-fields.ts';

export function emitJsonFields(files: readonly ProtoFile[]): string {
  const messages = files.flatMap((file) => file.messages);
  const fullNames = new Map(messages.map(({ name, fullName }) => [name, fullName]));
  return [
    '/**',
    " * The fields of etcd's messages, by message: what JSON is made of and read by.",
    ' *',
    ' * Generated from proto/etcd/: edit that, not this.',
    ' */',
    "import type { FieldRow } from '../json/message-shape.ts';",
    ...enumImports(files),
    '',
    'export const JSON_FIELDS: Readonly<Record<string, readonly FieldRow[]>> = {',
    ...messages.flatMap((message) => emitMessage(message, fullNames)),
    '};',
    '',
  ].join('\n');
}

function enumImports(files: readonly ProtoFile[]): string[] {
  const used = new Set(
    files
      .flatMap((file) => file.messages.flatMap(({ fields }) => fields))
      .flatMap(({ type }) => (type.kind === 'enum' ? [type.of.name] : [])),
  );
  return files.flatMap((file) => {
    const names = file.enums.map(({ name }) => name).filter((name) => used.has(name));
    if (names.length === 0) return [];
    const path = posix.relative(posix.dirname(JSON_FIELDS), modulePath(file.path));
    return ['import {', ...names.sort().map((name) => `  ${name},`), `} from './${path}';`];
  });
}

function emitMessage(message: Message, fullNames: ReadonlyMap<string, string>): string[] {
  const head = `  '${message.fullName}': [`;
  if (message.fields.length === 0) return [`${head}],`];
  return [
    head,
    ...message.fields.map((field) => `    ${emitField(message, field, fullNames)},`),
    '  ],',
  ];
}

function emitField(message: Message, field: Field, fullNames: ReadonlyMap<string, string>): string {
  const oneof = message.oneofs.find(({ name }) => name === field.oneof);
  const parts = [
    `number: ${field.number}`,
    `name: '${field.protoName}'`,
    typeOf(message, field, fullNames),
    ...(field.isRepeated ? ['isRepeated: true'] : []),
    ...(oneof === undefined ? [] : [`oneof: '${message.fullName}.${oneof.protoName}'`]),
  ];
  return `{ ${parts.join(', ')} }`;
}

function typeOf(
  message: Message,
  { name, type }: Field,
  fullNames: ReadonlyMap<string, string>,
): string {
  if (type.kind === 'scalar') return `type: '${type.scalar}'`;
  if (type.kind === 'enum') return `type: 'enum', values: ${type.of.name}`;
  if (type.kind === 'message') return `type: 'message', of: '${fullNames.get(type.of.name)}'`;
  throw new Error(`${message.fullName}.${name}: maps have no JSON here yet`);
}
