/**
 * The gRPC channel of one endpoint: sends calls with the codecs of the protocol, knows which are in flight, and when
 * the other side was last heard of.
 */
import { Buffer } from 'node:buffer';
import type * as grpc from '@grpc/grpc-js';
import { encode, type MethodDescriptor } from '@concord/protocol';
import { Channel } from './channel.ts';
import type { Endpoint } from './endpoint.ts';
import { RpcFailure, type Interruption } from './rpc-failure.ts';

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
  /** What the member needs the cluster for; `local` by default: it answers by itself. */
  readonly kind?: UnaryKind | undefined;
}

/** `local`: any member answers it by itself. `read`: it takes a majority, and does no harm twice. `write`: else. */
export type UnaryKind = 'local' | 'read' | 'write';

interface InFlight {
  readonly startedAtMs: number;
  readonly channel: Channel;
  readonly kind: UnaryKind | 'stream';
  interrupt(reason: Interruption): void;
}

export class Connection {
  readonly endpoint: Endpoint;
  /** `performance.now()` of the last message from the other side. */
  heardAtMs = -Infinity;
  /** `performance.now()` of the last answer that took a majority. */
  servedAtMs = -Infinity;
  readonly #credentials: grpc.ChannelCredentials;
  readonly #channelOptions: grpc.ClientOptions;
  readonly #inFlight = new Set<InFlight>();
  readonly #onBusy: () => void;
  #channel: Channel;

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
    { metadata, timeoutMs, signal, kind = 'local' }: UnaryOptions,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      let interruption: Interruption | undefined;
      const codec = codecOf(method);
      const channel = this.#channel;
      const call = channel.client.makeUnaryRequest(
        method.path,
        codec.serialize,
        codec.deserialize,
        request,
        metadata,
        { deadline: Date.now() + timeoutMs },
        (error, response) => {
          this.#end(inFlight);
          signal?.removeEventListener('abort', onAbort);
          if (error === null) {
            this.heardAtMs = performance.now();
            if (kind !== 'local') this.servedAtMs = this.heardAtMs;
            resolve(response as Response);
          } else {
            reject(this.#failure(error, call, channel, interruption));
          }
        },
      );
      const inFlight = this.#begin(channel, kind, (reason) => {
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
    const channel = this.#channel;
    const call = channel.client.makeBidiStreamRequest(
      method.path,
      codec.serialize,
      codec.deserialize,
      metadata,
      {},
    );
    const inFlight = this.#begin(channel, 'stream', (reason) => {
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
      this.#end(inFlight);
      listener.end(this.#failure(status, call, channel, interruption));
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
    const channel = this.#channel;
    const call = channel.client.makeServerStreamRequest(
      method.path,
      codec.serialize,
      codec.deserialize,
      request,
      metadata,
      { deadline: timeoutMs === Infinity ? Infinity : Date.now() + timeoutMs },
    );
    const inFlight = this.#begin(channel, 'stream', (reason) => {
      interruption ??= reason;
      call.cancel();
    });
    const ended = (): void => {
      this.#end(inFlight);
      signal?.removeEventListener('abort', onAbort);
    };
    const onAbort = (): void => inFlight.interrupt('aborted');
    if (signal?.aborted === true) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
    call.on('status', ended);
    const failed = (error: grpc.ServiceError): RpcFailure =>
      this.#failure(error, call, channel, interruption);
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
    return this.#waitingMs((kind) => kind !== 'stream');
  }

  /** How long the oldest call that takes a majority has been waiting; 0 where there is none. */
  get unservedMs(): number {
    return this.#waitingMs((kind) => kind === 'read' || kind === 'write');
  }

  get isBusy(): boolean {
    return this.#inFlight.size > 0;
  }

  /** Ends what is in flight, or those `kinds` of it that have taken `waitMs`. */
  interrupt(reason: Interruption, kinds?: readonly InFlight['kind'][], waitMs = 0): void {
    const sinceMs = performance.now() - waitMs;
    for (const inFlight of [...this.#inFlight]) {
      if (inFlight.startedAtMs > sinceMs) return;
      if (kinds === undefined || kinds.includes(inFlight.kind)) inFlight.interrupt(reason);
    }
  }

  /** Lets the old TCP connection go: one that has swallowed a request may stay deaf for minutes. */
  redial(): void {
    this.#channel.retire();
    this.#channel = this.#dial();
  }

  close(): void {
    this.interrupt('closed');
    this.#channel.retire();
  }

  #waitingMs(isMeant: (kind: InFlight['kind']) => boolean): number {
    for (const { kind, startedAtMs } of this.#inFlight) {
      if (isMeant(kind)) return performance.now() - startedAtMs;
    }
    return 0;
  }

  #dial(): Channel {
    return new Channel(this.endpoint.target, this.#credentials, this.#channelOptions);
  }

  #begin(
    channel: Channel,
    kind: InFlight['kind'],
    interrupt: (reason: Interruption) => void,
  ): InFlight {
    const inFlight = { startedAtMs: performance.now(), channel, kind, interrupt };
    this.#inFlight.add(inFlight);
    channel.begin();
    if (this.#inFlight.size === 1) this.#onBusy();
    return inFlight;
  }

  #end(inFlight: InFlight): void {
    if (this.#inFlight.delete(inFlight)) inFlight.channel.end();
  }

  #failure(
    status: { code: number; details: string },
    call: { getPeer(): string },
    channel: Channel,
    interruption: Interruption | undefined,
  ): RpcFailure {
    // As long as no connection has taken the call, its peer is what was dialled. A refused stream, HTTP/2 says, was
    // not looked at.
    const isTaken = call.getPeer() !== channel.target;
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
