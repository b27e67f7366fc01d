/**
 * Where records are written: views into shared buffers, because an `ArrayBuffer` of its own costs more time and
 * memory than a small record. A buffer lives as long as one of its records; those of one batch go together.
 */

const SLAB_BYTES = 65_536;
/** Larger records get a buffer of their own, so that at most an eighth of a slab is left unused. */
const SHARED_BYTES_MAX = SLAB_BYTES / 8;

export class Slab {
  #shared = new Uint8Array(SLAB_BYTES);
  #used = 0;
  /** Where to write: the `sizeMax` bytes of the last `reserve`, from the offset that it answered. */
  bytes = this.#shared;

  /** Makes room for `sizeMax` bytes, and answers the offset in `bytes` where they begin. */
  reserve(sizeMax: number): number {
    if (sizeMax > SHARED_BYTES_MAX) {
      this.bytes = new Uint8Array(sizeMax);
      return 0;
    }
    if (this.#used + sizeMax > SLAB_BYTES) {
      this.#shared = new Uint8Array(SLAB_BYTES);
      this.#used = 0;
    }
    this.bytes = this.#shared;
    return this.#used;
  }

  /** Closes a record that was written from `start`, where `reserve` said, up to `end`. */
  take(start: number, end: number): Uint8Array {
    if (this.bytes === this.#shared) this.#used = end;
    return new Uint8Array(this.bytes.buffer, start, end - start);
  }

  /** A copy of the first `length` bytes. */
  copy(source: Uint8Array, length = source.length): Uint8Array {
    const start = this.reserve(source.length);
    // What is too much is overwritten by the next record: cheaper than a view of the part that is wanted.
    this.bytes.set(source, start);
    return this.take(start, start + length);
  }
}
