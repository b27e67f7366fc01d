export type {
  Call,
  CancelReason,
  CloseReason,
  Method,
  StreamCall,
  StreamHandler,
  UnaryCall,
  UnaryHandler,
} from './call.ts';
export { systemClock } from './clock.ts';
export type { CancelTimer, Clock } from './clock.ts';
export { DEFAULT_KEEPALIVE } from './keepalive.ts';
export type { KeepaliveOptions } from './keepalive.ts';
export { DEFAULT_LIMITS } from './limits.ts';
export type { Limits } from './limits.ts';
export { Metadata } from './metadata.ts';
export type { GrpcServerOptions } from './options.ts';
export { peerCertificateOf } from './peer-certificate.ts';
export type { ForeignProtocol } from './protocol-sniffer.ts';
export { GrpcServer } from './server.ts';
export type { ListenAddress, ServerCounts } from './server.ts';
export { GrpcStatus } from './status.ts';
export type { OutgoingFields } from './status.ts';
export type { Rate } from './token-bucket.ts';
export type { TlsGate, TlsRefusal } from './tls-gate.ts';
export { createTlsListener } from './tls-listener.ts';
export type { TlsListenerOptions } from './tls-listener.ts';
export { ClientConnection, encodeRequestHead } from './client/client-connection.ts';
export type { ClientConnectionListener } from './client/client-connection.ts';
export type { ClientStream, ClientStreamListener } from './client/client-stream.ts';
export { ErrorCode } from './frame.ts';
export type { HeaderField } from './hpack/dynamic-table.ts';
