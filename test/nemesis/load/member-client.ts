/**
 * A connection to one member: grpc-js carries the calls, so that load and verdict come through an implementation of
 * gRPC that is not the server's. Tells how each call ended, as far as a client can know.
 */
import {
  Client,
  credentials,
  status,
  type ClientDuplexStream,
  type ServiceError,
} from '@grpc/grpc-js';
import {
  encode,
  Watch,
  WatchRequest,
  type MessageType,
  type MethodDescriptor,
  type WatchResponse,
} from '@concord/protocol';

/** How a call ended. */
export type Outcome<Response> =
  | { readonly kind: 'ok'; readonly response: Response }
  /** It has not taken place, and will not. */
  | { readonly kind: 'failed'; readonly message: string }
  /** It may have taken place, or may yet. */
  | { readonly kind: 'unknown'; readonly message: string };

/** Errors by which a server says that it has not taken a request. */
const REFUSALS: ReadonlySet<status> = new Set([
  status.INVALID_ARGUMENT,
  status.NOT_FOUND,
  status.OUT_OF_RANGE,
  status.FAILED_PRECONDITION,
  status.RESOURCE_EXHAUSTED,
]);
/** The same of code UNAVAILABLE: the server's own, and grpc-js's where nobody listens. */
const REFUSAL_TEXTS = /rpc not supported for learner|No connection established|ECONNREFUSED/;

const sent = (bytes: Buffer): Buffer => bytes;

export class MemberClient {
  readonly endpoint: string;
  readonly #channel: Client;

  constructor(endpoint: string) {
    this.endpoint = endpoint;
    this.#channel = new Client(endpoint, credentials.createInsecure(), {
      'grpc.max_receive_message_length': -1,
      // Members come back in a fraction of a second: grpc-js would wait for up to two minutes.
      'grpc.initial_reconnect_backoff_ms': 50,
      'grpc.max_reconnect_backoff_ms': 100,
      // Two clients in one process would else share one connection.
      'grpc.use_local_subchannel_pool': 1,
    });
  }

  call<Request, Response>(
    method: MethodDescriptor<Request, Response>,
    request: Request,
    timeoutMs: number,
  ): Promise<Outcome<Response>> {
    const payload = Buffer.from(encode(method.request, request));
    return new Promise((resolve) => {
      this.#channel.makeUnaryRequest(
        method.path,
        sent,
        sent,
        payload,
        { deadline: Date.now() + timeoutMs },
        (error, answer) => {
          if (error !== null) resolve(outcomeOf(error));
          else resolve({ kind: 'ok', response: method.response.decode(answer ?? Buffer.alloc(0)) });
        },
      );
    });
  }

  /** One request and its answer on a stream of their own, as for a lease's renewal. */
  ask<Request, Response>(
    method: MethodDescriptor<Request, Response>,
    request: Request,
    timeoutMs: number,
  ): Promise<Outcome<Response>> {
    const stream = this.#stream(method.path, method.response, Date.now() + timeoutMs);
    return new Promise((resolve) => {
      stream.on('data', (response: Response) => {
        resolve({ kind: 'ok', response });
        stream.cancel();
      });
      stream.on('error', (error: ServiceError) => resolve(outcomeOf(error)));
      stream.on('end', () => resolve({ kind: 'unknown', message: 'the stream ended' }));
      stream.write(Buffer.from(encode(method.request, request)));
    });
  }

  /** Opens a Watch stream and sends one request on it; `ended` is called once. */
  watch(
    request: WatchRequest,
    received: (response: WatchResponse) => void,
    ended: (message: string) => void,
  ): { cancel(): void } {
    const { path, response } = Watch.methods.watch;
    const stream = this.#stream(path, response, Infinity);
    stream.on('data', received);
    // Without a listener Node throws; `status` tells the same.
    stream.on('error', () => undefined);
    stream.on('status', ({ code, details }: { code: number; details: string }) =>
      ended(`${status[code]}: ${details}`),
    );
    stream.write(Buffer.from(encode(WatchRequest, request)));
    return stream;
  }

  close(): void {
    this.#channel.close();
  }

  #stream<Response>(
    path: string,
    type: MessageType<Response>,
    deadline: number,
  ): ClientDuplexStream<Buffer, Response> {
    return this.#channel.makeBidiStreamRequest(path, sent, (bytes) => type.decode(bytes), {
      deadline,
    });
  }
}

function outcomeOf({ code, details }: ServiceError): {
  kind: 'failed' | 'unknown';
  message: string;
} {
  const isRefused = REFUSALS.has(code) || REFUSAL_TEXTS.test(details);
  return { kind: isRefused ? 'failed' : 'unknown', message: `${status[code]}: ${details}` };
}
