/**
 * The send side of a connection: turns answers and control frames into bytes. Small frames go straight
 * to the gathering buffer; what is large, or not permitted by a window, waits in its stream's queue and
 * is sent by turns (see ready-ring.ts). Windows are RFC 9113 section 5.2.
 *
 * Invariant: header blocks are encoded in the order of the wire, because they share one HPACK state.
 */
import { ByteQueue } from './byte-queue.ts';
import { ConnectionError, StreamError } from './errors.ts';
import {
  DEFAULT_FRAME_BYTES_MAX,
  DEFAULT_WINDOW_BYTES,
  ErrorCode,
  FRAME_HEADER_BYTES,
  Flag,
  FrameType,
  INT31_MAX,
  writeFrameHeader,
  writeUint32,
} from './frame.ts';
import type { Limits } from './limits.ts';
import { MESSAGE_PREFIX_BYTES } from './message-assembler.ts';
import type { Output } from './output.ts';
import { ReadyRing } from './ready-ring.ts';
import { ResponseBlocks } from './response-blocks.ts';
import type { Stream, StreamEnding } from './stream.ts';

/**
 * Bytes that go straight to the gathering buffer between two flushes of the connection. The kernel may
 * take bytes as fast as they come; without this bound an application that writes until it is told to
 * wait would never give the event loop back.
 */
const DIRECT_BYTES_MAX = 4 * 1024 * 1024;

/** See the file comment. */
export class Sender {
  /** Window of new streams, as announced by the client. */
  initialStreamWindow = DEFAULT_WINDOW_BYTES;
  /** HEADERS and DATA frames sent: what counts as progress for the ping policy. */
  callFrames = 0;
  readonly #output: Output;
  readonly #limits: Limits;
  readonly #wake: () => void;
  readonly #blocks = new ResponseBlocks();
  readonly #ring = new ReadyRing<Stream>();
  #window = DEFAULT_WINDOW_BYTES;
  #directBytes = 0;
  /** The DATA frame that is last in the gathering buffer and may still grow. */
  #openStream: Stream | undefined;
  #openStart = 0;
  #openEnd = 0;
  #openEpoch = 0;

  /** @param wake asks for {@link pump} and a flush at the end of the turn. */
  constructor(output: Output, limits: Limits, wake: () => void) {
    this.#output = output;
    this.#limits = limits;
    this.#wake = wake;
  }

  /** True when queued bytes could go on as soon as the socket has room. */
  get hasReady(): boolean {
    return !this.#ring.isEmpty && this.#window > 0;
  }

  /** The whole answer of a unary call: headers, one message, status OK. */
  respondUnary(stream: Stream, message: Uint8Array): void {
    const messageBytes = message.length + MESSAGE_PREFIX_BYTES;
    if (!this.#fits(stream, messageBytes) || !this.#blocks.settled) {
      this.message(stream, message);
      this.finish(stream, 'status-ok');
      return;
    }
    const headers = this.#blocks.headers();
    const trailers = this.#blocks.trailers();
    const { id } = stream;
    const total = 3 * FRAME_HEADER_BYTES + headers.length + messageBytes + trailers.length;
    let at = this.#output.reserve(total);
    const target = this.#output.buffer;
    at = writeFrameHeader(target, at, headers.length, FrameType.headers, Flag.endHeaders, id);
    for (let index = 0; index < headers.length; index++) target[at++] = headers[index]!;
    at = writeFrameHeader(target, at, messageBytes, FrameType.data, 0, id);
    at = writeMessage(target, at, message);
    const flags = Flag.endHeaders | Flag.endStream;
    at = writeFrameHeader(target, at, trailers.length, FrameType.headers, flags, id);
    for (let index = 0; index < trailers.length; index++) target[at++] = trailers[index]!;
    this.#window -= messageBytes;
    this.#directBytes += messageBytes;
    this.callFrames += 3;
    this.#wake();
    stream.finished();
  }

  /** One gRPC message of a stream, behind the response headers. */
  message(stream: Stream, message: Uint8Array): void {
    if (stream.local === 'idle') this.headers(stream, undefined);
    const bytes = message.length + MESSAGE_PREFIX_BYTES;
    if (!this.#fits(stream, bytes)) {
      const prefix = new Uint8Array(MESSAGE_PREFIX_BYTES);
      writeUint32(prefix, 1, message.length);
      const queue = (stream.queue ??= new ByteQueue());
      queue.append(prefix);
      queue.append(message);
      this.#enqueue(stream);
      return;
    }
    stream.sendWindow -= bytes;
    this.#window -= bytes;
    this.#directBytes += bytes;
    const output = this.#output;
    const openBytes = this.#openEnd - this.#openStart - FRAME_HEADER_BYTES;
    const grows =
      this.#openStream === stream &&
      this.#openEnd === output.length &&
      this.#openEpoch === output.epoch &&
      openBytes + bytes <= DEFAULT_FRAME_BYTES_MAX &&
      output.length + bytes <= output.buffer.length;
    if (grows) {
      this.#openEnd = writeMessage(output.buffer, output.reserve(bytes), message);
      writeFrameHeader(
        output.buffer,
        this.#openStart,
        openBytes + bytes,
        FrameType.data,
        0,
        stream.id,
      );
      return;
    }
    const start = output.reserve(FRAME_HEADER_BYTES + bytes);
    const at = writeFrameHeader(output.buffer, start, bytes, FrameType.data, 0, stream.id);
    this.#openEnd = writeMessage(output.buffer, at, message);
    this.#openStart = start;
    this.#openStream = stream;
    this.#openEpoch = output.epoch;
    this.callFrames++;
    this.#wake();
  }

  /** Bytes as they are, for plain HTTP answers. */
  raw(stream: Stream, bytes: Uint8Array): void {
    (stream.queue ??= new ByteQueue()).append(bytes);
    this.#enqueue(stream);
  }

  /** Response headers; `block` undefined means the usual ones. */
  headers(stream: Stream, block: Uint8Array | undefined): void {
    stream.local = 'open';
    const encoded = block === undefined ? this.#blocks.headers() : this.#blocks.other(block);
    this.#headerFrames(stream.id, encoded, false);
  }

  /** A whole answer in one header block. */
  trailersOnly(stream: Stream, block: Uint8Array): void {
    this.#headerFrames(stream.id, this.#blocks.other(block), true);
    stream.finished();
  }

  /** Ends the stream behind everything that is queued. */
  finish(stream: Stream, ending: StreamEnding): void {
    if (stream.local === 'idle') this.headers(stream, undefined);
    stream.local = 'ending';
    stream.ending = ending;
    if (stream.queuedBytes > 0) this.#enqueue(stream);
    else this.#end(stream);
  }

  /** A new turn begins: small frames may go straight to the gathering buffer again. */
  beginTurn(): void {
    this.#directBytes = 0;
  }

  /**
   * Sends queued bytes by turns, as far as the windows and the socket take them. It also stops after as
   * much as may wait at the socket: a kernel that takes everything at once, and an application that
   * writes more whenever there is room, would keep it here for ever.
   */
  pump(): void {
    const { bulkBacklogBytesMax } = this.#limits;
    let sentBytes = 0;
    while (
      this.#window > 0 &&
      sentBytes < bulkBacklogBytesMax &&
      this.#output.backlogBytes < bulkBacklogBytesMax
    ) {
      const stream = this.#ring.take();
      if (stream === undefined) return;
      sentBytes += this.#sendTurn(stream);
    }
  }

  /** The client opened the connection's window. */
  onConnectionWindow(increment: number): void {
    if (this.#window + increment > INT31_MAX) {
      throw new ConnectionError(ErrorCode.flowControlError, 'connection window overflows');
    }
    this.#window += increment;
    if (!this.#ring.isEmpty) this.#wake();
  }

  /** The client opened a stream's window, or changed the initial one (then possibly downwards). */
  onStreamWindow(stream: Stream, increment: number): void {
    if (stream.sendWindow + increment > INT31_MAX) {
      throw new StreamError(stream.id, ErrorCode.flowControlError, 'stream window overflows');
    }
    stream.sendWindow += increment;
    if (stream.queuedBytes > 0) this.#enqueue(stream);
  }

  onPeerTableBytes(tableBytes: number): void {
    this.#blocks.onPeerTableBytes(tableBytes);
  }

  windowUpdate(streamId: number, increment: number): void {
    this.#control(FrameType.windowUpdate, 0, streamId, uint32(increment));
  }

  resetStream(streamId: number, code: ErrorCode): void {
    this.#control(FrameType.resetStream, 0, streamId, uint32(code));
  }

  /** @param parameters ids and values in turn. */
  settings(parameters: readonly number[]): void {
    const payload = new Uint8Array(parameters.length * 3);
    for (let index = 0, at = 0; index < parameters.length; index += 2) {
      payload[at + 1] = parameters[index]!;
      at = writeUint32(payload, at + 2, parameters[index + 1]!);
    }
    this.#control(FrameType.settings, 0, 0, payload);
  }

  settingsAck(): void {
    this.#control(FrameType.settings, Flag.ack, 0, new Uint8Array(0));
  }

  /** @param payload eight bytes. */
  ping(payload: Uint8Array, ack: boolean): void {
    this.#control(FrameType.ping, ack ? Flag.ack : 0, 0, payload);
  }

  goAway(lastStreamId: number, code: ErrorCode, debugText: string): void {
    const debug = Buffer.from(debugText, 'utf8').subarray(0, 1024);
    const payload = new Uint8Array(8 + debug.length);
    writeUint32(payload, 0, lastStreamId);
    writeUint32(payload, 4, code);
    payload.set(debug, 8);
    this.#control(FrameType.goAway, 0, 0, payload);
  }

  /** Whether that many bytes of the stream may go to the gathering buffer right now. */
  #fits(stream: Stream, bytes: number): boolean {
    return (
      bytes <= stream.sendWindow &&
      bytes <= this.#window &&
      bytes <= DEFAULT_FRAME_BYTES_MAX &&
      (stream.queue === undefined || stream.queue.length === 0) &&
      this.#output.backlogBytes < this.#limits.socketBacklogBytesMax &&
      this.#directBytes < DIRECT_BYTES_MAX
    );
  }

  #enqueue(stream: Stream): void {
    if (stream.sendWindow > 0) this.#ring.add(stream);
    this.#wake();
  }

  /**
   * At most one DATA frame of one stream; puts it back behind the others if there is more.
   * @returns the bytes sent.
   */
  #sendTurn(stream: Stream): number {
    const { queue } = stream;
    if (stream.local === 'closed' || queue === undefined) return 0;
    const bytes = Math.min(queue.length, this.#window, stream.sendWindow, DEFAULT_FRAME_BYTES_MAX);
    if (bytes > 0) this.#sendQueued(stream, queue, bytes);
    if (queue.length > 0) {
      if (stream.sendWindow > 0) this.#ring.add(stream);
    } else if (stream.local === 'ending') {
      this.#end(stream);
      return bytes;
    }
    if (stream.wantsDrain && queue.length <= this.#limits.streamHighWaterBytes / 2) {
      stream.wantsDrain = false;
      stream.onDrained();
    }
    return bytes;
  }

  #sendQueued(stream: Stream, queue: ByteQueue, bytes: number): void {
    const start = this.#output.reserve(FRAME_HEADER_BYTES + bytes);
    const target = this.#output.buffer;
    const at = writeFrameHeader(target, start, bytes, FrameType.data, 0, stream.id);
    queue.moveTo(target, at, bytes);
    stream.sendWindow -= bytes;
    this.#window -= bytes;
    this.callFrames++;
  }

  #end(stream: Stream): void {
    const { ending } = stream;
    if (ending === 'end-of-data') {
      this.#control(FrameType.data, Flag.endStream, stream.id, new Uint8Array(0));
    } else {
      const block = ending === 'status-ok' ? this.#blocks.trailers() : this.#blocks.other(ending);
      this.#headerFrames(stream.id, block, true);
    }
    stream.finished();
  }

  /** A header block that refers to no table entry, for a request that never becomes a stream. */
  headerBlock(streamId: number, block: Uint8Array, endStream: boolean): void {
    this.#headerFrames(streamId, this.#blocks.other(block), endStream);
  }

  /** HEADERS, and CONTINUATION for what does not fit. */
  #headerFrames(streamId: number, block: Uint8Array, endStream: boolean): void {
    let flags: number = endStream ? Flag.endStream : 0;
    let type: number = FrameType.headers;
    let from = 0;
    do {
      const part = block.subarray(from, from + DEFAULT_FRAME_BYTES_MAX);
      from += part.length;
      if (from === block.length) flags |= Flag.endHeaders;
      this.#control(type, flags, streamId, part);
      type = FrameType.continuation;
      flags = 0;
    } while (from < block.length);
    this.callFrames++;
  }

  #control(type: number, flags: number, streamId: number, payload: Uint8Array): void {
    const start = this.#output.reserve(FRAME_HEADER_BYTES + payload.length);
    const target = this.#output.buffer;
    const at = writeFrameHeader(target, start, payload.length, type, flags, streamId);
    target.set(payload, at);
    this.#wake();
  }
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  writeUint32(bytes, 0, value);
  return bytes;
}

/** The length prefix, with the compressed flag off, and the message. */
function writeMessage(target: Uint8Array, offset: number, message: Uint8Array): number {
  target[offset] = 0;
  const at = writeUint32(target, offset + 1, message.length);
  target.set(message, at);
  return at + message.length;
}
