/**
 * A bidirectional call of grpc-js, and how its messages come into an inbox.
 */
import type { ClientDuplexStream } from '@grpc/grpc-js';
import type { Inbox } from './inbox.ts';

/** A Buffer written to it goes out as it is, so that tests can send what no encoder makes. */
export type BidiCall = ClientDuplexStream<object | Buffer, object>;

/** Puts everything a call delivers, and how it ends, into `inbox`. */
export function deliver<T>(call: BidiCall, inbox: Inbox<T>): void {
  call.on('data', (message: T) => inbox.push(message));
  call.on('status', (status) => inbox.end({ code: status.code, message: status.details }));
  // Without a listener Node throws; 'status' tells the same.
  call.on('error', () => undefined);
}
