/**
 * The client's side of HTTP/2 on a socket, with what gRPC needs of it: calls that many share a connection for, flow control both
 * ways, and the end in order. It stands on the server's parts: frames are cut in place, header blocks of requests
 * are encoded once and sent again, and what is said in one turn leaves in one write.
 *
 * Invariant: after `closed` there is no stream and no timer left, and every stream has heard of its end.
 */
import type { Socket } from 'node:net';
import { ConnectionError, frameSizeError, protocolError } from '../errors.ts';
import {
  DEFAULT_WINDOW_BYTES,
  ErrorCode,
  Flag,
  FrameType,
  INT31_MAX,
  readUint31,
  readUint32,
  Setting,
  writeUint32,
} from '../frame.ts';
import { FrameReader, type FrameSink } from '../frame-reader.ts';
import { HeaderBlock } from '../header-block.ts';
import { HpackDecoder, HpackError } from '../hpack/decoder.ts';
import { encodeFields } from '../hpack/encoder.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { ClientSender } from './client-sender.ts';
import { ClientStream, type ClientStreamListener } from './client-stream.ts';

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
/** A status message may hold a long reason. */
const LIMITS = { ...DEFAULT_LIMITS, headerListBytesMax: 64 * 1024 };
/** What may be on its way on one call, and on all: a large answer is not held up by round trips. */
const STREAM_WINDOW_BYTES = 1024 * 1024;
const CONNECTION_WINDOW_BYTES = 16 * 1024 * 1024;
const PAYLOAD_BYTES_MIN: ReadonlyMap<number, number> = new Map([
  [FrameType.resetStream, 4],
  [FrameType.ping, 8],
  [FrameType.goAway, 8],
  [FrameType.windowUpdate, 4],
]);

export interface ClientConnectionListener {
  /** The server speaks HTTP/2. */
  ready(): void;
  /** No more calls can begin: the server says so, or the connection is at its end. Those under way go on. */
  draining(): void;
  /** There is nothing left. */
  closed(reason: string): void;
}

export class ClientConnection implements FrameSink {
  readonly #socket: Socket;
  readonly #listener: ClientConnectionListener;
  readonly #reader = new FrameReader(this);
  readonly #hpack = new HpackDecoder(LIMITS);
  readonly #sender: ClientSender;
  readonly #streams = new Map<number, ClientStream>();
  readonly #pings: (() => void)[] = [];
  #block: HeaderBlock | undefined;
  #nextId = 1;
  #streamsMax = INT31_MAX;
  /** What the server lets new streams send. */
  #initialWindowBytes = DEFAULT_WINDOW_BYTES;
  /** Received and not yet paid back, of the connection's window. */
  #owedBytes = 0;
  #isReady = false;
  #isDraining = false;
  #isClosed = false;
  #reason = 'the connection was closed';

  /** @param socket connected; with TLS, its handshake is done */
  constructor(socket: Socket, listener: ClientConnectionListener) {
    this.#socket = socket;
    this.#listener = listener;
    this.#sender = new ClientSender(socket);
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('error', ({ message }) => (this.#reason = message));
    socket.once('end', () => socket.destroy());
    socket.once('close', () => this.#close());
    this.#greet();
  }

  /** Whether a call can begin. */
  get hasRoom(): boolean {
    return !this.#isDraining && this.#isReady && this.#streams.size < this.#streamsMax;
  }

  /** Calls under way. */
  get streamCount(): number {
    return this.#streams.size;
  }

  /** Begins a call, for which there has to be room. @param block of `encodeRequestHead` */
  open(block: Uint8Array, listener: ClientStreamListener): ClientStream {
    const stream = new ClientStream(this, this.#nextId, this.#initialWindowBytes, listener);
    this.#nextId += 2;
    this.#streams.set(stream.id, stream);
    if (this.#nextId > INT31_MAX) this.#drain();
    this.#sender.block(stream.id, block);
    return stream;
  }

  /** Asks for a sign of life. */
  ping(answered: () => void): void {
    this.#pings.push(answered);
    this.#sender.frame(FrameType.ping, 0, 0, new Uint8Array(8));
  }

  /** Cuts it off; calls under way hear of it. */
  destroy(reason?: string): void {
    if (reason !== undefined) this.#reason = reason;
    this.#socket.destroy();
  }

  /** For the stream: sends bytes, or queues them. */
  send(stream: ClientStream, bytes: Uint8Array): void {
    this.#sender.data(stream, bytes);
  }

  /** For the stream: it is over here, whatever the server says. */
  resetStream(stream: ClientStream, code: ErrorCode): void {
    this.#sender.reset(stream.id, code);
    this.#forget(stream);
  }

  /** For the stream: gives its window back once it is worth a frame. Answers what is still owed. */
  payBack(stream: ClientStream, owedBytes: number): number {
    if (owedBytes < STREAM_WINDOW_BYTES / 2) return owedBytes;
    this.#sender.windowUpdate(stream.id, owedBytes);
    return 0;
  }

  onFrame(
    type: number,
    flags: number,
    streamId: number,
    source: Buffer,
    start: number,
    end: number,
  ): boolean {
    if (this.#block !== undefined && type !== FrameType.continuation) {
      throw protocolError('a frame within a header block');
    }
    const least = PAYLOAD_BYTES_MIN.get(type) ?? 0;
    if (end - start < least) throw frameSizeError(`a frame of type ${type} that is too short`);
    switch (type) {
      case FrameType.data:
        this.#onData(flags, streamId, source, start, end);
        break;
      case FrameType.headers:
        this.#onHeaders(flags, streamId, source, start, end);
        break;
      case FrameType.continuation:
        this.#onContinuation(flags, streamId, source, start, end);
        break;
      case FrameType.resetStream:
        this.#onReset(streamId, readUint32(source, start));
        break;
      case FrameType.settings:
        if ((flags & Flag.ack) === 0) this.#onSettings(source, start, end);
        break;
      case FrameType.pushPromise:
        throw protocolError('PUSH_PROMISE, which was switched off');
      case FrameType.ping:
        if ((flags & Flag.ack) !== 0) this.#pings.shift()?.();
        else this.#sender.frame(FrameType.ping, Flag.ack, 0, source.subarray(start, end));
        break;
      case FrameType.goAway:
        this.#onGoAway(readUint31(source, start));
        break;
      case FrameType.windowUpdate:
        this.#onWindowUpdate(streamId, readUint31(source, start));
        break;
    }
    return !this.#isClosed;
  }

  #greet(): void {
    const settings = new Uint8Array(18);
    let at = setting(settings, 0, Setting.enablePush, 0);
    at = setting(settings, at, Setting.initialWindowSize, STREAM_WINDOW_BYTES);
    setting(settings, at, Setting.maxHeaderListSize, LIMITS.headerListBytesMax);
    this.#sender.raw(PREFACE);
    this.#sender.frame(FrameType.settings, 0, 0, settings);
    this.#sender.windowUpdate(0, CONNECTION_WINDOW_BYTES - DEFAULT_WINDOW_BYTES);
  }

  #receive(chunk: Buffer): void {
    if (this.#isClosed) return;
    try {
      this.#reader.push(chunk);
    } catch (error) {
      if (!(error instanceof ConnectionError || error instanceof HpackError)) throw error;
      this.destroy(error.message);
      return;
    }
    // Answers of this chunk, and what they led to, need not wait for the end of the turn.
    this.#sender.flush();
  }

  #onData(flags: number, streamId: number, source: Buffer, start: number, end: number): void {
    const frameBytes = end - start;
    this.#owedBytes += frameBytes;
    if (this.#owedBytes >= CONNECTION_WINDOW_BYTES / 2) {
      this.#sender.windowUpdate(0, this.#owedBytes);
      this.#owedBytes = 0;
    }
    const isPadded = (flags & Flag.padded) !== 0;
    const dataStart = isPadded ? start + 1 : start;
    const dataEnd = isPadded ? end - (source[start] ?? 0) : end;
    if (dataEnd < dataStart) throw protocolError('padding beyond the frame');
    const stream = this.#streams.get(streamId);
    if (stream === undefined) return;
    if (frameBytes > 0) stream.onData(source.subarray(dataStart, dataEnd), frameBytes);
    if ((flags & Flag.endStream) !== 0) this.#ended(stream);
  }

  #onHeaders(flags: number, streamId: number, source: Buffer, start: number, end: number): void {
    let from = start;
    let to = end;
    if ((flags & Flag.padded) !== 0) {
      to -= source[from] ?? 0;
      from += 1;
    }
    if ((flags & Flag.priority) !== 0) from += 5;
    if (to < from) throw protocolError('padding beyond the frame');
    const isLast = (flags & Flag.endStream) !== 0;
    if ((flags & Flag.endHeaders) !== 0) {
      this.#onBlock(streamId, isLast, source, from, to);
      return;
    }
    this.#block = new HeaderBlock(LIMITS, streamId, isLast, false);
    this.#block.begin(source, from, to);
  }

  #onContinuation(
    flags: number,
    streamId: number,
    source: Buffer,
    start: number,
    end: number,
  ): void {
    const block = this.#block;
    if (block?.streamId !== streamId) throw protocolError('CONTINUATION without its HEADERS');
    block.continue(source, start, end);
    if ((flags & Flag.endHeaders) === 0) return;
    this.#block = undefined;
    const bytes = block.join();
    this.#onBlock(streamId, block.endStream, bytes, 0, bytes.length);
  }

  /** Every block is decoded, whatever has become of its stream: the table depends on it. */
  #onBlock(streamId: number, isLast: boolean, source: Buffer, start: number, end: number): void {
    const { fields } = this.#hpack.decode(source, start, end);
    const stream = this.#streams.get(streamId);
    if (stream === undefined) return;
    stream.onHeaders(fields);
    if (isLast) this.#ended(stream);
  }

  #ended(stream: ClientStream): void {
    this.#forget(stream);
    if (!stream.isEnded && !stream.isOver) {
      // The server has said all and wants no more.
      this.#sender.reset(stream.id, ErrorCode.noError);
    }
    stream.onEnd();
  }

  #onReset(streamId: number, code: number): void {
    const stream = this.#streams.get(streamId);
    if (stream === undefined) return;
    this.#forget(stream);
    stream.onClosed(code);
  }

  #onSettings(source: Buffer, start: number, end: number): void {
    for (let at = start; at + 6 <= end; at += 6) {
      const value = readUint32(source, at + 2);
      switch (((source[at] ?? 0) << 8) | (source[at + 1] ?? 0)) {
        case Setting.maxConcurrentStreams:
          this.#streamsMax = value;
          break;
        case Setting.initialWindowSize:
          this.#changeWindows(value);
          break;
      }
    }
    this.#sender.frame(FrameType.settings, Flag.ack, 0, new Uint8Array());
    this.#sender.pump();
    if (this.#isReady) return;
    this.#isReady = true;
    this.#listener.ready();
  }

  /** RFC 9113 section 6.9.2: windows of streams under way change by the difference, and may become negative. */
  #changeWindows(bytes: number): void {
    if (bytes > INT31_MAX) throw protocolError('initial window above 2^31-1');
    const difference = bytes - this.#initialWindowBytes;
    this.#initialWindowBytes = bytes;
    for (const stream of this.#streams.values()) stream.sendWindowBytes += difference;
  }

  /** The server will not look at streams above `lastId`: they can be sent elsewhere. */
  #onGoAway(lastId: number): void {
    this.#drain();
    for (const stream of [...this.#streams.values()]) {
      if (stream.id <= lastId) continue;
      this.#forget(stream);
      stream.onClosed(ErrorCode.refusedStream);
    }
    if (this.#streams.size === 0) this.#socket.destroySoon();
  }

  #onWindowUpdate(streamId: number, bytes: number): void {
    if (streamId === 0) this.#sender.windowBytes += bytes;
    else {
      const stream = this.#streams.get(streamId);
      if (stream !== undefined) stream.sendWindowBytes += bytes;
    }
    this.#sender.pump();
  }

  #forget(stream: ClientStream): void {
    this.#streams.delete(stream.id);
    this.#sender.drop(stream);
    if (this.#isDraining && this.#streams.size === 0) this.#socket.destroySoon();
  }

  #drain(): void {
    if (this.#isDraining) return;
    this.#isDraining = true;
    this.#listener.draining();
  }

  #close(): void {
    this.#isClosed = true;
    this.#drain();
    this.#sender.close();
    for (const stream of [...this.#streams.values()]) {
      this.#streams.delete(stream.id);
      stream.onClosed(undefined);
    }
    this.#listener.closed(this.#reason);
  }
}

/** A header block that can be sent any number of times. @param fields names (lower case) and values in turn */
export const encodeRequestHead = (fields: readonly string[]): Uint8Array => encodeFields(fields);

function setting(target: Uint8Array, at: number, id: number, value: number): number {
  target[at] = id >>> 8;
  target[at + 1] = id;
  return writeUint32(target, at + 2, value);
}
