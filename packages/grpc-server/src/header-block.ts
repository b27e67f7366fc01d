/**
 * Gathers a header block that is spread over HEADERS and CONTINUATION frames (RFC 9113 section 4.3).
 * The number of frames and of bytes is bounded (the CONTINUATION flood, CVE-2024-27983 and its kin).
 */
import { floodError } from './errors.ts';
import type { Limits } from './limits.ts';

/** A block whose end has not come. */
export class HeaderBlock {
  readonly streamId: number;
  readonly endStream: boolean;
  /** The stream error that the HEADERS frame itself earned; the block must be decoded all the same. */
  readonly selfDependent: boolean;
  readonly #limits: Limits;
  #parts: Buffer[] = [];
  #bytes = 0;
  #continuations = 0;

  constructor(limits: Limits, streamId: number, endStream: boolean, selfDependent: boolean) {
    this.#limits = limits;
    this.streamId = streamId;
    this.endStream = endStream;
    this.selfDependent = selfDependent;
  }

  /** The fragment of the HEADERS frame. */
  begin(source: Buffer, start: number, end: number): void {
    this.#keep(source, start, end);
  }

  /** The fragment of a CONTINUATION frame. */
  continue(source: Buffer, start: number, end: number): void {
    this.#continuations++;
    if (this.#continuations > this.#limits.continuationFramesMax) {
      throw floodError('too_many_continuations');
    }
    this.#keep(source, start, end);
  }

  /** The whole block. */
  join(): Buffer {
    return Buffer.concat(this.#parts, this.#bytes);
  }

  #keep(source: Buffer, start: number, end: number): void {
    this.#bytes += end - start;
    if (this.#bytes > this.#limits.headerListBytesMax) throw floodError('header_block_too_large');
    this.#parts.push(Buffer.from(source.subarray(start, end)));
  }
}
