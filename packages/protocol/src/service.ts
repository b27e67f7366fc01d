/**
 * What the generated constant of a service says: its methods, their paths and message types.
 */
import type { MessageType } from './message-type.ts';

/** Which sides of a call stream. */
export type MethodKind = 'unary' | 'server-stream' | 'client-stream' | 'bidi';

export interface MethodDescriptor<Request = unknown, Response = unknown> {
  /** Name in the protocol, such as `LeaseGrant`. */
  readonly name: string;
  /** The `:path` of a call, such as `/etcdserverpb.Lease/LeaseGrant`. */
  readonly path: string;
  readonly kind: MethodKind;
  readonly request: MessageType<Request>;
  readonly response: MessageType<Response>;
}

export interface ServiceDescriptor {
  /** Full name, such as `etcdserverpb.Lease`. */
  readonly name: string;
  /** Methods by name, the first letter in lower case. */
  readonly methods: Readonly<Record<string, MethodDescriptor>>;
}
