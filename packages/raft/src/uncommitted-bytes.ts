/**
 * Bounds what a leader takes in while nothing gets committed.
 *
 * The count cannot leak: a batch is weighed once, when it is appended; exactly that weight leaves
 * when the whole batch is committed; and every leadership starts with an account of its own.
 *
 * Invariant: `bytes` is the sum over the batches that are not yet committed as a whole.
 */
interface Batch {
  readonly lastIndex: number;
  readonly bytes: number;
}

export class UncommittedBytes {
  readonly #bytesMax: number;
  #batches: Batch[] = [];
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Whether a batch may be appended. Any single batch may when nothing else waits. */
  admits(bytes: number): boolean {
    return this.#bytes === 0 || this.#bytes + bytes <= this.#bytesMax;
  }

  add(lastIndex: number, bytes: number): void {
    this.#batches.push({ lastIndex, bytes });
    this.#bytes += bytes;
  }

  /** Takes out every batch that ends at or before the commit index. */
  release(commit: number): void {
    let count = 0;
    for (const { lastIndex, bytes } of this.#batches) {
      if (lastIndex > commit) break;
      this.#bytes -= bytes;
      count++;
    }
    if (count > 0) this.#batches.splice(0, count);
  }
}
