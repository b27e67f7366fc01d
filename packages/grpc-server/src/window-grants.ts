/**
 * Extends the receive windows of streams for messages that are larger than such a window. The length of
 * a message is known from its prefix, so a stream gets all that it needs at once or waits in line: a
 * thousand half-received messages cannot fill the memory and cannot block each other.
 *
 * Invariant: granted bytes never exceed the limit, unless a single message alone does.
 */

/** A stream in the middle of a large message. */
export interface GrantHolder {
  /** Bytes it holds beyond its normal window; written by {@link WindowGrants} alone. */
  grantedBytes: number;
  /** True while it can still receive. */
  readonly receiving: boolean;
  /** It may announce that many bytes more to the client. */
  onGrant(bytes: number): void;
}

interface Waiting {
  readonly holder: GrantHolder;
  readonly bytes: number;
}

/** One per connection. */
export class WindowGrants {
  readonly #limitBytes: number;
  #grantedBytes = 0;
  #waiting: Waiting[] = [];

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** Asks for `bytes` more; `onGrant` runs now or when others have given back theirs. */
  request(holder: GrantHolder, bytes: number): void {
    this.#waiting.push({ holder, bytes });
    this.#serve();
  }

  /** Gives back what a stream holds: its message is complete or it is gone. */
  release(holder: GrantHolder): void {
    if (holder.grantedBytes === 0) return;
    this.#grantedBytes -= holder.grantedBytes;
    holder.grantedBytes = 0;
    this.#serve();
  }

  #serve(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const { holder, bytes } = next;
      if (holder.receiving) {
        const fits = this.#grantedBytes + bytes <= this.#limitBytes;
        if (!fits && this.#grantedBytes > 0) return;
        this.#grantedBytes += bytes;
        holder.grantedBytes += bytes;
        this.#waiting.shift();
        holder.onGrant(bytes);
      } else {
        this.#waiting.shift();
      }
    }
  }
}
