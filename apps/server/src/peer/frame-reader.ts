/**
 * Cuts a stream of bytes into frames. Every body gets memory of its own: what is kept of it, the payloads of log
 * entries, must not keep a socket's chunk alive that holds other frames.
 *
 * Invariant: `#chunks` hold `#length` unread bytes from `#offset` on in the first of them, and less than one frame
 * between two calls.
 */
import { crc32 } from 'node:zlib';
import { FRAME_BYTES_MAX, FRAME_HEAD_BYTES, FrameError } from './frame.ts';

export interface FrameSink {
  /** A body whose checksum is right; its memory is the sink's. */
  body(bytes: Uint8Array<ArrayBuffer>): void;
  /** A frame without a body, and what stood in place of a checksum. */
  empty(mark: number): void;
}

export class FrameReader {
  readonly #sink: FrameSink;
  readonly #bodyBytesMax: number;
  #chunks: Uint8Array[] = [];
  #offset = 0;
  #length = 0;
  /** The head of the frame whose body is awaited. */
  #head: { readonly length: number; readonly mark: number } | undefined;

  /** @param bodyBytesMax the longest body that is taken */
  constructor(sink: FrameSink, bodyBytesMax: number = FRAME_BYTES_MAX) {
    this.#sink = sink;
    this.#bodyBytesMax = bodyBytesMax;
  }

  /** Whether bytes of an unfinished frame are here. */
  get isInFrame(): boolean {
    return this.#length > 0 || this.#head !== undefined;
  }

  /** Hands every frame that is complete now to the sink. Throws `FrameError`, and is of no use afterwards. */
  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    for (;;) {
      if (this.#head === undefined) {
        if (this.#length < FRAME_HEAD_BYTES) return;
        this.#readHead();
        continue;
      }
      const { length, mark } = this.#head;
      if (this.#length < length) return;
      const body = this.#take(length);
      this.#head = undefined;
      if (crc32(body) !== mark) throw new FrameError('a frame does not match its checksum');
      this.#sink.body(body);
    }
  }

  #readHead(): void {
    const bytes = this.#take(FRAME_HEAD_BYTES);
    const view = new DataView(bytes.buffer);
    const length = view.getUint32(0);
    const mark = view.getUint32(4);
    if (length > this.#bodyBytesMax) {
      throw new FrameError(
        `a frame of ${length} bytes is announced, ${this.#bodyBytesMax} are allowed`,
      );
    }
    if (length === 0) this.#sink.empty(mark);
    else this.#head = { length, mark };
  }

  /** Moves the first `count` bytes, which must be there, into memory of their own. */
  #take(count: number): Uint8Array<ArrayBuffer> {
    const taken = new Uint8Array(count);
    let at = 0;
    let used = 0;
    while (at < count) {
      const chunk = this.#chunks[used]!;
      const end = Math.min(chunk.length, this.#offset + count - at);
      taken.set(chunk.subarray(this.#offset, end), at);
      at += end - this.#offset;
      this.#offset = end;
      if (end < chunk.length) break;
      used++;
      this.#offset = 0;
    }
    if (used > 0) this.#chunks.splice(0, used);
    this.#length -= count;
    return taken;
  }
}
