/**
 * The gathering buffer between a connection and its socket: frames are written one behind the other
 * and handed over in one `socket.write` a turn. While the socket still holds a buffer, the next one is
 * gathered, so that at most one write is in flight.
 *
 * Invariant: a buffer handed to the socket is not touched until the socket has written it.
 */

/** What {@link Output} needs of a socket; `net.Socket` and `tls.TLSSocket` have it. */
export interface ByteSink {
  write(bytes: Uint8Array, written: () => void): boolean;
  /** Bytes accepted but not yet written to the kernel. */
  readonly writableLength: number;
  readonly writable: boolean;
}

/** Size of pooled buffers: four full frames, a few hundred unary answers. */
const BUFFER_BYTES = 65_536;

/** Idle buffers kept by a pool: connections that have something to say in the same turn. */
const POOLED_BUFFERS_MAX = 64;

/** Gathering buffers shared by the connections of a server: an idle connection holds none. */
export class OutputPool {
  readonly #free: Buffer[] = [];

  take(bytes: number): Buffer {
    if (bytes > BUFFER_BYTES) return Buffer.allocUnsafeSlow(bytes);
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(BUFFER_BYTES);
  }

  give(buffer: Buffer): void {
    if (buffer.length !== BUFFER_BYTES || this.#free.length >= POOLED_BUFFERS_MAX) return;
    this.#free.push(buffer);
  }
}

const NOTHING = Buffer.alloc(0);

/** See the file comment. */
export class Output {
  /** Where frames are written, at offsets that {@link reserve} returned. */
  buffer: Buffer = NOTHING;
  /** Gathered bytes. */
  length = 0;
  /** Counts hand-overs: offsets of an older epoch are void. */
  epoch = 0;
  readonly #sink: ByteSink;
  readonly #pool: OutputPool;
  readonly #onWritten: () => void;
  #inFlight: Buffer | undefined;
  #inFlightBytes = 0;
  #bytesWritten = 0;

  /** @param onWritten called when an outstanding write is done and there is room again. */
  constructor(sink: ByteSink, pool: OutputPool, onWritten: () => void) {
    this.#sink = sink;
    this.#pool = pool;
    this.#onWritten = onWritten;
  }

  /** Bytes gathered or at the socket. */
  get backlogBytes(): number {
    return this.length + this.#inFlightBytes;
  }

  /** Bytes that the kernel has taken since the beginning. */
  get bytesWritten(): number {
    return this.#bytesWritten;
  }

  /**
   * Makes room for `bytes` more, which the caller must write before anything else happens.
   * @returns where in {@link buffer}.
   */
  reserve(bytes: number): number {
    if (this.length + bytes > this.buffer.length) this.#makeRoom(bytes);
    const at = this.length;
    this.length = at + bytes;
    return at;
  }

  /** Hands what was gathered to the socket, unless it is still busy with the last write. */
  flush(): void {
    if (this.length === 0 || this.#inFlightBytes > 0) return;
    const bytes = this.length;
    const buffer = this.buffer;
    this.length = 0;
    this.epoch++;
    if (!this.#sink.writable) return;
    this.#inFlightBytes = bytes;
    this.#inFlight = buffer;
    this.buffer = NOTHING;
    this.#sink.write(buffer.subarray(0, bytes), this.#written);
    if (this.#sink.writableLength === 0) this.#reclaim();
  }

  /** Hands over everything, behind a write that may be in flight: the connection is about to end. */
  finish(): void {
    this.flush();
    if (this.length === 0 || !this.#sink.writable) return;
    const rest = this.buffer.subarray(0, this.length);
    this.buffer = NOTHING;
    this.length = 0;
    this.epoch++;
    this.#sink.write(rest, () => undefined);
  }

  /** Drops what was gathered: the connection is gone. */
  discard(): void {
    this.length = 0;
    this.epoch++;
    this.#pool.give(this.buffer);
    this.buffer = NOTHING;
  }

  /**
   * Write callback. It also runs, late, for writes that were complete at once; then either nothing is
   * in flight or the socket still holds a newer write.
   */
  readonly #written = (): void => {
    if (this.#inFlightBytes === 0 || this.#sink.writableLength > 0) return;
    this.#reclaim();
    this.#onWritten();
  };

  #reclaim(): void {
    this.#bytesWritten += this.#inFlightBytes;
    this.#inFlightBytes = 0;
    if (this.#inFlight !== undefined) this.#pool.give(this.#inFlight);
    this.#inFlight = undefined;
  }

  #makeRoom(bytes: number): void {
    if (this.length > 0) this.flush();
    if (this.length === 0) {
      this.#pool.give(this.buffer);
      this.buffer = this.#pool.take(bytes);
      return;
    }
    const grown = this.#pool.take(Math.max(this.buffer.length * 2, this.length + bytes));
    this.buffer.copy(grown, 0, 0, this.length);
    this.#pool.give(this.buffer);
    this.buffer = grown;
  }
}
