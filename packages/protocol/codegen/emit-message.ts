/**
 * The TypeScript of one message: its interface, and the constant of the same name that makes, writes and
 * reads it. The comment stands at the interface alone: editors show both at either.
 */
import {
  declaredType,
  initializer,
  readField,
  valueType,
  writeField,
  writeValue,
} from './emit-field.ts';
import type { Field, Message, Oneof } from './schema.ts';
import { indent, LINE_WIDTH, tsdoc } from './text.ts';

export function emitMessage(message: Message): string[] {
  const keyword = message.isMapEntry ? '' : 'export ';
  return [
    ...tsdoc(message.comment),
    `${keyword}interface ${message.name} {`,
    ...indent(members(message)),
    '}',
    '',
    ...fieldNames(message),
    `${keyword}const ${message.name}: MessageType<${message.name}> = {`,
    `  name: '${message.fullName}',`,
    '',
    ...indent(create(message)),
    '',
    ...indent(encode(message)),
    '',
    ...indent(decode(message)),
    '',
    ...indent(merge(message)),
    '};',
    '',
  ];
}

/** A member of the interface: a field, or a oneof in the place of its first field. */
type Member =
  | { readonly kind: 'field'; readonly field: Field }
  | { readonly kind: 'oneof'; readonly oneof: Oneof };

function membersOf(message: Message): Member[] {
  return message.fields.flatMap((field): Member[] => {
    const oneof = message.oneofs.find(({ name }) => name === field.oneof);
    if (oneof === undefined) return [{ kind: 'field', field }];
    return oneof.fields[0] === field ? [{ kind: 'oneof', oneof }] : [];
  });
}

function members(message: Message): string[] {
  return membersOf(message).flatMap((member) => {
    if (member.kind === 'oneof') return oneofMember(member.oneof);
    const { field } = member;
    const type =
      message.isMapEntry && field.type.kind === 'message'
        ? valueType(field.type)
        : declaredType(field);
    return [...tsdoc(fieldComment(field), 1).map(outdent), `${field.name}: ${type};`];
  });
}

/** A field's comment is measured where it stands, and indented with its interface. */
const outdent = (line: string): string => line.replace(/^ {2}/, '');

function fieldComment(field: Field): string {
  if (field.type.kind !== 'enum') return field.comment;
  return `${field.comment} One of \`${field.type.of.name}\`, or a value unknown to it.`.trim();
}

function oneofMember(oneof: Oneof): string[] {
  const cases = oneof.fields.flatMap((field) => [
    ...tsdoc(fieldComment(field), 2).map(outdent),
    `  | { case: '${field.name}'; value: ${valueType(field.type)} }`,
  ]);
  return [...tsdoc(oneof.comment, 1).map(outdent), `${oneof.name}:`, ...cases, '  | undefined;'];
}

function fieldNames(message: Message): string[] {
  const names = message.fields.map((field) => `${field.number}: '${field.goName}'`);
  const declaration = `const ${message.name}Fields: FieldNames = {`;
  const oneLine = names.length === 0 ? `${declaration}};` : `${declaration} ${names.join(', ')} };`;
  if (oneLine.length <= LINE_WIDTH) return [oneLine, ''];
  return [declaration, ...indent(names.map((name) => `${name},`)), '};', ''];
}

function create(message: Message): string[] {
  if (message.fields.length === 0)
    return ['create(): ' + message.name + ' {', '  return {};', '},'];
  const lines = membersOf(message).map((member) =>
    member.kind === 'oneof'
      ? `${member.oneof.name}: fields?.${member.oneof.name},`
      : `${initializer(member.field, message.isMapEntry)},`,
  );
  return [
    `create(fields?: Partial<${message.name}>): ${message.name} {`,
    '  return {',
    ...indent(lines, 2),
    '  };',
    '},',
  ];
}

function encode(message: Message): string[] {
  if (message.fields.length === 0) return ['encode(): void {},'];
  const lines = membersOf(message).flatMap((member) =>
    member.kind === 'oneof'
      ? writeOneof(member.oneof)
      : writeField(member.field, message.isMapEntry),
  );
  return [`encode(message: ${message.name}, writer: Writer): void {`, ...indent(lines), '},'];
}

function writeOneof(oneof: Oneof): string[] {
  const chosen = `message.${oneof.name}`;
  const cases = oneof.fields.flatMap((field) => [
    `case '${field.name}': {`,
    ...indent(writeValue(field, `${chosen}.value`)),
    '  break;',
    '}',
  ]);
  return [`switch (${chosen}?.case) {`, ...indent(cases), '  case undefined:', '    break;', '}'];
}

function decode(message: Message): string[] {
  const { name } = message;
  return [
    `decode(bytes: Uint8Array, start = 0, end = bytes.length): ${name} {`,
    `  return ${name}.merge(${name}.create(), new Reader(bytes, start, end));`,
    '},',
  ];
}

function merge(message: Message): string[] {
  const { name } = message;
  const unexpected = `reader.unexpected(at, tag, '${name}', ${name}Fields);`;
  const clauses = message.fields.flatMap((field) => readField(field));
  const body =
    clauses.length === 0
      ? [unexpected]
      : ['switch (tag) {', ...indent([...clauses, 'default:', `  ${unexpected}`]), '}'];
  return [
    `merge(message: ${name}, reader: Reader): ${name} {`,
    '  while (reader.pos < reader.end) {',
    '    const at = reader.pos;',
    '    const tag = reader.tag();',
    ...indent(body, 2),
    '  }',
    '  return message;',
    '},',
  ];
}
