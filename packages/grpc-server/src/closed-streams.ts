/**
 * Remembers recently closed streams, because what a late frame means depends on who closed its stream
 * (RFC 9113 section 5.1): frames behind our own RST_STREAM were under way and are ignored, frames
 * behind the client's end are its error. Direct-mapped by id, so that closing a stream costs one store.
 */

/** Streams remembered, a power of two: far more than close while a frame is under way. */
const SLOTS = 512;

/** How a stream that is not open came to its end. */
export type ClosedBy = 'peer' | 'us' | 'forgotten';

/** See the file comment. */
export class ClosedStreams {
  /** Id of the closed stream, negative when this server reset it; 0 when empty. */
  readonly #slots = new Int32Array(SLOTS);

  /** Both sides ended the stream, or the client reset it. */
  add(streamId: number): void {
    this.#slots[(streamId >>> 1) & (SLOTS - 1)] = streamId;
  }

  /** This server reset the stream. */
  addReset(streamId: number): void {
    this.#slots[(streamId >>> 1) & (SLOTS - 1)] = -streamId;
  }

  closedBy(streamId: number): ClosedBy {
    const slot = this.#slots[(streamId >>> 1) & (SLOTS - 1)]!;
    if (slot === streamId) return 'peer';
    return slot === -streamId ? 'us' : 'forgotten';
  }
}
