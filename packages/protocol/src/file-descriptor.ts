/** What server reflection tells of one `.proto` file; `gen/descriptors.ts` holds them all. */
export interface FileDescriptor {
  /** Path as other files import it, such as `etcd/rpc.proto`. */
  readonly path: string;
  /** Paths of the files that it imports. */
  readonly imports: readonly string[];
  /** Full names of what it declares: services, methods, messages, enums. */
  readonly symbols: readonly string[];
  /** The file as an encoded `google.protobuf.FileDescriptorProto`: base64, in lines. */
  readonly base64: readonly string[];
}
