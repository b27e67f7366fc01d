/** `@concord/sdk/grpc`: discovered services as targets of any grpc-js client. */
export {
  HASH_KEY_HEADER,
  installGrpc,
  POLICY_NAME,
  type GrpcCopy,
  type GrpcInstallation,
  type GrpcOptions,
} from '@concord/registry/grpc';
