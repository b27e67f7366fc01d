/**
 * The TypeScript of one `.proto` file: header, imports, messages, enums, services.
 */
import { posix } from 'node:path';
import { emitMessage } from './emit-message.ts';
import { lowerFirst } from './names.ts';
import type { Enum, Message, Method, Named, ProtoFile, Service } from './schema.ts';
import { indent, tsdoc } from './text.ts';

/** Path below `src/` of the module generated from a `.proto` file. */
export function modulePath(protoPath: string): string {
  return `gen/${protoPath.replace(/\.proto$/, '.ts')}`;
}

export function emitFile(file: ProtoFile): string {
  const messages = file.messages.flatMap((message) => [...entriesOf(message), message]);
  const body = [
    ...file.enums.flatMap(emitEnum),
    ...messages.flatMap(emitMessage),
    ...file.services.flatMap(emitService),
  ];
  const origin = `Generated from proto/${file.path}: edit that, not this.`;
  const comment = file.comment === '' ? origin : `${file.comment}\n\n${origin}`;
  const lines = [...tsdoc(comment), ...imports(file, body), '', ...body];
  return lines.join('\n').trimEnd() + '\n';
}

/** The hidden messages of a message's maps. */
function entriesOf(message: Message): Message[] {
  return message.fields.flatMap(({ type }) => (type.kind === 'map' ? [type.entry] : []));
}

function imports(file: ProtoFile, body: readonly string[]): string[] {
  const text = body.join('\n');
  const up = '../'.repeat(modulePath(file.path).split('/').length - 1);
  const lines = [];
  if (file.messages.length > 0) {
    const names = ['EMPTY_BYTES', 'Reader', 'type FieldNames'];
    const used = names.filter((name) => text.includes(name.replace('type ', '')));
    lines.push(`import type { MessageType } from '${up}message-type.ts';`);
    lines.push(`import { ${used.join(', ')} } from '${up}reader.ts';`);
  }
  if (file.services.length > 0) {
    lines.push(`import type { ServiceDescriptor } from '${up}service.ts';`);
  }
  if (text.includes('writer: Writer')) lines.push(`import type { Writer } from '${up}writer.ts';`);
  return [...lines, ...foreignImports(file)];
}

function foreignImports(file: ProtoFile): string[] {
  const byFile = new Map<string, Set<string>>();
  for (const { name, file: from } of references(file)) {
    if (from === file.path) continue;
    byFile.set(from, (byFile.get(from) ?? new Set()).add(name));
  }
  return [...byFile]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([from, names]) => {
      const path = posix.relative(posix.dirname(modulePath(file.path)), modulePath(from));
      const relative = path.startsWith('.') ? path : `./${path}`;
      return `import { ${[...names].sort().join(', ')} } from '${relative}';`;
    });
}

/** The messages that the file's code calls. */
function references(file: ProtoFile): Named[] {
  const messages = file.messages.flatMap((message) => [message, ...entriesOf(message)]);
  const types = messages.flatMap(({ fields }) => fields.map(({ type }) => type));
  return [
    ...types.flatMap((type) => (type.kind === 'message' ? [type.of] : [])),
    ...file.services.flatMap(({ methods }) => methods.flatMap((m) => [m.request, m.response])),
  ];
}

function emitEnum(type: Enum): string[] {
  const values = type.values.flatMap(({ name, value, comment }) => [
    ...tsdoc(comment, 1),
    `  ${name}: ${value},`,
  ]);
  return [...tsdoc(type.comment), `export const ${type.name} = {`, ...values, '} as const;', ''];
}

function emitService(service: Service): string[] {
  return [
    ...tsdoc(service.comment),
    `export const ${service.name} = {`,
    `  name: '${service.fullName}',`,
    '  methods: {',
    ...indent(
      service.methods.flatMap((method) => emitMethod(service, method)),
      2,
    ),
    '  },',
    '} as const satisfies ServiceDescriptor;',
    '',
  ];
}

function emitMethod(service: Service, method: Method): string[] {
  return [
    ...tsdoc(method.comment),
    `${lowerFirst(method.name)}: {`,
    `  name: '${method.name}',`,
    `  path: '/${service.fullName}/${method.name}',`,
    `  kind: '${kindOf(method)}',`,
    `  request: ${method.request.name},`,
    `  response: ${method.response.name},`,
    '},',
  ];
}

function kindOf({ requestStreams, responseStreams }: Method): string {
  if (requestStreams) return responseStreams ? 'bidi' : 'client-stream';
  return responseStreams ? 'server-stream' : 'unary';
}
