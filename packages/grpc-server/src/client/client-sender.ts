/**
 * What a {@link ClientConnection} sends: frames, gathered for one write a turn, and bytes of calls as the server's windows and
 * the socket take them, one frame of each in turn.
 */
import type { Socket } from 'node:net';
import {
  DEFAULT_FRAME_BYTES_MAX,
  DEFAULT_WINDOW_BYTES,
  Flag,
  FRAME_HEADER_BYTES,
  FrameType,
  writeFrameHeader,
  writeUint32,
} from '../frame.ts';
import { Output, OutputPool } from '../output.ts';
import type { ClientStream } from './client-stream.ts';

/** Queued bytes wait while more than this is at the socket, so that small frames are never far behind. */
const BACKLOG_BYTES_MAX = 256 * 1024;

/** Shared by all connections of a process. */
const pool = new OutputPool();

export class ClientSender {
  /** What the server lets all streams together send. */
  windowBytes = DEFAULT_WINDOW_BYTES;
  readonly #output: Output;
  /** Streams with queued bytes, in turn. */
  readonly #waiting = new Set<ClientStream>();
  #isFlushing = false;
  #isPumping = false;
  #isClosed = false;

  constructor(socket: Socket) {
    this.#output = new Output(socket, pool, () => this.pump());
  }

  /** Bytes that are no frame: the preface. */
  raw(bytes: Uint8Array): void {
    const offset = this.#output.reserve(bytes.length);
    this.#output.buffer.set(bytes, offset);
  }

  /** Sends bytes of a stream, or queues them. */
  data(stream: ClientStream, bytes: Uint8Array): void {
    const { length } = bytes;
    const isDirect =
      stream.queue.length === 0 &&
      length <= DEFAULT_FRAME_BYTES_MAX &&
      length <= stream.sendWindowBytes &&
      length <= this.windowBytes &&
      this.#output.backlogBytes < BACKLOG_BYTES_MAX;
    if (isDirect) {
      stream.sendWindowBytes -= length;
      this.windowBytes -= length;
      if (stream.isEnding) stream.isEnded = true;
      this.frame(FrameType.data, stream.isEnding ? Flag.endStream : 0, stream.id, bytes);
      return;
    }
    stream.queue.append(bytes);
    this.#waiting.add(stream);
    this.pump();
  }

  /** Sends of each waiting stream one frame in turn, as long as windows and socket take it. */
  pump(): void {
    // A listener that hears of room writes at once.
    if (this.#isPumping) return;
    this.#isPumping = true;
    while (this.#waiting.size > 0 && this.#output.backlogBytes < BACKLOG_BYTES_MAX) {
      let hasSent = false;
      for (const stream of this.#waiting) hasSent = this.#sendPart(stream) || hasSent;
      if (!hasSent) break;
    }
    this.#isPumping = false;
    this.#scheduleFlush();
  }

  #sendPart(stream: ClientStream): boolean {
    if (stream.isOver) {
      this.#waiting.delete(stream);
      return false;
    }
    const { queue } = stream;
    const bytes = Math.min(
      queue.length,
      DEFAULT_FRAME_BYTES_MAX,
      stream.sendWindowBytes,
      this.windowBytes,
    );
    if (bytes <= 0 && queue.length > 0) return false;
    const isLast = stream.isEnding && bytes === queue.length;
    const flags = isLast ? Flag.endStream : 0;
    const at = this.#header(FrameType.data, flags, stream.id, bytes);
    queue.moveTo(this.#output.buffer, at, bytes);
    stream.sendWindowBytes -= bytes;
    this.windowBytes -= bytes;
    if (isLast) stream.isEnded = true;
    if (queue.length === 0) this.#waiting.delete(stream);
    stream.sent();
    return true;
  }

  /** In as many frames as it takes: a long token may not fit one. */
  block(streamId: number, block: Uint8Array): void {
    for (let at = 0; at < block.length; at += DEFAULT_FRAME_BYTES_MAX) {
      const part = block.subarray(at, at + DEFAULT_FRAME_BYTES_MAX);
      const type = at === 0 ? FrameType.headers : FrameType.continuation;
      const isLast = at + part.length === block.length;
      this.frame(type, isLast ? Flag.endHeaders : 0, streamId, part);
    }
  }

  windowUpdate(streamId: number, bytes: number): void {
    const payload = new Uint8Array(4);
    writeUint32(payload, 0, bytes);
    this.frame(FrameType.windowUpdate, 0, streamId, payload);
  }

  frame(type: number, flags: number, streamId: number, payload: Uint8Array): void {
    const at = this.#header(type, flags, streamId, payload.length);
    this.#output.buffer.set(payload, at);
    this.#scheduleFlush();
  }

  /** Makes room for a frame, and answers where its payload goes. */
  #header(type: number, flags: number, streamId: number, payloadBytes: number): number {
    const at = this.#output.reserve(FRAME_HEADER_BYTES + payloadBytes);
    return writeFrameHeader(this.#output.buffer, at, payloadBytes, type, flags, streamId);
  }

  /** What is said in one turn leaves in one write. */
  #scheduleFlush(): void {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    setImmediate(() => {
      this.#isFlushing = false;
      if (!this.#isClosed) this.#output.flush();
    });
  }

  /** RST_STREAM. */
  reset(streamId: number, code: number): void {
    const payload = new Uint8Array(4);
    writeUint32(payload, 0, code);
    this.frame(FrameType.resetStream, 0, streamId, payload);
  }

  /** Hands over what was gathered now, and not at the end of the turn. */
  flush(): void {
    this.#output.flush();
  }

  /** The stream has nothing more to send. */
  drop(stream: ClientStream): void {
    this.#waiting.delete(stream);
  }

  /** The connection is gone. */
  close(): void {
    this.#isClosed = true;
    this.#waiting.clear();
    this.#output.discard();
  }
}
