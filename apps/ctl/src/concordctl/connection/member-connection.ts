/**
 * gRPC with one member, over Node's HTTP/2. The client of the SDK stands on grpc-js, which alone takes longer to load than a
 * command of this program may run; and answers are wanted here as they came.
 */
import { Buffer } from 'node:buffer';
import * as http2 from 'node:http2';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls, type SecureContext, type SecureContextOptions } from 'node:tls';
import { encode, StatusCode, type MethodDescriptor } from '@concord/protocol';
import type { Endpoint } from './endpoint.ts';
import { MessageSplitter } from './message-splitter.ts';
import { RpcError } from './rpc-error.ts';

/** Flow control should never be what a snapshot or a large range waits for. */
const WINDOW_BYTES = 16 * 1024 * 1024;
const FRAME_HEAD_BYTES = 5;

/** The files of `--cert`, `--key` and `--cacert`, as they are. */
export interface MemberTls extends Pick<SecureContextOptions, 'cert' | 'key' | 'ca'> {
  readonly rejectUnauthorized: boolean;
  /** Made of the files: with our certificate, or the authorities that those of members are checked by. */
  readonly secureContext?: SecureContext;
}

export interface MemberConnectionOptions {
  readonly tls: MemberTls;
  readonly dialTimeoutMs: number;
  readonly keepAliveMs: number;
  readonly keepAliveTimeoutMs: number;
  readonly requestBytesMax: number;
  readonly responseBytesMax: number;
}

export type CallHeaders = Readonly<Record<string, string>>;

/** What a stream tells. `end` comes once, last; without an error the server has ended it well. */
export interface StreamListener<Response> {
  message(response: Response): void;
  end(error: RpcError | undefined): void;
}

export interface RpcStream<Request> {
  send(request: Request): void;
  /** Nothing more is sent. */
  finish(): void;
  /** Nothing more is wanted: the listener hears no more. */
  cancel(): void;
  /** Messages wait at the server until `resume()`. */
  pause(): void;
  resume(): void;
}

export class MemberConnection {
  readonly endpoint: Endpoint;
  readonly #options: MemberConnectionOptions;
  #session: http2.ClientHttp2Session | undefined;
  /** Whose member has spoken. One that closes before has let nobody in, and taken nothing. */
  readonly #greeted = new WeakSet<http2.ClientHttp2Session>();
  #pings: NodeJS.Timeout | undefined;
  /** Why there is no connection, in Go's words. */
  #reason = '';

  constructor(endpoint: Endpoint, options: MemberConnectionOptions) {
    this.endpoint = endpoint;
    this.#options = options;
  }

  /** Sends one request, and resolves with the one answer. Rejects with `RpcError`; aborts with `signal`. */
  unary<Request, Response>(
    method: MethodDescriptor<Request, Response>,
    request: Request,
    headers: CallHeaders,
    signal: AbortSignal | undefined,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      let answer: Response | undefined;
      const stream = this.open<Request, Response>(method, headers, {
        message: (response) => (answer = response),
        end: (error) => {
          signal?.removeEventListener('abort', onAbort);
          if (error !== undefined) reject(error);
          else if (answer !== undefined) resolve(answer);
          else reject(new RpcError(StatusCode.INTERNAL, 'the answer has no message', true));
        },
      });
      const onAbort = (): void => {
        stream.cancel();
        reject(new RpcError(StatusCode.CANCELLED, 'context canceled', true));
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      stream.send(request);
      stream.finish();
    });
  }

  open<Request, Response>(
    method: MethodDescriptor<Request, Response>,
    headers: CallHeaders,
    listener: StreamListener<Response>,
  ): RpcStream<Request> {
    if (this.#session?.destroyed === true) this.#session = undefined;
    const session = (this.#session ??= this.#dial());
    const stream = session.request({
      ':method': 'POST',
      ':path': method.path,
      'content-type': 'application/grpc',
      'user-agent': 'concordctl',
      te: 'trailers',
      ...headers,
    });
    let isSent = false;
    const whenGreeted = (send: () => void): void => {
      if (this.#greeted.has(session)) send();
      else session.once('remoteSettings', () => !stream.closed && send());
    };
    const call = new Call(stream, method, listener, {
      responseBytesMax: this.#options.responseBytesMax,
      lost: (failure) =>
        this.#reason || dialFailure(failure ?? this.#farewell(session), this.endpoint),
      isSent: () => isSent,
    });
    return {
      send: (request) => {
        const message = encode(method.request, request);
        whenGreeted(() => {
          isSent = true;
          this.#send(stream, message);
        });
      },
      finish: () => whenGreeted(() => void stream.end()),
      cancel: () => call.cancel(),
      pause: () => void stream.pause(),
      resume: () => void stream.resume(),
    };
  }

  close(): void {
    clearInterval(this.#pings);
    this.#session?.destroy();
    this.#session = undefined;
  }

  /** Nothing was said of why the connection has ended; gRPC in Go tells one that never began from others. */
  #farewell(session: http2.ClientHttp2Session): Error {
    const hasBegun = this.#greeted.has(session);
    return new Error(hasBegun ? 'the connection was lost' : 'error reading server preface: EOF');
  }

  #send(stream: http2.ClientHttp2Stream, message: Uint8Array): void {
    const { requestBytesMax } = this.#options;
    if (message.length > requestBytesMax) {
      stream.destroy(
        new RpcError(
          StatusCode.RESOURCE_EXHAUSTED,
          `trying to send message larger than max (${message.length} vs. ${requestBytesMax})`,
          false,
        ),
      );
      return;
    }
    const frame = Buffer.allocUnsafe(FRAME_HEAD_BYTES + message.length);
    frame[0] = 0;
    frame.writeUInt32BE(message.length, 1);
    frame.set(message, FRAME_HEAD_BYTES);
    stream.write(frame);
  }

  #dial(): http2.ClientHttp2Session {
    const { host, port, path, isTls } = this.endpoint;
    const { tls, dialTimeoutMs } = this.#options;
    this.#reason = '';
    const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    const session = http2.connect(`${isTls ? 'https' : 'http'}://${authority}`, {
      settings: { enablePush: false, initialWindowSize: WINDOW_BYTES },
      createConnection: () => {
        const target = path === '' ? { host, port } : { path };
        if (!isTls) return connectTcp(target);
        const named = /^[\d.]+$|:/.test(host) ? {} : { servername: host };
        return connectTls({ ...target, ...tls, ...named, ALPNProtocols: ['h2'] });
      },
    });
    const give = (error: Error): void => {
      this.#reason ||= dialFailure(error, this.endpoint);
    };
    const timer = setTimeout(() => {
      session.destroy(new Error('i/o timeout'));
    }, dialTimeoutMs);
    session.once('connect', () => {
      clearTimeout(timer);
      // The other side may have closed it meanwhile.
      if (session.destroyed) return;
      session.setLocalWindowSize(WINDOW_BYTES);
      this.#keepAlive(session);
    });
    // Calls that wait for it are as many as they are.
    session.setMaxListeners(0);
    session.once('remoteSettings', () => this.#greeted.add(session));
    session.on('error', give);
    session.once('close', () => {
      clearTimeout(timer);
      clearInterval(this.#pings);
      if (this.#session === session) this.#session = undefined;
    });
    session.once('goaway', () => {
      if (this.#session === session) this.#session = undefined;
    });
    return session;
  }

  /** A connection whose calls wait in silence is pinged; one that does not answer is given up. */
  #keepAlive(session: http2.ClientHttp2Session): void {
    const { keepAliveMs, keepAliveTimeoutMs } = this.#options;
    if (keepAliveMs <= 0) return;
    clearInterval(this.#pings);
    // etcd takes more than a ping in five seconds as abuse; its own client goes up to ten seconds.
    this.#pings = setInterval(
      () => {
        if (session.destroyed) return;
        const timer = setTimeout(() => {
          session.destroy(new Error('keepalive ping failed to receive ACK within timeout'));
        }, keepAliveTimeoutMs);
        session.ping(() => clearTimeout(timer));
      },
      Math.max(keepAliveMs, KEEP_ALIVE_MS_MIN),
    ).unref();
  }
}

const KEEP_ALIVE_MS_MIN = 10_000;

const SYSTEM_REASONS = new Map([
  ['ECONNREFUSED', 'connect: connection refused'],
  ['ECONNRESET', 'connection reset by peer'],
  ['EHOSTUNREACH', 'connect: no route to host'],
  ['ENETUNREACH', 'connect: network is unreachable'],
  ['ENOENT', 'connect: no such file or directory'],
  ['ETIMEDOUT', 'connect: connection timed out'],
]);

/** Why a connection could not be made, as Go's gRPC says it. */
function dialFailure(outer: Error, { host, port, path }: Endpoint): string {
  const error = outer.cause instanceof Error ? outer.cause : outer;
  const code = 'code' in error ? String(error.code) : '';
  const target = path === '' ? `tcp ${host}:${port}` : `unix ${path}`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return `connection error: desc = "transport: Error while dialing: dial tcp: lookup ${host}: no such host"`;
  }
  const reason = SYSTEM_REASONS.get(code);
  if (reason !== undefined) {
    return `connection error: desc = "transport: Error while dialing: dial ${target}: ${reason}"`;
  }
  return `connection error: desc = "${error.message}"`;
}

/** One call: takes its messages apart, and finds out how it ended. */
class Call<Request, Response> {
  readonly #stream: http2.ClientHttp2Stream;
  #isEnded = false;

  constructor(
    stream: http2.ClientHttp2Stream,
    method: MethodDescriptor<Request, Response>,
    listener: StreamListener<Response>,
    host: {
      readonly responseBytesMax: number;
      readonly lost: (failure: Error | undefined) => string;
      readonly isSent: () => boolean;
    },
  ) {
    this.#stream = stream;
    const end = (error: RpcError | undefined): void => {
      if (this.#isEnded) return;
      this.#isEnded = true;
      listener.end(error);
    };
    let status: RpcError | 'ok' | undefined;
    const splitter = new MessageSplitter(host.responseBytesMax);
    stream.on('response', (headers) => (status ??= statusOf(headers)));
    stream.on(
      'trailers',
      (headers: http2.IncomingHttpHeaders) => (status = statusOf(headers) ?? status),
    );
    stream.on('data', (chunk: Buffer) => {
      if (this.#isEnded) return;
      try {
        for (const message of splitter.split(chunk))
          listener.message(method.response.decode(message));
      } catch (error) {
        end(
          error instanceof RpcError
            ? error
            : new RpcError(StatusCode.INTERNAL, String(error), true),
        );
        stream.close(http2.constants.NGHTTP2_CANCEL);
      }
    });
    let failure: Error | undefined;
    stream.on('error', (error: Error) => (failure = error));
    stream.once('close', () => {
      if (failure instanceof RpcError) return end(failure);
      if (status === 'ok') return end(undefined);
      if (status !== undefined) return end(status);
      const isRefused = stream.rstCode === http2.constants.NGHTTP2_REFUSED_STREAM;
      const isSent = host.isSent() && !isRefused;
      end(new RpcError(StatusCode.UNAVAILABLE, host.lost(failure), isSent));
    });
  }

  cancel(): void {
    this.#isEnded = true;
    this.#stream.close(http2.constants.NGHTTP2_CANCEL);
  }
}

/** What the headers say of the end; undefined where they say nothing yet. */
function statusOf(headers: http2.IncomingHttpHeaders): RpcError | 'ok' | undefined {
  const code = headers['grpc-status'];
  if (typeof code === 'string') {
    if (code === '0') return 'ok';
    return new RpcError(Number(code), unescape(String(headers['grpc-message'] ?? '')), true);
  }
  const http = headers[':status'];
  if (http === undefined || Number(http) === 200) return undefined;
  const details = `unexpected HTTP status code received from server: ${String(http)}`;
  return new RpcError(StatusCode.UNAVAILABLE, details, true);
}

/** `grpc-message` has what is not printable ASCII as `%41`. */
function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
