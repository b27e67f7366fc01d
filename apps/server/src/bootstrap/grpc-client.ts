/**
 * A gRPC client for the few calls of discovery: one connection at a time to the first of several endpoints that
 * accepts it, messages of any size that a key may have, no retries. The server has no other use for a client, so
 * this is small instead of a dependency.
 *
 * Invariant: after `close` no socket, no timer and no call is left.
 */
import type * as http2 from 'node:http2';
import { encode, StatusCode, statusCodeName, type MethodDescriptor } from '@concord/protocol';
import { connectSession, keepAlive } from '../http2-session.ts';
import { GrpcError, MessageAssembler, frame, outcomeOf } from './grpc-call.ts';

/** gRPC servers hang up on clients that ping more often: etcd's own client raises what is shorter to this. */
const KEEPALIVE_MS_MIN = 10_000;

export interface GrpcClientOptions {
  /** `http://host:port` or `https://host:port`; tried in this order, from the one after the last that failed. */
  readonly endpoints: readonly string[];
  readonly tls: http2.SecureClientSessionOptions;
  readonly dialTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly keepaliveMs: number;
  readonly keepaliveTimeoutMs: number;
}

export type Metadata = Readonly<Record<string, string>>;

export class GrpcClient {
  readonly #options: GrpcClientOptions;
  #connecting: Promise<http2.ClientHttp2Session> | undefined;
  #session: http2.ClientHttp2Session | undefined;
  /** Where the next connection is tried first. */
  #first = 0;
  #closed = false;

  constructor(options: GrpcClientOptions) {
    this.#options = options;
  }

  /** Throws `GrpcError`. */
  async unary<Request, Response>(
    method: MethodDescriptor<Request, Response>,
    request: Request,
    metadata: Metadata = {},
  ): Promise<Response> {
    // The time to connect has a limit of its own.
    await this.#connected();
    const signal = AbortSignal.timeout(this.#options.requestTimeoutMs);
    let answer: Response | undefined;
    for await (const message of this.#call(method, request, metadata, signal, true)) {
      answer = message;
    }
    if (answer !== undefined) return answer;
    throw new GrpcError(StatusCode.INTERNAL, `${method.name}: the answer held no message`);
  }

  /** Sends one request and yields what the server sends until `signal` aborts, quietly. Throws `GrpcError`. */
  async *stream<Request, Response>(
    method: MethodDescriptor<Request, Response>,
    request: Request,
    metadata: Metadata,
    signal: AbortSignal,
  ): AsyncGenerator<Response> {
    try {
      yield* this.#call(method, request, metadata, signal, false);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** Sends one request, says that there are no more, and yields the answers until their end. Throws `GrpcError`. */
  download<Request, Response>(
    method: MethodDescriptor<Request, Response>,
    request: Request,
    metadata: Metadata,
    signal: AbortSignal,
  ): AsyncGenerator<Response> {
    return this.#call(method, request, metadata, signal, true);
  }

  close(): void {
    this.#closed = true;
    this.#session?.destroy();
  }

  async *#call<Request, Response>(
    method: MethodDescriptor<Request, Response>,
    request: Request,
    metadata: Metadata,
    signal: AbortSignal,
    endsAtOnce: boolean,
  ): AsyncGenerator<Response> {
    const session = await this.#connected();
    const call = session.request(
      {
        ':method': 'POST',
        ':path': method.path,
        'content-type': 'application/grpc',
        te: 'trailers',
        ...metadata,
      },
      { signal },
    );
    const outcome = outcomeOf(call, method.name);
    const assembler = new MessageAssembler();
    call.write(frame(encode(method.request, request)));
    if (endsAtOnce) call.end();
    try {
      for await (const chunk of call) {
        for (const message of assembler.take(chunk as Buffer)) {
          yield method.response.decode(message);
        }
      }
      outcome.assertOk();
    } catch (error) {
      throw outcome.explain(error, signal);
    } finally {
      call.destroy();
    }
  }

  #connected(): Promise<http2.ClientHttp2Session> {
    const session = this.#session;
    if (session !== undefined && !session.closed && !session.destroyed) {
      return Promise.resolve(session);
    }
    this.#connecting ??= this.#connectToAny().finally(() => (this.#connecting = undefined));
    return this.#connecting;
  }

  async #connectToAny(): Promise<http2.ClientHttp2Session> {
    const { endpoints } = this.#options;
    const reasons: string[] = [];
    for (let tried = 0; tried < endpoints.length && !this.#closed; tried++) {
      const endpoint = endpoints[this.#first % endpoints.length] ?? '';
      try {
        return (this.#session = await this.#connect(endpoint));
      } catch (error) {
        this.#first++;
        reasons.push(`${endpoint} (${(error as Error).message || 'connection refused'})`);
      }
    }
    throw new GrpcError(StatusCode.UNAVAILABLE, `cannot connect to ${reasons.join(', ')}`);
  }

  async #connect(endpoint: string): Promise<http2.ClientHttp2Session> {
    const { keepaliveMs, keepaliveTimeoutMs: timeoutMs } = this.#options;
    const session = await connectSession(endpoint, this.#options);
    const intervalMs = Math.max(keepaliveMs, KEEPALIVE_MS_MIN);
    if (keepaliveMs !== 0) keepAlive(session, { intervalMs, timeoutMs });
    return session;
  }
}

/** `Unavailable: …`, as Go's clients print an error. */
export const describeGrpcError = ({ code, message }: GrpcError): string =>
  `${statusCodeName(code)}: ${message}`;
