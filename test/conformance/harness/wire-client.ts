/**
 * A client of etcd's API that shares nothing with Concord but the .proto files: grpc-js carries the calls,
 * proto-loader the messages. It adds nothing (no retry, no resume, no checks), so what a test sends is
 * what the server gets.
 */
import * as grpc from '@grpc/grpc-js';
import { AnswerStream } from './answer-stream.ts';
import type { BidiCall } from './bidi-call.ts';
import { recordCall } from './call-record.ts';
import { KeepAliveStream } from './keep-alive-stream.ts';
import type { RequestOf, ResponseOf, UnaryMethod } from './messages.ts';
import { responseOf } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { methodDefinition } from './service-definitions.ts';
import { WatchStream } from './watch-stream.ts';

/** Turns a call that is never answered into a failure. */
const CALL_MS_MAX = 30_000;

export interface RawCallOptions {
  readonly metadata?: Readonly<Record<string, string | Buffer>>;
  /** Milliseconds from now; the server is told. */
  readonly deadlineMs?: number;
  /** Cancels the call. */
  readonly signal?: AbortSignal;
}

export class WireClient {
  readonly #channel: grpc.Client;
  readonly #callMsMax: number;

  /** `callMsMax`: after how long a call without an answer has failed. */
  constructor(endpoint: string, callMsMax = CALL_MS_MAX) {
    this.#callMsMax = callMsMax;
    this.#channel = new grpc.Client(endpoint, grpc.credentials.createInsecure(), {
      'grpc.max_receive_message_length': -1,
      'grpc.max_send_message_length': -1,
      // Tests restart servers: a channel must not wait a minute before it tries again.
      'grpc.initial_reconnect_backoff_ms': 100,
      'grpc.max_reconnect_backoff_ms': 200,
      'grpc.use_local_subchannel_pool': 1,
    });
  }

  /** Calls `method` and tells how it ended. */
  async call<M extends UnaryMethod>(
    method: M,
    request: RequestOf<M>,
    options: RawCallOptions = {},
  ): Promise<Outcome<ResponseOf<M>>> {
    const definition = methodDefinition(method);
    const payload = definition.requestSerialize(request);
    const outcome = await this.rawCall(definition.path, payload, options);
    if ('code' in outcome) return outcome;
    return { response: definition.responseDeserialize(outcome.response) as ResponseOf<M> };
  }

  /** Calls `method` and returns its response; throws where it fails. */
  async must<M extends UnaryMethod>(
    method: M,
    request: RequestOf<M>,
    options: RawCallOptions = {},
  ): Promise<ResponseOf<M>> {
    return responseOf(await this.call(method, request, options), method);
  }

  /** Sends `payload` as the one message of a unary call to `path`, whatever the two may be. */
  rawCall(path: string, payload: Buffer, options: RawCallOptions = {}): Promise<Outcome<Buffer>> {
    recordCall(path);
    return new Promise((resolve) => {
      const call = this.#channel.makeUnaryRequest(
        path,
        (bytes: Buffer) => bytes,
        (bytes) => bytes,
        payload,
        metadataOf(options),
        { deadline: Date.now() + (options.deadlineMs ?? this.#callMsMax) },
        (error, response) => {
          if (error !== null) resolve({ code: error.code, message: error.details });
          else resolve({ response: response ?? Buffer.alloc(0) });
        },
      );
      options.signal?.addEventListener('abort', () => call.cancel(), { once: true });
    });
  }

  /** Opens a Watch stream. */
  watch(options: RawCallOptions = {}): WatchStream {
    return new WatchStream(this.openStream('Watch', options));
  }

  /** Opens a LeaseKeepAlive stream. */
  keepAlive(options: RawCallOptions = {}): KeepAliveStream {
    return new KeepAliveStream(this.openStream('LeaseKeepAlive', options));
  }

  /** Opens a stream of answers to one request. */
  ask<T>(method: string, request: object, options: RawCallOptions = {}): AnswerStream<T> {
    const stream = new AnswerStream<T>(method, this.openStream(method, options));
    stream.end(request);
    return stream;
  }

  openStream(method: string, options: RawCallOptions = {}): BidiCall {
    const definition = methodDefinition(method);
    recordCall(definition.path);
    return this.#channel.makeBidiStreamRequest(
      definition.path,
      (message: object | Buffer) =>
        Buffer.isBuffer(message) ? message : definition.requestSerialize(message),
      definition.responseDeserialize,
      metadataOf(options),
      {},
    );
  }

  /** The current revision of the store. */
  async revision(): Promise<number> {
    const response = await this.must('Range', { key: Buffer.from('any'), count_only: true });
    return Number(response.header?.revision);
  }

  close(): void {
    this.#channel.close();
  }
}

function metadataOf(options: RawCallOptions): grpc.Metadata {
  const metadata = new grpc.Metadata();
  for (const [key, value] of Object.entries(options.metadata ?? {})) metadata.set(key, value);
  return metadata;
}
