/**
 * One call on a {@link ClientConnection}, from the client's side: bytes that wait for the server's windows, and bytes of
 * the server that wait for the application.
 *
 * Invariant: `closed` is the last thing that the listener hears, exactly once, and not at all after `reset`.
 */
import { ByteQueue } from '../byte-queue.ts';
import type { HeaderField } from '../hpack/dynamic-table.ts';
import { ErrorCode } from '../frame.ts';
import type { ClientConnection } from './client-connection.ts';

/** Above this many bytes that wait, `write` answers false. */
const HIGH_WATER_BYTES = 256 * 1024;

export interface ClientStreamListener {
  /** A header block of the server: the response's head, or its trailers. */
  headers(fields: readonly HeaderField[]): void;
  /** Bytes of the response's body; the listener may keep a view of them. */
  data(bytes: Buffer): void;
  /** Called after `write` answered false, when half of that has gone. */
  drain(): void;
  /** The call is over. @param code that of RST_STREAM; undefined when the server ended it, or the connection */
  closed(code: number | undefined): void;
}

export class ClientStream {
  readonly id: number;
  readonly listener: ClientStreamListener;
  /** What the server lets it send. */
  sendWindowBytes: number;
  /** Bytes that wait for a window or for the socket. */
  readonly queue = new ByteQueue();
  /** The client has no more to say. */
  isEnding = false;
  /** END_STREAM is sent. */
  isEnded = false;
  isOver = false;
  readonly #connection: ClientConnection;
  #isFull = false;
  #isPaused = false;
  /** What came while paused; no more than the window. */
  #held: (() => void)[] = [];
  #hasHeldEnd = false;
  /** Bytes that were used up and that the server may send again. */
  #owedBytes = 0;

  constructor(
    connection: ClientConnection,
    id: number,
    sendWindowBytes: number,
    listener: ClientStreamListener,
  ) {
    this.#connection = connection;
    this.id = id;
    this.sendWindowBytes = sendWindowBytes;
    this.listener = listener;
  }

  /** Sends bytes, copied before it returns. Answers false when the caller should wait for `drain`. */
  write(bytes: Uint8Array, isLast = false): boolean {
    if (this.isOver || this.isEnding) return true;
    if (isLast) this.isEnding = true;
    this.#connection.send(this, bytes);
    if (this.queue.length > HIGH_WATER_BYTES) this.#isFull = true;
    return !this.#isFull;
  }

  /** The client has no more to say. */
  end(): void {
    this.write(new Uint8Array(), true);
  }

  /** Gives up; the listener hears nothing more. */
  reset(code: ErrorCode = ErrorCode.cancel): void {
    if (this.isOver) return;
    this.#finish();
    this.#connection.resetStream(this, code);
  }

  /** Holds back what comes, and with its window the server. */
  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    this.#tellHeld();
  }

  /** A part of the queue was sent. */
  sent(): void {
    if (!this.#isFull || this.queue.length > HIGH_WATER_BYTES / 2) return;
    this.#isFull = false;
    this.listener.drain();
  }

  onHeaders(fields: readonly HeaderField[]): void {
    this.#tell(() => this.listener.headers(fields));
  }

  /** @param frameBytes what flow control counts: with padding, which is used up at once */
  onData(bytes: Buffer, frameBytes: number): void {
    this.#owedBytes += frameBytes - bytes.length;
    this.#tell(() => {
      this.listener.data(bytes);
      this.#owedBytes += bytes.length;
      if (!this.isOver) this.#owedBytes = this.#connection.payBack(this, this.#owedBytes);
    });
  }

  /** The server has ended it. */
  onEnd(): void {
    if (this.#isPaused && this.#held.length > 0) this.#hasHeldEnd = true;
    else this.onClosed(undefined);
  }

  onClosed(code: number | undefined): void {
    if (this.isOver) return;
    this.#finish();
    this.listener.closed(code);
  }

  #finish(): void {
    this.isOver = true;
    this.#held = [];
    this.queue.clear();
  }

  #tell(what: () => void): void {
    if (this.#isPaused) this.#held.push(what);
    else if (!this.isOver) what();
  }

  #tellHeld(): void {
    while (!this.#isPaused && !this.isOver) {
      const what = this.#held.shift();
      if (what === undefined) break;
      what();
    }
    if (this.#hasHeldEnd && this.#held.length === 0) this.onClosed(undefined);
  }
}
