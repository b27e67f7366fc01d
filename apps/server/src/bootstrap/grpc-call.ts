/**
 * What gRPC adds to an HTTP/2 stream: five bytes before each message, and how the call ended in the trailers.
 */
import type { ClientHttp2Stream, IncomingHttpHeaders, IncomingHttpStatusHeader } from 'node:http2';
import { StatusCode } from '@concord/protocol';

/** etcd's client takes anything up to 2 GiB; a list of the members of one cluster stays far below this. */
const MESSAGE_BYTES_MAX = 16 * 1024 * 1024;
const PREFIX_BYTES = 5;

/** A call ended with a status other than OK, or without one. */
export class GrpcError extends Error {
  override readonly name = 'GrpcError';
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** A message as it goes over the wire, uncompressed. */
export function frame(message: Uint8Array): Buffer {
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

/** Cuts what arrives into messages. */
export class MessageAssembler {
  #rest: Buffer = Buffer.alloc(0);

  /** The messages that `chunk` completes. Throws `GrpcError` for what no server sends to us. */
  take(chunk: Buffer): readonly Buffer[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const messages: Buffer[] = [];
    while (this.#rest.length >= PREFIX_BYTES) {
      const length = this.#rest.readUInt32BE(1);
      if (this.#rest[0] !== 0) {
        throw new GrpcError(StatusCode.INTERNAL, 'a compressed message, which was not asked for');
      }
      if (length > MESSAGE_BYTES_MAX) {
        throw new GrpcError(StatusCode.RESOURCE_EXHAUSTED, `a message of ${length} bytes`);
      }
      if (this.#rest.length < PREFIX_BYTES + length) break;
      messages.push(this.#rest.subarray(PREFIX_BYTES, PREFIX_BYTES + length));
      this.#rest = this.#rest.subarray(PREFIX_BYTES + length);
    }
    return messages;
  }
}

export interface Outcome {
  /** Throws `GrpcError` unless the server said that the call went well. Call once everything has arrived. */
  assertOk(): void;
  /** What a failure of the stream means; the server's own word counts most. */
  explain(error: unknown, signal: AbortSignal): GrpcError;
}

/** Listens to how a call ends; create before anything arrives. */
export function outcomeOf(call: ClientHttp2Stream, name: string): Outcome {
  let head: IncomingHttpHeaders & IncomingHttpStatusHeader = {};
  let trailers: IncomingHttpHeaders = {};
  call.once('response', (headers) => (head = headers));
  call.once('trailers', (headers: IncomingHttpHeaders) => (trailers = headers));
  // A server that answers with trailers alone, as errors are answered, puts the status into the head.
  const status = (): GrpcError | 'ok' | undefined => {
    const code = trailers['grpc-status'] ?? head['grpc-status'];
    if (code === '0') return 'ok';
    const message = trailers['grpc-message'] ?? head['grpc-message'];
    if (code !== undefined) return new GrpcError(Number(code), decoded(message));
    const http = head[':status'];
    if (http === undefined || http === 200) return undefined;
    return new GrpcError(StatusCode.UNKNOWN, `${name}: the endpoint answered HTTP ${http}`);
  };
  return {
    assertOk: () => {
      const ended = status();
      if (ended === 'ok') return;
      throw ended ?? new GrpcError(StatusCode.UNAVAILABLE, `${name}: the connection was lost`);
    },
    explain: (error, signal) => {
      const ended = status();
      if (ended instanceof GrpcError) return ended;
      if (error instanceof GrpcError) return error;
      if (signal.aborted)
        return new GrpcError(StatusCode.DEADLINE_EXCEEDED, `${name}: no answer in time`);
      const reason = error instanceof Error ? error.message : String(error);
      return new GrpcError(StatusCode.UNAVAILABLE, `${name}: ${reason}`);
    },
  };
}

/** Percent-encoded on the wire; a text that is not is shown as it is. */
function decoded(message: string | string[] | undefined): string {
  const text = String(message ?? '');
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
