/**
 * One client connection that speaks gRPC over HTTP/2 straight on a socket, for load: many calls started
 * in one event-loop turn leave in one write, many answers are read from one chunk, header blocks are
 * computed once, and flow-control updates are sent in bulk. About 2 µs of CPU a call, where a full
 * client library needs 25 to 50.
 *
 * It asserts what it does not know (padding, CONTINUATION, a header table below the default) instead of
 * coping: no gRPC server that it drives sends such things.
 */
import assert from 'node:assert/strict';
import { connect as connectSocket } from 'node:net';
import type { Socket } from 'node:net';
import {
  CONNECTION_PREFACE,
  Flag,
  FrameReader,
  FrameType,
  FrameWriter,
  MESSAGE_PREFIX_BYTES,
  Setting,
  WINDOW_BYTES_DEFAULT,
  WINDOW_BYTES_MAX,
} from './h2-frame.ts';
import { HpackDecoder } from './hpack-decoder.ts';
import { RequestHeaders } from './request-headers.ts';

/** Bytes of one socket read; the buffer is reused by every read. */
const READ_BYTES = 256 * 1024;
/** Consumed bytes after which the peer's window is refilled. */
const REFILL_BYTES = 2 ** 28;
/** HPACK table size below which the peer would have to be told of a smaller one. */
const HEADER_TABLE_BYTES_MIN = 4096;
/** The largest frame that a peer must take without having said so (RFC 9113 section 4.2). */
const FRAME_BYTES_MAX = 16_384;
/** gRPC status of a call that its connection took down: UNAVAILABLE. */
const STATUS_UNAVAILABLE = 14;
/** gRPC status of a call whose answer carries none: UNKNOWN. */
const STATUS_UNKNOWN = 2;

/** Who waits for a call's answer. */
export interface CallListener {
  /** Some bytes of gRPC messages, prefix included; valid during the call only. */
  onData(bytes: Buffer, start: number, end: number): void;
  /** The call is over, with its gRPC status; called exactly once. */
  onEnd(status: number, message: string): void;
}

/** A call under way. */
export class Call {
  readonly streamId: number;
  readonly listener: CallListener;
  /** Bytes that the server lets this stream send. */
  sendWindowBytes: number;
  /** Bytes received and not yet given back by WINDOW_UPDATE. */
  receivedBytes = 0;

  constructor(streamId: number, listener: CallListener, sendWindowBytes: number) {
    this.streamId = streamId;
    this.listener = listener;
    this.sendWindowBytes = sendWindowBytes;
  }
}

/** A message, prefix included, that is larger than a frame or waits for the server to open its window. */
interface QueuedMessage {
  readonly call: Call;
  readonly bytes: Buffer;
  readonly last: boolean;
  /** Bytes sent so far. */
  sent: number;
}

/** One connection. */
export class H2Client {
  readonly #socket: Socket;
  readonly #writer = new FrameWriter();
  readonly #calls = new Map<number, Call>();
  readonly #hpack = new HpackDecoder();
  readonly #headers: RequestHeaders;
  readonly #onReady: () => void;
  readonly #queue: QueuedMessage[] = [];
  #nextStreamId = 1;
  #sendWindowBytes = WINDOW_BYTES_DEFAULT;
  #streamWindowBytes = WINDOW_BYTES_DEFAULT;
  #receivedBytes = 0;
  #flushing = false;

  /** Connects, and resolves once the server has sent its settings. Rejects when it cannot. */
  static connect(host: string, port: number): Promise<H2Client> {
    return new Promise((resolve, reject) => {
      const client: H2Client = new H2Client(host, port, () => resolve(client), reject);
    });
  }

  private constructor(
    host: string,
    port: number,
    onReady: () => void,
    onFailed: (e: Error) => void,
  ) {
    this.#headers = new RequestHeaders(`${host}:${port}`);
    this.#onReady = onReady;
    const reader = new FrameReader({
      onData: (streamId, bytes, start, end) => this.#onData(streamId, bytes, start, end),
      onFrame: (type, flags, streamId, payload) => this.#onFrame(type, flags, streamId, payload),
    });
    this.#socket = connectSocket({
      host,
      port,
      noDelay: true,
      onread: {
        buffer: Buffer.allocUnsafeSlow(READ_BYTES),
        callback: (length, buffer) => {
          reader.read(buffer as Buffer, length);
          return true;
        },
      },
    });
    this.#socket.on('error', onFailed);
    this.#socket.on('close', () => {
      onFailed(new Error(`connection to ${host}:${port} closed`));
      this.#endAll('connection closed');
    });
    this.#socket.write(CONNECTION_PREFACE);
    this.#writer.settings([
      [Setting.enablePush, 0],
      [Setting.initialWindowSize, WINDOW_BYTES_MAX],
    ]);
    this.#writer.windowUpdate(0, WINDOW_BYTES_MAX - WINDOW_BYTES_DEFAULT);
    this.#scheduleFlush();
  }

  /** Starts a call and sends its first message; `last` for a call that sends only one. */
  start(path: string, message: Uint8Array, listener: CallListener, last: boolean): Call {
    const call = new Call(this.#nextStreamId, listener, this.#streamWindowBytes);
    this.#nextStreamId += 2;
    this.#calls.set(call.streamId, call);
    this.#writer.frame(FrameType.headers, Flag.endHeaders, call.streamId, this.#headers.next(path));
    this.send(call, message, last);
    return call;
  }

  /** Sends one message; it is copied, so the caller may reuse its bytes. */
  send(call: Call, message: Uint8Array, last: boolean): void {
    const bytes = MESSAGE_PREFIX_BYTES + message.length;
    const window = Math.min(FRAME_BYTES_MAX, this.#sendWindowBytes, call.sendWindowBytes);
    if (this.#queue.length > 0 || bytes > window) {
      const prefixed = Buffer.alloc(bytes);
      prefixed.writeUInt32BE(message.length, 1);
      prefixed.set(message, MESSAGE_PREFIX_BYTES);
      this.#queue.push({ call, bytes: prefixed, last, sent: 0 });
      this.#drainQueue();
    } else {
      this.#sendWindowBytes -= bytes;
      call.sendWindowBytes -= bytes;
      this.#writer.message(last ? Flag.endStream : 0, call.streamId, message);
    }
    this.#scheduleFlush();
  }

  /** One unary call: the answer's message. Rejects with the status and text of a call that failed. */
  request(path: string, message: Uint8Array): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const parts: Buffer[] = [];
      const listener: CallListener = {
        onData: (bytes, start, end) => void parts.push(Buffer.from(bytes.subarray(start, end))),
        onEnd: (status, text) => {
          if (status === 0) resolve(Buffer.concat(parts).subarray(MESSAGE_PREFIX_BYTES));
          else reject(new Error(`${path}: status ${status}: ${text}`));
        },
      };
      this.start(path, message, listener, true);
    });
  }

  /** Closes the connection; calls under way end as unavailable. */
  close(): void {
    this.#socket.destroy();
  }

  /** Sends from the queue, in its order, as much as frames and windows allow. */
  #drainQueue(): void {
    for (let head = this.#queue[0]; head !== undefined; head = this.#queue[0]) {
      const { call, bytes } = head;
      const window = Math.min(FRAME_BYTES_MAX, this.#sendWindowBytes, call.sendWindowBytes);
      if (window <= 0) return;
      const part = bytes.subarray(head.sent, head.sent + window);
      head.sent += part.length;
      this.#sendWindowBytes -= part.length;
      call.sendWindowBytes -= part.length;
      const complete = head.sent === bytes.length;
      const flags = complete && head.last ? Flag.endStream : 0;
      this.#writer.frame(FrameType.data, flags, call.streamId, part);
      if (complete) this.#queue.shift();
    }
  }

  /** All that one turn wrote goes out together, after the turn's callbacks. */
  #scheduleFlush(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    process.nextTick(() => {
      this.#flushing = false;
      if (this.#writer.pending && this.#socket.writable) this.#socket.write(this.#writer.take());
    });
  }

  #onData(streamId: number, bytes: Buffer, start: number, end: number): void {
    this.#receivedBytes += end - start;
    if (this.#receivedBytes >= REFILL_BYTES) {
      this.#writer.windowUpdate(0, this.#receivedBytes);
      this.#receivedBytes = 0;
      this.#scheduleFlush();
    }
    const call = this.#calls.get(streamId);
    if (call === undefined) return;
    call.receivedBytes += end - start;
    if (call.receivedBytes >= REFILL_BYTES) {
      this.#writer.windowUpdate(streamId, call.receivedBytes);
      call.receivedBytes = 0;
      this.#scheduleFlush();
    }
    call.listener.onData(bytes, start, end);
  }

  #onFrame(type: number, flags: number, streamId: number, payload: Buffer): void {
    if (type === FrameType.headers) {
      assert((flags & Flag.endHeaders) !== 0, 'a header block fits one frame');
      assert((flags & Flag.priority) === 0, 'a server sends no priorities');
      const fields = this.#hpack.decode(payload);
      if ((flags & Flag.endStream) === 0) return;
      const status = fields.find((field) => field.name === 'grpc-status')?.value;
      const text = fields.find((field) => field.name === 'grpc-message')?.value ?? '';
      this.#end(streamId, status === undefined ? STATUS_UNKNOWN : Number(status), text);
    } else if (type === FrameType.windowUpdate) {
      this.#onWindowUpdate(streamId, payload.readUInt32BE(0));
    } else if (type === FrameType.ping && (flags & Flag.ack) === 0) {
      this.#writer.frame(FrameType.ping, Flag.ack, 0, payload);
      this.#scheduleFlush();
    } else if (type === FrameType.settings && (flags & Flag.ack) === 0) {
      this.#onSettings(payload);
    } else if (type === FrameType.resetStream) {
      this.#end(streamId, STATUS_UNAVAILABLE, `RST_STREAM ${payload.readUInt32BE(0)}`);
    } else if (type === FrameType.goAway) {
      this.#endAll(`GOAWAY ${payload.readUInt32BE(4)} ${payload.toString('latin1', 8)}`);
    }
  }

  #onSettings(payload: Buffer): void {
    for (let at = 0; at < payload.length; at += 6) {
      const identifier = payload.readUInt16BE(at);
      const value = payload.readUInt32BE(at + 2);
      if (identifier === Setting.headerTableSize) {
        assert(value >= HEADER_TABLE_BYTES_MIN, 'the server keeps the default header table');
      } else if (identifier === Setting.initialWindowSize) {
        const change = value - this.#streamWindowBytes;
        for (const call of this.#calls.values()) call.sendWindowBytes += change;
        this.#streamWindowBytes = value;
      }
    }
    this.#writer.frame(FrameType.settings, Flag.ack, 0, Buffer.alloc(0));
    this.#scheduleFlush();
    this.#onReady();
  }

  #onWindowUpdate(streamId: number, bytes: number): void {
    if (streamId === 0) this.#sendWindowBytes += bytes;
    else {
      const call = this.#calls.get(streamId);
      if (call !== undefined) call.sendWindowBytes += bytes;
    }
    this.#drainQueue();
    this.#scheduleFlush();
  }

  #end(streamId: number, status: number, message: string): void {
    const call = this.#calls.get(streamId);
    if (call === undefined) return;
    this.#calls.delete(streamId);
    call.listener.onEnd(status, message);
  }

  #endAll(reason: string): void {
    for (const streamId of [...this.#calls.keys()]) this.#end(streamId, STATUS_UNAVAILABLE, reason);
  }
}
