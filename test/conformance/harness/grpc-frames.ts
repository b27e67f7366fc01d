/**
 * gRPC by hand over node:http2, for what grpc-js is too well-behaved to send.
 */
import * as http2 from 'node:http2';

/** A message with its prefix: a flag, four bytes of length. */
export function framed(message: Buffer, flag = 0): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt8(flag, 0);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

export interface GrpcAnswer {
  /** `grpc-status`, or how the stream ended without one. */
  readonly status: string;
  readonly message: string;
  readonly body: Buffer;
}

export class GrpcFrames implements Disposable {
  readonly #session: http2.ClientHttp2Session;

  constructor(endpoint: string) {
    this.#session = http2.connect(`http://${endpoint}`);
    this.#session.on('error', () => undefined);
  }

  /** One request with the given headers (an empty one is left out) and bytes, to its end. */
  send(path: string, headers: Record<string, string>, body?: Buffer): Promise<GrpcAnswer> {
    const proper = {
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
    };
    const merged = Object.entries({ ...proper, ...headers }).filter(([, value]) => value !== '');
    const stream = this.#session.request(Object.fromEntries(merged));
    return new Promise((resolve) => {
      const chunks: Buffer[] = [];
      let last: http2.IncomingHttpHeaders = {};
      stream.on('response', (received) => (last = received));
      stream.on('trailers', (received: http2.IncomingHttpHeaders) => (last = received));
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('error', () => undefined);
      stream.on('close', () =>
        resolve({
          status: String(last['grpc-status'] ?? `reset ${stream.rstCode}`),
          message: String(last['grpc-message'] ?? ''),
          body: Buffer.concat(chunks),
        }),
      );
      stream.end(body);
    });
  }

  [Symbol.dispose](): void {
    this.#session.destroy();
  }
}
