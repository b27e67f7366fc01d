/**
 * The `.proto` files as the generator sees them: parsed by protobufjs, resolved, and reduced to what the
 * emitted code depends on. What the emitter doesn't know is refused here, with the field's name.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import protobuf from 'protobufjs';
import { goName, jsonName } from './names.ts';

/** One `.proto` file. */
export interface ProtoFile {
  /** Path below `proto/`, such as `etcd/kv.proto`. */
  readonly path: string;
  /** The comment that opens the file. */
  readonly comment: string;
  readonly messages: readonly Message[];
  readonly enums: readonly Enum[];
  readonly services: readonly Service[];
}

/** A declaration that other files may refer to. */
export interface Named {
  /** Name in TypeScript: nested names joined by `_`. */
  readonly name: string;
  /** The file that declares it. */
  readonly file: string;
}

export interface Message extends Named {
  /** Name in the protocol, with its package. */
  readonly fullName: string;
  readonly comment: string;
  /** Fields by ascending number. */
  readonly fields: readonly Field[];
  readonly oneofs: readonly Oneof[];
  /** The message is the hidden entry of a map, whose fields are written even when they are zero. */
  readonly isMapEntry: boolean;
}

export interface Enum extends Named {
  readonly comment: string;
  readonly values: readonly {
    readonly name: string;
    readonly value: number;
    readonly comment: string;
  }[];
}

export interface Oneof {
  readonly name: string;
  /** Name in the `.proto`, such as `target_union`. */
  readonly protoName: string;
  readonly comment: string;
  readonly fields: readonly Field[];
}

export type Scalar = 'bool' | 'int32' | 'uint32' | 'int64' | 'uint64' | 'string' | 'bytes';

export type FieldType =
  | { readonly kind: 'scalar'; readonly scalar: Scalar; readonly asNumber: boolean }
  | { readonly kind: 'enum'; readonly of: Named }
  | { readonly kind: 'message'; readonly of: Named }
  | { readonly kind: 'map'; readonly entry: Message };

export interface Field {
  readonly name: string;
  /** Name in the `.proto`, such as `prev_kv`. */
  readonly protoName: string;
  /** Name in Go, which etcd's decode errors use. */
  readonly goName: string;
  readonly number: number;
  readonly comment: string;
  readonly type: FieldType;
  readonly isRepeated: boolean;
  /** Name of the oneof that the field is a case of. */
  readonly oneof: string | undefined;
}

export interface Service extends Named {
  readonly fullName: string;
  readonly comment: string;
  readonly methods: readonly Method[];
}

export interface Method {
  readonly name: string;
  readonly comment: string;
  readonly requestStreams: boolean;
  readonly responseStreams: boolean;
  readonly request: Named;
  readonly response: Named;
}

const SCALARS: ReadonlySet<string> = new Set<Scalar>([
  'bool',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'string',
  'bytes',
]);

/** A `.proto` file as protobufjs has read it, among the others. */
export interface SourceFile {
  readonly path: string;
  readonly package: string;
  readonly imports: readonly string[];
  readonly root: protobuf.Root;
}

/** Reads every `.proto` file below `directory`, in the order of their paths. */
export function loadSchema(directory: string): ProtoFile[] {
  const { root, files } = readRoot(directory);
  return files.map(({ path }) => readFile(root, path, readFileSync(join(directory, path), 'utf8')));
}

/** The same as protobufjs sees them. */
export function readRoot(directory: string): { root: protobuf.Root; files: SourceFile[] } {
  const root = new protobuf.Root();
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => path.endsWith('.proto'))
    .sort();
  const files = paths.map((path) => {
    const source = readFileSync(join(directory, path), 'utf8');
    const options: protobuf.IParseOptions = { keepCase: true, alternateCommentMode: true };
    const before = new Set(declarations(root));
    const parsed = protobuf.parse(source, root, options);
    for (const declared of declarations(root)) if (!before.has(declared)) declared.filename = path;
    return { path, package: parsed.package ?? '', imports: parsed.imports ?? [], root };
  });
  root.resolveAll();
  return { root, files };
}

/** Every message, enum and service below `parent`, each before those inside it. */
function declarations(parent: protobuf.NamespaceBase): protobuf.ReflectionObject[] {
  return parent.nestedArray.flatMap((nested) => {
    const inner = nested instanceof protobuf.Namespace ? declarations(nested) : [];
    const isDeclaration =
      nested instanceof protobuf.Type ||
      nested instanceof protobuf.Enum ||
      nested instanceof protobuf.Service;
    return isDeclaration ? [nested, ...inner] : inner;
  });
}

function readFile(root: protobuf.Root, path: string, source: string): ProtoFile {
  const declared = declarations(root).filter((one) => one.filename === path);
  return {
    path,
    comment: openingComment(source),
    messages: declared.filter((one) => one instanceof protobuf.Type).map(readMessage),
    enums: declared.filter((one) => one instanceof protobuf.Enum).map(readEnum),
    services: declared.filter((one) => one instanceof protobuf.Service).map(readService),
  };
}

function openingComment(source: string): string {
  const lines = source.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('//'));
  return lines
    .slice(0, end)
    .map((line) => line.replace(/^\/\/ ?/, ''))
    .join('\n');
}

function named(object: protobuf.ReflectionObject): Named {
  const parts = [object.name];
  for (let { parent } = object; parent instanceof protobuf.Type; { parent } = parent) {
    parts.unshift(parent.name);
  }
  return { name: parts.join('_'), file: object.filename ?? '' };
}

const fullName = (object: protobuf.ReflectionObject): string => object.fullName.replace(/^\./, '');

function readMessage(type: protobuf.Type): Message {
  const fields = [...type.fieldsArray].sort((a, b) => a.id - b.id).map(readField);
  return {
    ...named(type),
    fullName: fullName(type),
    comment: type.comment ?? '',
    fields,
    oneofs: type.oneofsArray.map((oneof) => ({
      name: jsonName(oneof.name),
      protoName: oneof.name,
      comment: oneof.comment ?? '',
      fields: fields.filter((field) => field.oneof === jsonName(oneof.name)),
    })),
    isMapEntry: false,
  };
}

function readField(field: protobuf.Field): Field {
  const type = field instanceof protobuf.MapField ? mapType(field) : fieldType(field);
  if (field.options?.['proto3_optional'] === true) refuse(field, '`optional` is not supported');
  return {
    name: jsonName(field.name),
    protoName: field.name,
    goName: goName(field.name),
    number: field.id,
    comment: field.comment ?? '',
    type,
    isRepeated: field.repeated,
    oneof: field.partOf === null ? undefined : jsonName(field.partOf.name),
  };
}

function fieldType(field: protobuf.FieldBase): FieldType {
  if (field.resolvedType instanceof protobuf.Type) {
    return { kind: 'message', of: named(field.resolvedType) };
  }
  if (field.resolvedType instanceof protobuf.Enum) {
    return { kind: 'enum', of: named(field.resolvedType) };
  }
  const asNumber = field.options?.['jstype'] === 'JS_NUMBER';
  return { kind: 'scalar', scalar: scalarType(field, field.type), asNumber };
}

function scalarType(field: protobuf.ReflectionObject, type: string): Scalar {
  return SCALARS.has(type) ? (type as Scalar) : refuse(field, `type ${type} is not supported`);
}

/** A map is a list of entries on the wire, each a message of a key and a value. */
function mapType(field: protobuf.MapField): FieldType {
  if (field.parent === null) return refuse(field, 'it is in no message');
  const owner = named(field.parent);
  const entry = { comment: '', isRepeated: false, oneof: undefined };
  const key: FieldType = {
    kind: 'scalar',
    scalar: scalarType(field, field.keyType),
    asNumber: false,
  };
  return {
    kind: 'map',
    entry: {
      name: `${owner.name}_${goName(field.name)}Entry`,
      file: owner.file,
      fullName: `${fullName(field.parent)}.${goName(field.name)}Entry`,
      comment: '',
      fields: [
        { ...entry, name: 'key', protoName: 'key', goName: 'Key', number: 1, type: key },
        {
          ...entry,
          name: 'value',
          protoName: 'value',
          goName: 'Value',
          number: 2,
          type: fieldType(field),
        },
      ],
      oneofs: [],
      isMapEntry: true,
    },
  };
}

function readEnum(type: protobuf.Enum): Enum {
  const values = Object.entries(type.values);
  return {
    ...named(type),
    comment: type.comment ?? '',
    values: values.map(([name, value]) => ({ name, value, comment: type.comments[name] ?? '' })),
  };
}

function readService(service: protobuf.Service): Service {
  return {
    ...named(service),
    fullName: fullName(service),
    comment: service.comment ?? '',
    methods: service.methodsArray.map((method) => ({
      name: method.name,
      comment: method.comment ?? '',
      requestStreams: method.requestStream === true,
      responseStreams: method.responseStream === true,
      request: methodType(method, method.resolvedRequestType),
      response: methodType(method, method.resolvedResponseType),
    })),
  };
}

function methodType(method: protobuf.Method, type: protobuf.Type | null): Named {
  return type === null ? refuse(method, 'its message type is not known') : named(type);
}

function refuse(object: protobuf.ReflectionObject, reason: string): never {
  throw new Error(`cannot generate code for ${fullName(object)}: ${reason}`);
}
