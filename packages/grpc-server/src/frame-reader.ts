/**
 * Cuts what a socket reads into HTTP/2 frames (RFC 9113 section 4.1). Frames that lie within one chunk,
 * nearly all, are handed on in place; only the one that is cut by the end of a chunk is copied.
 *
 * Invariant: no frame above the maximal size is ever kept; its header alone is an error.
 */
import { frameSizeError } from './errors.ts';
import { DEFAULT_FRAME_BYTES_MAX, FRAME_HEADER_BYTES, readUint31 } from './frame.ts';

/** Room for a cut frame: most are small requests; else for the largest. */
const FIRST_KEEP_BYTES = 512;
const LARGEST_KEEP_BYTES = FRAME_HEADER_BYTES + DEFAULT_FRAME_BYTES_MAX;

/** Receives frames; the payload is `source[start, end)`, valid during the call. */
export interface FrameSink {
  /** @returns false to drop everything that follows. */
  onFrame(
    type: number,
    flags: number,
    streamId: number,
    source: Buffer,
    start: number,
    end: number,
  ): boolean;
}

/** See the file comment. */
export class FrameReader {
  readonly #sink: FrameSink;
  /** The beginning of a frame whose end has not come. */
  #partial: Buffer | undefined;
  #partialBytes = 0;

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  /** True while the beginning of a frame waits for its end. */
  get isMidFrame(): boolean {
    return this.#partialBytes > 0;
  }

  /**
   * Takes a chunk.
   * @throws ConnectionError when a frame is too large, and what the sink throws.
   */
  push(chunk: Buffer): void {
    const from = this.#partialBytes === 0 ? 0 : this.#completePartial(chunk);
    if (from < 0) return;
    const rest = this.#readFrames(chunk, from);
    if (rest < 0 || rest === chunk.length) return;
    this.#keep(chunk, rest, chunk.length);
  }

  /** Hands on every whole frame; returns where the rest begins, or -1 when the sink has enough. */
  #readFrames(source: Buffer, from: number): number {
    let at = from;
    const end = source.length;
    while (end - at >= FRAME_HEADER_BYTES) {
      const payload = at + FRAME_HEADER_BYTES;
      const next = payload + payloadBytesAt(source, at);
      if (next > end) break;
      const streamId = readUint31(source, at + 5);
      const goOn = this.#sink.onFrame(
        source[at + 3]!,
        source[at + 4]!,
        streamId,
        source,
        payload,
        next,
      );
      if (!goOn) return -1;
      at = next;
    }
    return at;
  }

  /** Adds bytes to the partial frame; returns where the chunk goes on, or -1 when there is no more. */
  #completePartial(chunk: Buffer): number {
    let from = 0;
    if (this.#partialBytes < FRAME_HEADER_BYTES) {
      from = Math.min(chunk.length, FRAME_HEADER_BYTES - this.#partialBytes);
      this.#keep(chunk, 0, from);
      if (this.#partialBytes < FRAME_HEADER_BYTES) return -1;
    }
    const partial = this.#partial!;
    const frameBytes = FRAME_HEADER_BYTES + payloadBytesAt(partial, 0);
    const taken = Math.min(chunk.length - from, frameBytes - this.#partialBytes);
    this.#keep(chunk, from, from + taken);
    if (this.#partialBytes < frameBytes) return -1;
    const frame = this.#partial!.subarray(0, frameBytes);
    this.#partialBytes = 0;
    this.#partial = undefined;
    return this.#readFrames(frame, 0) < 0 ? -1 : from + taken;
  }

  #keep(source: Buffer, start: number, end: number): void {
    const bytes = this.#partialBytes + end - start;
    let partial = this.#partial;
    if (partial === undefined || partial.length < bytes) {
      partial = Buffer.allocUnsafe(
        bytes < FIRST_KEEP_BYTES ? FIRST_KEEP_BYTES : LARGEST_KEEP_BYTES,
      );
      if (this.#partial !== undefined) this.#partial.copy(partial, 0, 0, this.#partialBytes);
      this.#partial = partial;
    }
    source.copy(partial, this.#partialBytes, start, end);
    this.#partialBytes = bytes;
  }
}

/** Payload length of the frame whose header begins at `at`. */
function payloadBytesAt(source: Uint8Array, at: number): number {
  const bytes = (source[at]! << 16) | (source[at + 1]! << 8) | source[at + 2]!;
  if (bytes > DEFAULT_FRAME_BYTES_MAX) throw frameSizeError('frame above SETTINGS_MAX_FRAME_SIZE');
  return bytes;
}
