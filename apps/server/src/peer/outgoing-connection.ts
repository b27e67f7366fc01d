/**
 * An open channel on the side that sends: frames wait here and go to the socket in pieces, one piece at a time, so
 * that a piece that is taken is a sign of life. Soundings are the other sign: what TCP has swallowed may never
 * arrive, and without them a peer whose machine lost its power would stay "connected" for a quarter of an hour.
 *
 * Invariant: at most one piece is at the socket; `#queuedBytes` is the length of `#frames` from `#offset` on.
 */
import type { Socket } from 'node:net';
import { emptyFrame } from './frame.ts';
import { FrameReader } from './frame-reader.ts';

/** A piece: large enough to keep a system call busy, small enough to be taken soon on a slow line. */
const PIECE_BYTES = 256 * 1024;
/** Signs of life are looked for this often within the shortest time that one may be missing. */
const CHECKS_PER_STALL = 4;
/** TCP's own probes, for a connection that nothing is sent on. */
const KEEP_ALIVE_MS = 5000;

export interface OutgoingConnectionOptions {
  /** How many bytes may wait; more are refused. */
  readonly queueBytesMax: number;
  /** How long a piece may wait for the socket to take it. */
  readonly stallMs: number;
  /** How long a sounding may stay without an answer. */
  readonly silenceMs: number;
  /** Monotonic milliseconds. */
  now(): number;
  /** The connection is of no use any more; called at most once. */
  lost(reason: string): void;
  roundTrip(milliseconds: number): void;
}

export class OutgoingConnection {
  /** Bytes handed to the socket. */
  sentBytes = 0;
  readonly #socket: Socket;
  readonly #options: OutgoingConnectionOptions;
  readonly #checks: NodeJS.Timeout;
  #frames: Uint8Array[] = [];
  #offset = 0;
  #queuedBytes = 0;
  #progressMs: number;
  #checkedMs: number;
  /** Since when an answer to the sounding could have come. */
  #silentSinceMs = 0;
  #sounding: { readonly mark: number; readonly sentMs: number } | undefined;
  #soundings = 0;
  #isClosed = false;

  constructor(socket: Socket, head: Uint8Array, options: OutgoingConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#progressMs = this.#checkedMs = options.now();
    socket.setNoDelay(true);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    socket.setTimeout(0);
    // Nothing but soundings comes back.
    const reader = new FrameReader(
      { body: () => undefined, empty: (mark) => this.#heard(mark) },
      0,
    );
    const read = (bytes: Uint8Array): void => {
      try {
        reader.push(bytes);
      } catch (error) {
        this.#lose(error instanceof Error ? error.message : String(error));
      }
    };
    socket.on('data', read);
    socket.on('error', (error) => this.#lose(error.message));
    socket.on('close', () => this.#lose('the peer closed the connection'));
    if (head.length > 0) read(head);
    this.#checks = setInterval(() => this.#check(), options.stallMs / CHECKS_PER_STALL);
    this.#sound(this.#progressMs);
  }

  /** Bytes that wait, here and at the socket. */
  get queuedBytes(): number {
    return this.#queuedBytes + this.#socket.writableLength;
  }

  /** Whether another frame may come. An empty queue takes a frame of any length. */
  get hasRoom(): boolean {
    return !this.#isClosed && this.queuedBytes < this.#options.queueBytesMax;
  }

  /** Sends a frame behind those before it; its bytes are not touched any more. */
  write(frame: Uint8Array): void {
    // What the socket is given now has from now on to be taken.
    if (this.queuedBytes === 0) this.#progressMs = this.#options.now();
    this.#frames.push(frame);
    this.#queuedBytes += frame.length;
    this.#pump();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#checks);
    this.#frames = [];
    this.#queuedBytes = 0;
    this.#socket.destroy();
  }

  #pump(): void {
    while (this.#queuedBytes > 0 && this.#socket.writableLength === 0 && !this.#isClosed) {
      this.#writePiece();
    }
  }

  /** Hands over whole frames up to the length of a piece, or a part of one that is longer. */
  #writePiece(): void {
    let room = PIECE_BYTES;
    let used = 0;
    this.#socket.cork();
    while (room > 0 && used < this.#frames.length) {
      const frame = this.#frames[used]!;
      const end = Math.min(frame.length, this.#offset + room);
      const isWhole = this.#offset === 0 && end === frame.length;
      this.#socket.write(isWhole ? frame : frame.subarray(this.#offset, end), this.#taken);
      room -= end - this.#offset;
      this.#offset = end;
      if (end < frame.length) break;
      this.#offset = 0;
      used++;
    }
    this.#frames.splice(0, used);
    const bytes = PIECE_BYTES - room;
    this.#queuedBytes -= bytes;
    this.sentBytes += bytes;
    this.#socket.uncork();
  }

  readonly #taken = (): void => {
    if (this.#isClosed || this.#socket.writableLength > 0) return;
    this.#progressMs = this.#options.now();
    // The sounding may be behind what still waits here, and the way is open as long as that moves.
    if (this.#queuedBytes > 0) this.#silentSinceMs = this.#progressMs;
    this.#pump();
  };

  #check(): void {
    const now = this.#options.now();
    const sinceLastMs = now - this.#checkedMs;
    this.#checkedMs = now;
    if (sinceLastMs > this.#options.stallMs / 2) {
      // It is this member that did not get to run: what the peer sent meanwhile is not read yet.
      this.#progressMs = this.#silentSinceMs = now;
      return;
    }
    const { stallMs, silenceMs } = this.#options;
    if (this.queuedBytes > 0 && now - this.#progressMs > stallMs) {
      this.#lose(`it took no data for ${stallMs} ms`);
    } else if (this.#sounding === undefined) {
      this.#sound(now);
    } else if (now - this.#silentSinceMs > silenceMs) {
      this.#lose(`it did not answer for ${silenceMs} ms`);
    }
  }

  #sound(now: number): void {
    this.#soundings = (this.#soundings + 1) >>> 0;
    this.#sounding = { mark: this.#soundings, sentMs: now };
    this.#silentSinceMs = now;
    this.write(emptyFrame(this.#soundings));
  }

  #heard(mark: number): void {
    if (this.#sounding?.mark !== mark) return;
    const { sentMs } = this.#sounding;
    this.#sounding = undefined;
    this.#options.roundTrip(this.#options.now() - sentMs);
  }

  #lose(reason: string): void {
    if (this.#isClosed) return;
    this.close();
    this.#options.lost(reason);
  }
}
