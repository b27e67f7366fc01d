/**
 * Bytes that wait to be cut into frames: a queue of chunks. Small messages are gathered in chunks of
 * 16 KiB, so that a slow stream with a thousand messages of a hundred bytes holds a few buffers.
 *
 * Invariant: `length` is the number of bytes between the read position and the write position.
 */

/** One frame's worth. */
const CHUNK_BYTES = 16_384;

interface Chunk {
  readonly bytes: Buffer;
  /** Where unread bytes begin. */
  start: number;
  /** Behind the last byte written. */
  end: number;
}

/** See the file comment. */
export class ByteQueue {
  #chunks: Chunk[] = [];
  /** Index of the first chunk that still has bytes; shifting the array each time would be quadratic. */
  #head = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Appends a copy of `bytes`. */
  append(bytes: Uint8Array): void {
    let from = 0;
    this.#length += bytes.length;
    const tail = this.#chunks.at(-1);
    if (tail !== undefined && tail.end < tail.bytes.length) {
      from = Math.min(bytes.length, tail.bytes.length - tail.end);
      tail.bytes.set(from === bytes.length ? bytes : bytes.subarray(0, from), tail.end);
      tail.end += from;
    }
    if (from === bytes.length) return;
    const rest = from === 0 ? bytes : bytes.subarray(from);
    const chunk = Buffer.allocUnsafe(Math.max(CHUNK_BYTES, rest.length));
    chunk.set(rest);
    this.#chunks.push({ bytes: chunk, start: 0, end: rest.length });
  }

  /** Moves the first `count` bytes, which must be there, to `target` at `offset`. */
  moveTo(target: Uint8Array, offset: number, count: number): void {
    let left = count;
    let at = offset;
    while (left > 0) {
      const chunk = this.#chunks[this.#head]!;
      const taken = Math.min(left, chunk.end - chunk.start);
      target.set(chunk.bytes.subarray(chunk.start, chunk.start + taken), at);
      chunk.start += taken;
      at += taken;
      left -= taken;
      if (chunk.start === chunk.end) this.#dropHead();
    }
    this.#length -= count;
  }

  /** Forgets everything. */
  clear(): void {
    this.#chunks = [];
    this.#head = 0;
    this.#length = 0;
  }

  #dropHead(): void {
    this.#head++;
    if (this.#head === this.#chunks.length) {
      this.#chunks = [];
      this.#head = 0;
    } else if (this.#head >= 64) {
      this.#chunks.splice(0, this.#head);
      this.#head = 0;
    }
  }
}
