/**
 * protobufjs' descriptors: its type declarations name exports that its CommonJS module does not show to `import`.
 */
import { createRequire } from 'node:module';
import type protobuf from 'protobufjs';
import type * as Descriptor from 'protobufjs/ext/descriptor.js';

export type {
  IDescriptorProto,
  IFieldDescriptorProto,
  IFileDescriptorProto,
} from 'protobufjs/ext/descriptor.js';

const descriptor = createRequire(import.meta.url)('protobufjs/ext/descriptor') as typeof Descriptor;

/** `google.protobuf.FileDescriptorProto`. */
export const FileDescriptorProto: protobuf.Type = descriptor.FileDescriptorProto;
