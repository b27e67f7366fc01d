/**
 * Where records are written: views into shared buffers, because an `ArrayBuffer` of its own costs more time and
 * memory than a small record. A buffer lives as long as one of its records; those of one batch go together.
 */

const SLAB_BYTES = 65_536;
/** Larger records get a buffer of their own, so that at most an eighth of a slab is left unused. */
const SHARED_BYTES_MAX = SLAB_BYTES / 8;

export class Slab {
  /** Where to write. Only the `sizeMax` bytes of the last `reserve` are the caller's. */
  bytes = new Uint8Array(SLAB_BYTES);
  #used = 0;

  /** Makes room for `sizeMax` bytes, and answers the offset in `bytes` where they begin. */
  reserve(sizeMax: number): number {
    if (this.#used + sizeMax > this.bytes.length) {
      this.bytes = new Uint8Array(Math.max(SLAB_BYTES, sizeMax));
      this.#used = 0;
    }
    return this.#used;
  }

  /** Closes a record that was written from `start`, where `reserve` said, up to `end`. */
  take(start: number, end: number): Uint8Array {
    const record = new Uint8Array(this.bytes.buffer, start, end - start);
    this.#used = record.length > SHARED_BYTES_MAX ? this.bytes.length : end;
    return record;
  }
}
