/**
 * What becomes of a new request: a unary call, a stream of messages, plain HTTP, or a refusal.
 */
import type { Connection } from './connection.ts';
import { DuplexStream } from './duplex-stream.ts';
import { StreamError } from './errors.ts';
import { ErrorCode } from './frame.ts';
import { HttpStream } from './http-stream.ts';
import type { CallHead, HttpHead, RequestHead } from './request-head.ts';
import { GrpcStatus, encodeTrailersOnly } from './status.ts';
import type { CallFailure } from './status.ts';
import { UnaryStream } from './unary-stream.ts';

/**
 * Starts the stream that `head` asks for.
 * @throws StreamError when the request is malformed or there are too many streams.
 */
export function dispatchRequest(
  connection: Connection,
  streamId: number,
  head: RequestHead,
  endStream: boolean,
): void {
  if (head.kind === 'malformed') {
    throw new StreamError(streamId, ErrorCode.protocolError, head.reason);
  }
  if (connection.streams.size >= connection.limits.concurrentStreamsMax) {
    throw new StreamError(streamId, ErrorCode.refusedStream, 'too many concurrent streams');
  }
  switch (head.kind) {
    case 'call':
      startCall(connection, streamId, head, endStream);
      return;
    case 'http':
      startHttp(connection, streamId, head, endStream);
      return;
    case 'refused':
      refuse(connection, streamId, head.failure, endStream);
      return;
    default:
      head satisfies never;
  }
}

function startCall(
  connection: Connection,
  streamId: number,
  head: CallHead,
  endStream: boolean,
): void {
  const { method } = head;
  if (method.kind === 'unary') {
    const stream = new UnaryStream(connection, streamId, head, method.handle);
    connection.streams.set(streamId, stream);
    if (endStream) stream.receiveEnd();
    return;
  }
  const stream = new DuplexStream(connection, streamId, head);
  connection.streams.set(streamId, stream);
  stream.open(method.open);
  if (endStream && !stream.released) stream.receiveEnd();
}

function startHttp(
  connection: Connection,
  streamId: number,
  head: HttpHead,
  endStream: boolean,
): void {
  if (connection.http !== undefined) {
    const stream = new HttpStream(connection, streamId, head, connection.http);
    connection.streams.set(streamId, stream);
    if (endStream) stream.receiveEnd();
    return;
  }
  const at = head.fields.indexOf('content-type');
  const contentType = at < 0 ? '' : head.fields[at + 1]!;
  const message = `invalid gRPC request content-type "${contentType}"`;
  const failure = { code: GrpcStatus.invalidArgument, message, httpStatus: 415 };
  refuse(connection, streamId, failure, endStream);
}

/** Answers a request that never becomes a stream. */
function refuse(
  connection: Connection,
  streamId: number,
  failure: CallFailure,
  endStream: boolean,
): void {
  connection.sender.headerBlock(streamId, encodeTrailersOnly(failure), true);
  if (endStream) {
    connection.closedStreams.add(streamId);
    return;
  }
  connection.sender.resetStream(streamId, ErrorCode.noError);
  connection.closedStreams.addReset(streamId);
}
