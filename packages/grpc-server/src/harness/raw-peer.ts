/**
 * A client for tests that sends whatever frames it is told to, right or wrong, and collects what the
 * server sends. Waiting is for frames and for the end of the connection, never for time.
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

import { Flag, FrameType, readUint32, writeFrameHeader } from '../frame.ts';
import { HpackDecoder } from '../hpack/decoder.ts';
import { encodeFields } from '../hpack/encoder.ts';

/** A frame of the server. */
export interface ReceivedFrame {
  readonly type: number;
  readonly flags: number;
  readonly streamId: number;
  readonly payload: Buffer;
  /** Decoded fields of a HEADERS frame that is a whole block. */
  readonly fields: ReadonlyMap<string, string>;
}

export const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');

/** The header block of a gRPC request without table references. */
export const requestBlock = (path: string, ...extra: readonly string[]): Uint8Array =>
  encodeFields([
    ':method',
    'POST',
    ':scheme',
    'http',
    ':path',
    path,
    ':authority',
    'localhost',
    'content-type',
    'application/grpc',
    'te',
    'trailers',
    ...extra,
  ]);

/** One frame. */
export function frame(
  type: number,
  flags: number,
  streamId: number,
  payload: Uint8Array = new Uint8Array(0),
): Buffer {
  const bytes = Buffer.alloc(9 + payload.length);
  bytes.set(payload, writeFrameHeader(bytes, 0, payload.length, type, flags, streamId));
  return bytes;
}

/** A gRPC message with its prefix. */
export function message(bytes: Uint8Array | string, flags = 0): Buffer {
  const body = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  const prefixed = Buffer.alloc(5 + body.length);
  prefixed[0] = flags;
  prefixed.writeUInt32BE(body.length, 1);
  prefixed.set(body, 5);
  return prefixed;
}

/** Four bytes, as RST_STREAM and WINDOW_UPDATE carry. */
export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** One SETTINGS frame; ids and values in turn. */
export function settings(...parameters: readonly number[]): Buffer {
  const payload = Buffer.alloc(parameters.length * 3);
  for (let index = 0; index < parameters.length; index += 2) {
    payload.writeUInt16BE(parameters[index]!, index * 3);
    payload.writeUInt32BE(parameters[index + 1]!, index * 3 + 2);
  }
  return frame(FrameType.settings, 0, 0, payload);
}

/** See the file comment. */
export class RawPeer {
  readonly frames: ReceivedFrame[] = [];
  readonly socket: Socket;
  readonly #hpack = new HpackDecoder({ headerListBytesMax: 1 << 20, headerPairsMax: 1 << 10 });
  #rest: Buffer = Buffer.alloc(0);
  #waiters: (() => void)[] = [];
  #closed = false;
  #pings = 1;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.#read(chunk);
      this.#notify();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#closed = true;
      this.#notify();
    });
  }

  /** Connects without sending anything. */
  static async connect(port: number): Promise<RawPeer> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    return new RawPeer(socket);
  }

  /** Connects and sends preface and SETTINGS. */
  static async open(port: number, ...parameters: readonly number[]): Promise<RawPeer> {
    const peer = await RawPeer.connect(port);
    peer.send(PREFACE, settings(...parameters));
    return peer;
  }

  get closed(): boolean {
    return this.#closed;
  }

  send(...parts: readonly Uint8Array[]): void {
    this.socket.write(Buffer.concat(parts));
  }

  /** A unary request in two frames. */
  request(streamId: number, path: string, bytes: Uint8Array | string = ''): void {
    this.send(
      frame(FrameType.headers, 4, streamId, requestBlock(path)),
      frame(FrameType.data, 1, streamId, message(bytes)),
    );
  }

  /** The first frame, received or to come, that satisfies `wanted`. */
  async frame(wanted: (received: ReceivedFrame) => boolean): Promise<ReceivedFrame> {
    for (;;) {
      const found = this.frames.find(wanted);
      if (found !== undefined) return found;
      if (this.#closed) throw new Error('the connection closed without the expected frame');
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
    }
  }

  /** Waits until `condition` holds, looking whenever something was received. */
  async received(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.#closed) throw new Error('the connection closed too early');
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
    }
  }

  /** The trailers of a stream. */
  trailers(streamId: number): Promise<ReceivedFrame> {
    return this.frame(
      ({ type, flags, streamId: id }) =>
        type === FrameType.headers && id === streamId && (flags & 1) !== 0,
    );
  }

  /** The code of the RST_STREAM of a stream. */
  async resetCode(streamId: number): Promise<number> {
    const reset = await this.frame(
      ({ type, streamId: id }) => type === FrameType.resetStream && id === streamId,
    );
    return readUint32(reset.payload, 0);
  }

  /** Code and debug text of the last GOAWAY before the connection closes. */
  async goAway(): Promise<{ code: number; debug: string; lastStreamId: number }> {
    const { payload } = await this.frame(({ type }) => type === FrameType.goAway);
    return {
      lastStreamId: readUint32(payload, 0),
      code: readUint32(payload, 4),
      debug: payload.toString('utf8', 8),
    };
  }

  /** Sends a PING and waits for its answer: everything sent before has been handled. */
  async roundTrip(): Promise<void> {
    const payload = Buffer.alloc(8);
    payload.writeUInt32BE(this.#pings++);
    this.send(frame(FrameType.ping, 0, 0, payload));
    await this.frame(
      ({ type, payload: answer }) => type === FrameType.ping && answer.equals(payload),
    );
  }

  /** Waits for the server to close the connection. */
  async end(): Promise<void> {
    while (!this.#closed) await new Promise<void>((resolve) => this.#waiters.push(resolve));
  }

  close(): void {
    this.socket.destroy();
  }

  /** The bytes of all DATA frames of a stream so far. */
  data(streamId: number): Buffer {
    const parts = this.frames.filter(
      ({ type, streamId: id }) => type === FrameType.data && id === streamId,
    );
    return Buffer.concat(parts.map(({ payload }) => payload));
  }

  #notify(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }

  #read(chunk: Buffer): void {
    const bytes = Buffer.concat([this.#rest, chunk]);
    let at = 0;
    while (bytes.length - at >= 9) {
      const length = bytes.readUIntBE(at, 3);
      if (bytes.length - at < 9 + length) break;
      const type = bytes[at + 3]!;
      const payload = bytes.subarray(at + 9, at + 9 + length);
      const fields = new Map<string, string>();
      if (type === FrameType.headers && (bytes[at + 4]! & Flag.endHeaders) !== 0) {
        const list = this.#hpack.decode(payload, 0, payload.length);
        for (const { name, value } of list.fields) fields.set(name, value);
      }
      const streamId = bytes.readUInt32BE(at + 5);
      this.frames.push({ type, flags: bytes[at + 4]!, streamId, payload, fields });
      at += 9 + length;
    }
    this.#rest = bytes.subarray(at);
  }
}
