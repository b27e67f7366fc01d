/**
 * Descriptors against the `.proto` files: read back by protobufjs, they declare the same services, messages and
 * fields, and a file names all that it needs.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import protobuf from 'protobufjs';
import { FileDescriptorProto, type IFileDescriptorProto } from '../codegen/descriptor.ts';
import { fileDescriptors } from './gen/descriptors.ts';

const PROTO = join(import.meta.dirname, '../../../proto');

const files = fileDescriptors.map(({ base64 }) =>
  FileDescriptorProto.decode(Buffer.from(base64.join(''), 'base64')),
) as unknown as IFileDescriptorProto[];

/** The file as its author wrote it. */
function written(path: string): protobuf.Root {
  const root = new protobuf.Root();
  root.resolvePath = (_, target) => join(PROTO, target);
  root.loadSync(path, { keepCase: true });
  root.resolveAll();
  return root;
}

function shapeOf(type: protobuf.Type): unknown {
  return type.fieldsArray.map((field) => ({
    name: field.name,
    id: field.id,
    repeated: field.repeated,
    oneof: field.partOf?.name,
    type: field.resolvedType?.fullName ?? field.type,
    isMap: field instanceof protobuf.MapField,
  }));
}

describe('file descriptors', () => {
  const root = protobuf.Root.fromDescriptor({ file: files }, { keepCase: true });
  root.resolveAll();

  for (const { path, symbols } of fileDescriptors.filter(
    ({ path: at }) => !at.includes('v1alpha'),
  )) {
    test(`${path} is described as it is written`, () => {
      const source = written(path);
      for (const symbol of symbols) {
        const theirs = source.lookup(symbol);
        const ours = root.lookup(symbol);
        assert.equal(ours?.constructor.name, theirs?.constructor.name, symbol);
        if (theirs instanceof protobuf.Type && ours instanceof protobuf.Type) {
          assert.deepEqual(shapeOf(ours), shapeOf(theirs), symbol);
        }
        if (theirs instanceof protobuf.Enum && ours instanceof protobuf.Enum) {
          assert.deepEqual({ ...ours.values }, { ...theirs.values }, symbol);
        }
      }
    });
  }

  test('types are named in full, and files name what they import', () => {
    const paths = new Set(fileDescriptors.map(({ path }) => path));
    for (const { imports } of fileDescriptors)
      for (const path of imports) assert.ok(paths.has(path), path);
    const typeNames = files.flatMap(({ messageType }) =>
      (messageType ?? []).flatMap(({ field }) =>
        (field ?? []).map(({ typeName }) => typeName ?? ''),
      ),
    );
    assert.ok(typeNames.length > 100);
    for (const name of typeNames) assert.ok(name === '' || name.startsWith('.'), name);
  });

  test('the older reflection is the newer one under another package', () => {
    const older = fileDescriptors.find(({ path }) => path === 'grpc/reflection_v1alpha.proto');
    assert.ok(
      older?.symbols.includes('grpc.reflection.v1alpha.ServerReflection.ServerReflectionInfo'),
    );
  });
});
