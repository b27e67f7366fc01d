/**
 * What server reflection tells of the `.proto` files: each as a `google.protobuf.FileDescriptorProto`, with the names
 * that it declares. protobufjs describes a declaration; names of types are made full here, because a client may read a
 * file before the ones that it imports.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import protobuf from 'protobufjs';
import {
  FileDescriptorProto,
  type IDescriptorProto,
  type IFieldDescriptorProto,
} from './descriptor.ts';
import { readRoot, type SourceFile } from './schema.ts';

/** Folders of `proto/` whose services clients may call; the others are between members. */
const SERVED = /^(?:etcd|grpc)\//;
const BASE64_COLUMNS = 92;

/** The version of reflection before this one differs in its package alone, and most clients still ask for it. */
const REFLECTION = {
  path: 'grpc/reflection.proto',
  package: 'grpc.reflection.v1',
  olderPath: 'grpc/reflection_v1alpha.proto',
  olderPackage: 'grpc.reflection.v1alpha',
} as const;

interface Description {
  readonly path: string;
  readonly imports: readonly string[];
  readonly symbols: readonly string[];
  readonly bytes: Uint8Array;
}

/** The module `gen/descriptors.ts`. */
export function emitDescriptors(directory: string): string {
  const { files } = readRoot(directory);
  const described = files.filter(({ path }) => SERVED.test(path)).map(describe);
  const reflection = readFileSync(join(directory, REFLECTION.path), 'utf8');
  const older = describe(olderReflection(reflection));
  const all = [...described, older].sort((a, b) => (a.path < b.path ? -1 : 1));
  return `${HEADER}${all.flatMap(emit).join('\n')}\n];\n`;
}

const HEADER = `/**
 * The files that clients' services are declared in, for server reflection.
 *
 * Generated from proto/: edit that, not this.
 */
import type { FileDescriptor } from '../file-descriptor.ts';

export const fileDescriptors: readonly FileDescriptor[] = [
`;

function olderReflection(source: string): SourceFile {
  const root = new protobuf.Root();
  const text = source.replaceAll(REFLECTION.package, REFLECTION.olderPackage);
  const { imports } = protobuf.parse(text, root, { keepCase: true });
  root.resolveAll();
  const { olderPackage, olderPath } = REFLECTION;
  return { path: olderPath, package: olderPackage, imports: imports ?? [], root };
}

function describe({ path, package: packageName, imports, root }: SourceFile): Description {
  const namespace = root.lookup(packageName);
  if (!(namespace instanceof protobuf.Namespace)) throw new Error(`${path} declares a package`);
  const file = FileDescriptorProto.create({
    name: path,
    package: packageName,
    dependency: [...imports],
    syntax: 'proto3',
    messageType: only(namespace, protobuf.Type).map(describeMessage),
    enumType: only(namespace, protobuf.Enum).map((type) => type.toDescriptor()),
    service: only(namespace, protobuf.Service).map((service) => service.toDescriptor()),
  });
  const bytes = FileDescriptorProto.encode(file).finish();
  return { path, imports, symbols: symbolsOf(namespace), bytes };
}

type Constructor<T> = new (...args: never[]) => T;
const only = <T>(namespace: protobuf.NamespaceBase, type: Constructor<T>): T[] =>
  namespace.nestedArray.filter((nested) => nested instanceof type) as T[];

/** As protobufjs describes it, with full names of types, and maps as the compiler names them. */
function describeMessage(type: protobuf.Type): IDescriptorProto {
  const described = type.toDescriptor('proto3');
  const inner = new Map((described.nestedType ?? []).map((nested) => [nested.name, nested]));
  for (const [at, field] of type.fieldsArray.entries()) {
    const target = described.field?.[at];
    if (target === undefined) continue;
    if (field instanceof protobuf.MapField)
      describeMap(type, field, target, inner.get(target.typeName ?? ''));
    else if (field.resolvedType !== null) target.typeName = field.resolvedType.fullName;
  }
  for (const nested of only(type, protobuf.Type)) {
    Object.assign(inner.get(nested.name) ?? {}, describeMessage(nested));
  }
  return described;
}

function describeMap(
  owner: protobuf.Type,
  field: protobuf.MapField,
  target: IFieldDescriptorProto,
  entry: IDescriptorProto | undefined,
): void {
  const name = `${camelCase(field.name)}Entry`;
  if (entry !== undefined) {
    entry.name = name;
    const value = entry.field?.[1];
    if (value !== undefined && field.resolvedType !== null)
      value.typeName = field.resolvedType.fullName;
  }
  target.typeName = `${owner.fullName}.${name}`;
}

const camelCase = (name: string): string =>
  name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Full names of services, their methods, messages and enums. */
function symbolsOf(namespace: protobuf.NamespaceBase): string[] {
  return namespace.nestedArray.flatMap((nested) => {
    const name = nested.fullName.slice(1);
    if (nested instanceof protobuf.Service) {
      return [name, ...nested.methodsArray.map((method) => `${name}.${method.name}`)];
    }
    if (nested instanceof protobuf.Type) return [name, ...symbolsOf(nested)];
    return nested instanceof protobuf.Enum ? [name] : [];
  });
}

function emit({ path, imports, symbols, bytes }: Description): string[] {
  const base64 = Buffer.from(bytes).toString('base64');
  const pieces = base64.match(new RegExp(`.{1,${BASE64_COLUMNS}}`, 'g')) ?? [];
  return [
    '  {',
    `    path: '${path}',`,
    ...list('imports', imports),
    ...list('symbols', symbols),
    ...list('base64', pieces),
    '  },',
  ];
}

/** As prettier would have it. */
function list(name: string, items: readonly string[]): string[] {
  const oneLine = `    ${name}: [${items.map((item) => `'${item}'`).join(', ')}],`;
  if (oneLine.length <= 100) return [oneLine];
  return [`    ${name}: [`, ...items.map((item) => `      '${item}',`), '    ],'];
}
