/**
 * The values of one batch, copied into a few large pieces of memory and named by numbers: an object for each would
 * live just long enough to be moved twice by the garbage collector. The memory is used again for a later batch.
 *
 *     u32 length (little-endian)   value
 */
import { assert } from '@concord/raft';

/** A location is the number of a chunk times this, plus an offset: a small integer up to 2 GiB. */
const CHUNK_BYTES = 256 * 1024;
/** Larger values get a chunk of their own, so that at most an eighth of a chunk is left unused. */
const SHARED_BYTES_MAX = CHUNK_BYTES / 8;
const LENGTH_BYTES = 4;
/** What is kept for the next batch: one of ordinary size, with some room. */
const SPARE_CHUNKS_MAX = 24;

export class RowMemory {
  readonly #chunks: Uint8Array[] = [];
  #spare: Uint8Array[] = [];
  /** The chunk that is being filled. */
  #chunk: Uint8Array = new Uint8Array(0);
  #chunkStart = 0;
  #used = 0;

  /** Copies a value and answers its location. */
  add(value: Uint8Array): number {
    const { length } = value;
    if (length > SHARED_BYTES_MAX) return this.#addLarge(value);
    if (this.#used + LENGTH_BYTES + length > this.#chunk.length) this.#open();
    const at = this.#used;
    write(this.#chunk, at, value);
    this.#used = at + LENGTH_BYTES + length;
    return this.#chunkStart + at;
  }

  /** A view, valid until `clear`. */
  read(location: number): Uint8Array {
    const chunk = this.#chunks[Math.floor(location / CHUNK_BYTES)];
    assert(chunk !== undefined, 'a location is read in the memory that it was made for');
    const at = location % CHUNK_BYTES;
    const length =
      (chunk[at] as number) |
      ((chunk[at + 1] as number) << 8) |
      ((chunk[at + 2] as number) << 16) |
      ((chunk[at + 3] as number) << 24);
    return new Uint8Array(chunk.buffer, at + LENGTH_BYTES, length);
  }

  /** Forgets all values; views of them show others from now on. */
  clear(): void {
    const ordinary = this.#chunks.filter((chunk) => chunk.length === CHUNK_BYTES);
    this.#spare = this.#spare.concat(ordinary).slice(0, SPARE_CHUNKS_MAX);
    this.#chunks.length = 0;
    this.#chunk = new Uint8Array(0);
    this.#used = 0;
  }

  #open(): void {
    this.#chunk = this.#spare.pop() ?? new Uint8Array(CHUNK_BYTES);
    this.#chunkStart = this.#chunks.length * CHUNK_BYTES;
    this.#chunks.push(this.#chunk);
    this.#used = 0;
  }

  #addLarge(value: Uint8Array): number {
    const chunk = new Uint8Array(LENGTH_BYTES + value.length);
    write(chunk, 0, value);
    this.#chunks.push(chunk);
    return (this.#chunks.length - 1) * CHUNK_BYTES;
  }
}

function write(chunk: Uint8Array, at: number, value: Uint8Array): void {
  const { length } = value;
  chunk[at] = length;
  chunk[at + 1] = length >>> 8;
  chunk[at + 2] = length >>> 16;
  chunk[at + 3] = length >>> 24;
  chunk.set(value, at + LENGTH_BYTES);
}
