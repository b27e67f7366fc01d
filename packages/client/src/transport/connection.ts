/**
 * The gRPC channel of one endpoint: sends calls with the codecs of the protocol, knows which are in flight, and when
 * the other side was last heard of.
 */
import { Buffer } from 'node:buffer';
import * as grpc from '@grpc/grpc-js';
import { encode, type MethodDescriptor } from '@concord/protocol';
import type { Endpoint } from './endpoint.ts';
import { RpcFailure, type Interruption } from './rpc-failure.ts';

/**
 * Idle connections with calls are pinged by HTTP/2 every 10 s. Members take more than one ping in 5 s as abuse, so
 * a hanging member is found by probes instead, and this only backs them.
 */
const KEEP_ALIVE_MS = 10_000;
const KEEP_ALIVE_TIMEOUT_MS = 3_000;
/** grpc-js waits two minutes at most by default; a member is restarted in a second. */
const RECONNECT_MS_MIN = 100;
const RECONNECT_MS_MAX = 1_000;

/** What a stream tells; `end` comes exactly once, last. */
export interface StreamListener<Response> {
  message(response: Response): void;
  end(failure: RpcFailure): void;
}

export interface RpcStream<Request> {
  send(request: Request): void;
  cancel(): void;
}

/** How a unary call is made. */
export interface UnaryOptions {
  readonly metadata: grpc.Metadata;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Another endpoint may be asked instead if this one takes long. */
  readonly isMovable?: boolean | undefined;
}

interface InFlight {
  readonly startedAtMs: number;
  readonly kind: 'unary' | 'movable' | 'stream';
  interrupt(reason: Interruption): void;
}

export class Connection {
  readonly endpoint: Endpoint;
  /** `performance.now()` of the last message from the other side. */
  heardAtMs = -Infinity;
  readonly #credentials: grpc.ChannelCredentials;
  readonly #channelOptions: grpc.ClientOptions;
  readonly #inFlight = new Set<InFlight>();
  readonly #onBusy: () => void;
  #channel: grpc.Client;

  /** @param onBusy - is told when a first call is in flight */
  constructor(
    endpoint: Endpoint,
    credentials: grpc.ChannelCredentials,
    channelOptions: grpc.ClientOptions,
    onBusy: () => void,
  ) {
    this.endpoint = endpoint;
    this.#credentials = credentials;
    this.#channelOptions = channelOptions;
    this.#onBusy = onBusy;
    this.#channel = this.#dial();
  }

  unary<Request, Response>(
    method: MethodDescriptor<Request, Response>,
    request: Request,
    { metadata, timeoutMs, signal, isMovable }: UnaryOptions,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      let interruption: Interruption | undefined;
      const codec = codecOf(method);
      const call = this.#channel.makeUnaryRequest(
        method.path,
        codec.serialize,
        codec.deserialize,
        request,
        metadata,
        { deadline: Date.now() + timeoutMs },
        (error, response) => {
          this.#inFlight.delete(inFlight);
          signal?.removeEventListener('abort', onAbort);
          if (error === null) {
            this.heardAtMs = performance.now();
            resolve(response as Response);
          } else {
            reject(this.#failure(error, call, interruption));
          }
        },
      );
      const inFlight = this.#begin(isMovable === true ? 'movable' : 'unary', (reason) => {
        interruption ??= reason;
        call.cancel();
      });
      const onAbort = (): void => inFlight.interrupt('aborted');
      if (signal?.aborted === true) onAbort();
      else signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** Opens a stream in both directions. */
  open<Request, Response>(
    method: MethodDescriptor<Request, Response>,
    metadata: grpc.Metadata,
    listener: StreamListener<Response>,
  ): RpcStream<Request> {
    let interruption: Interruption | undefined;
    const codec = codecOf(method);
    const call = this.#channel.makeBidiStreamRequest(
      method.path,
      codec.serialize,
      codec.deserialize,
      metadata,
      {},
    );
    const inFlight = this.#begin('stream', (reason) => {
      interruption ??= reason;
      call.cancel();
    });
    call.on('data', (response: Response) => {
      this.heardAtMs = performance.now();
      listener.message(response);
    });
    // Without a listener Node throws; 'status' tells the same.
    call.on('error', () => undefined);
    call.on('status', (status) => {
      this.#inFlight.delete(inFlight);
      listener.end(this.#failure(status, call, interruption));
    });
    return {
      send: (request) => void call.write(request),
      cancel: () => inFlight.interrupt('aborted'),
    };
  }

  /** Opens a stream of answers to one request, read at the consumer's pace. */
  ask<Request, Response>(
    method: MethodDescriptor<Request, Response>,
    request: Request,
    metadata: grpc.Metadata,
    timeoutMs: number,
    signal?: AbortSignal,
  ): AsyncIterableIterator<Response> {
    let interruption: Interruption | undefined;
    const codec = codecOf(method);
    const call = this.#channel.makeServerStreamRequest(
      method.path,
      codec.serialize,
      codec.deserialize,
      request,
      metadata,
      { deadline: timeoutMs === Infinity ? Infinity : Date.now() + timeoutMs },
    );
    const inFlight = this.#begin('stream', (reason) => {
      interruption ??= reason;
      call.cancel();
    });
    const ended = (): void => {
      this.#inFlight.delete(inFlight);
      signal?.removeEventListener('abort', onAbort);
    };
    const onAbort = (): void => inFlight.interrupt('aborted');
    if (signal?.aborted === true) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
    call.on('status', ended);
    const failed = (error: grpc.ServiceError): RpcFailure =>
      this.#failure(error, call, interruption);
    const heard = (): void => void (this.heardAtMs = performance.now());
    return (async function* () {
      try {
        for await (const response of call) {
          heard();
          yield response as Response;
        }
      } catch (error) {
        throw failed(error as grpc.ServiceError);
      } finally {
        call.cancel();
        ended();
      }
    })();
  }

  /** How long the oldest unary call has been waiting; 0 where there is none. */
  get waitingMs(): number {
    for (const { kind, startedAtMs } of this.#inFlight) {
      if (kind !== 'stream') return performance.now() - startedAtMs;
    }
    return 0;
  }

  get isBusy(): boolean {
    return this.#inFlight.size > 0;
  }

  /** Ends what is in flight; `streamsOnly` leaves unary calls to their deadlines. */
  interrupt(reason: Interruption, streamsOnly = false): void {
    for (const inFlight of [...this.#inFlight]) {
      if (inFlight.kind === 'stream' || !streamsOnly) inFlight.interrupt(reason);
    }
  }

  /** Ends calls that wait for longer than `waitMs` and can be made elsewhere. */
  moveOn(waitMs: number): void {
    const sinceMs = performance.now() - waitMs;
    for (const inFlight of [...this.#inFlight]) {
      if (inFlight.startedAtMs > sinceMs) return;
      if (inFlight.kind === 'movable') inFlight.interrupt('abandoned');
    }
  }

  /** Lets the old TCP connection go: one that has swallowed a request may stay deaf for minutes. */
  redial(): void {
    this.#channel.close();
    this.#channel = this.#dial();
  }

  close(): void {
    this.interrupt('closed');
    this.#channel.close();
  }

  #dial(): grpc.Client {
    return new grpc.Client(this.endpoint.target, this.#credentials, {
      // A connection of our own, so that redialling makes a new one.
      'grpc.use_local_subchannel_pool': 1,
      'grpc.max_receive_message_length': -1,
      'grpc.max_send_message_length': -1,
      'grpc.initial_reconnect_backoff_ms': RECONNECT_MS_MIN,
      'grpc.min_reconnect_backoff_ms': RECONNECT_MS_MIN,
      'grpc.max_reconnect_backoff_ms': RECONNECT_MS_MAX,
      'grpc.keepalive_time_ms': KEEP_ALIVE_MS,
      'grpc.keepalive_timeout_ms': KEEP_ALIVE_TIMEOUT_MS,
      'grpc.service_config_disable_resolution': 1,
      // Who retries what is decided above, by what a call does.
      'grpc.enable_retries': 0,
      ...this.#channelOptions,
    });
  }

  #begin(kind: InFlight['kind'], interrupt: (reason: Interruption) => void): InFlight {
    const inFlight = { startedAtMs: performance.now(), kind, interrupt };
    this.#inFlight.add(inFlight);
    if (this.#inFlight.size === 1) this.#onBusy();
    return inFlight;
  }

  #failure(
    status: { code: number; details: string },
    call: { getPeer(): string },
    interruption: Interruption | undefined,
  ): RpcFailure {
    // As long as no connection has taken the call, its peer is what was dialled. A refused stream, HTTP/2 says, was
    // not looked at.
    const isTaken = call.getPeer() !== this.#channel.getChannel().getTarget();
    const { code, details } = status;
    const isSent = isTaken && !details.startsWith('Stream refused by server');
    return new RpcFailure({ code, details, isSent, endpoint: this.endpoint.text, interruption });
  }
}

interface Codec<Request, Response> {
  serialize(request: Request): Buffer;
  deserialize(bytes: Buffer): Response;
}

const codecs = new WeakMap<object, Codec<never, unknown>>();

function codecOf<Request, Response>(
  method: MethodDescriptor<Request, Response>,
): Codec<Request, Response> {
  let codec = codecs.get(method);
  if (codec === undefined) {
    codec = {
      serialize: (request: Request) => {
        const bytes = encode(method.request, request);
        return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      },
      deserialize: (bytes: Buffer) => method.response.decode(bytes),
    };
    codecs.set(method, codec);
  }
  return codec as unknown as Codec<Request, Response>;
}
