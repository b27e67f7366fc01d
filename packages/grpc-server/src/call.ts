/**
 * What an application sees of this package: calls, and the methods that answer them. One synchronous
 * function call for each complete request; no promise and no event emitter in between.
 */
import type { PeerCertificate } from 'node:tls';

import type { Metadata } from './metadata.ts';
import type { OutgoingFields } from './status.ts';

/** Why a call ended before the server answered it. */
export type CancelReason = 'cancelled' | 'deadline' | 'connection-lost';

/** Why a stream is over; `finished` when the server ended or failed it. */
export type CloseReason = 'finished' | CancelReason;

/** What all kinds of calls have. */
export interface Call {
  /** The method's path, `/package.Service/Method`. */
  readonly path: string;
  readonly metadata: Metadata;
  /** The client's `address:port`, or the path of the local socket. */
  readonly peer: string;
  /** The client's TLS certificate when it sent one; its own checks are tls.createServer's options. */
  readonly tlsPeerCertificate: PeerCertificate | undefined;
  /** When the client gives up, in milliseconds of the injected clock. */
  readonly deadline: number | undefined;
  /** True from the moment at which an answer can no longer reach the client. */
  readonly cancelled: boolean;
  /**
   * Ends the call with an error; nothing happens when it is over already.
   * @param code one of GrpcStatus.
   * @param message any text; it is percent-encoded.
   * @param fields trailing metadata.
   */
  fail(code: number, message: string, fields?: OutgoingFields): void;
}

/** A call with one request message and one response message. */
export interface UnaryCall extends Call {
  /** Answers. Bytes are copied before it returns; nothing happens when the call is over already. */
  respond(message: Uint8Array): void;
  /** Called at most once, when the call ends before it was answered. */
  onCancel: ((reason: CancelReason) => void) | undefined;
}

/** The server's side of a stream of messages in both directions. */
export interface StreamCall extends Call {
  /**
   * Sends one message, copied before it returns.
   * @returns false when more than `streamHighWaterBytes` are pending: wait for `drain`.
   */
  write(message: Uint8Array): boolean;
  /** Bytes that wait for the client's windows or for the socket. */
  readonly pendingBytes: number;
  /** Ends the stream with status OK behind everything written. */
  end(): void;
  /** Sends the response headers now, with extra fields; without it they precede the first message. */
  sendHeaders(fields?: OutgoingFields): void;
  /** Stops the delivery of messages; the client is held back by flow control. */
  pause(): void;
  /** Undoes {@link pause}; messages that waited are delivered before it returns. */
  resume(): void;
}

/** The application's side of a stream. */
export interface StreamHandler {
  /** One message of the client; `bytes` are valid during the call only. */
  message(bytes: Uint8Array): void;
  /** The client sends no more messages. */
  halfClose(): void;
  /** The stream is over; called exactly once, nothing is called after it. */
  closed(reason: CloseReason): void;
  /** Called after `write` returned false, when half of that has gone. */
  drain?(): void;
}

/** Answers a unary call, now or later. `request` is valid during the call only. */
export type UnaryHandler = (request: Uint8Array, call: UnaryCall) => void;

/** One gRPC method. Client-, server- and bidirectional streams are all `stream`. */
export type Method =
  | { readonly kind: 'unary'; readonly handle: UnaryHandler }
  | { readonly kind: 'stream'; readonly open: (call: StreamCall) => StreamHandler };
