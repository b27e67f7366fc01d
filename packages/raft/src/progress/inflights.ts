/**
 * The appends that a follower has been sent and has not acknowledged: a window bounded by messages
 * and by bytes, so that a slow follower costs a bounded amount of memory and of network.
 *
 * Invariant: `bytes` is the sum over what is in the window. It is never carried over from one state
 * of a follower to the next: a new state starts with a new window.
 */
export interface InflightLimits {
  readonly messagesMax: number;
  readonly bytesMax: number;
}

interface Sent {
  readonly lastIndex: number;
  readonly bytes: number;
}

export class Inflights {
  readonly #limits: InflightLimits;
  #sent: Sent[] = [];
  #bytes = 0;

  constructor(limits: InflightLimits) {
    this.#limits = limits;
  }

  get count(): number {
    return this.#sent.length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Whether the follower must be heard before it is sent more. One message always fits. */
  get isFull(): boolean {
    return this.#sent.length >= this.#limits.messagesMax || this.#bytes >= this.#limits.bytesMax;
  }

  /** Notes an append that ends at `lastIndex`. */
  add(lastIndex: number, bytes: number): void {
    this.#sent.push({ lastIndex, bytes });
    this.#bytes += bytes;
  }

  /** Takes out every append that ends at or before `index`. */
  free(index: number): void {
    let count = 0;
    for (const { lastIndex, bytes } of this.#sent) {
      if (lastIndex > index) break;
      this.#bytes -= bytes;
      count++;
    }
    if (count > 0) this.#sent.splice(0, count);
  }

  clear(): void {
    this.#sent = [];
    this.#bytes = 0;
  }
}
