/**
 * A gRPC client for the few calls of discovery: one connection at a time to the first of several endpoints that
 * accepts it, messages of any size that a key may have, no retries. The server has no other use for a client, so
 * this is small instead of a dependency.
 *
 * Invariant: after `close` no socket, no timer and no call is left.
 */
import * as http2 from 'node:http2';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { encode, StatusCode, statusCodeName, type MethodDescriptor } from '@concord/protocol';
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

  #connect(endpoint: string): Promise<http2.ClientHttp2Session> {
    const { tls, dialTimeoutMs } = this.#options;
    return new Promise((resolve, reject) => {
      const socket = dial(endpoint, tls);
      const session = http2.connect(endpoint, { createConnection: () => socket });
      const fail = (error: Error): void => {
        reject(error);
        session.destroy(error);
        socket.destroy();
      };
      const timer = setTimeout(
        () => fail(new Error(`no connection within ${dialTimeoutMs} ms`)),
        dialTimeoutMs,
      );
      // A session does not hear of an alert in the handshake of TLS 1.3, which comes after its own side is done.
      socket.once('error', fail);
      session.once('close', () => clearTimeout(timer));
      // After the promise is settled, errors reach the calls of the session.
      session.on('error', reject);
      session.once('close', () => reject(new Error('the connection was closed')));
      // 'connect' comes before the other side has said a word of HTTP/2; its settings show that it speaks it.
      session.once('remoteSettings', () => {
        clearTimeout(timer);
        this.#keepAlive(session);
        resolve(session);
      });
    });
  }

  /** Notices that the other side is gone although nothing is sent, as while a watch is waited on. */
  #keepAlive(session: http2.ClientHttp2Session): void {
    const { keepaliveMs, keepaliveTimeoutMs } = this.#options;
    if (keepaliveMs === 0) return;
    const interval = setInterval(
      () => {
        const late = setTimeout(() => session.destroy(), keepaliveTimeoutMs);
        session.ping(() => clearTimeout(late));
      },
      Math.max(keepaliveMs, KEEPALIVE_MS_MIN),
    );
    session.once('close', () => clearInterval(interval));
  }
}

function dial(endpoint: string, tls: http2.SecureClientSessionOptions): Socket {
  const { protocol, hostname, port } = new URL(endpoint);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  if (protocol === 'http:') return connectPlain({ host, port: Number(port) || 80 });
  return connectTls({
    ...tls,
    host,
    port: Number(port) || 443,
    ...(isIP(host) === 0 && { servername: host }),
    ALPNProtocols: ['h2'],
    minVersion: 'TLSv1.2',
  });
}

/** `Unavailable: …`, as Go's clients print an error. */
export const describeGrpcError = ({ code, message }: GrpcError): string =>
  `${statusCodeName(code)}: ${message}`;
