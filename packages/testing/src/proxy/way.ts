/**
 * One direction of a proxied connection: what comes out of one socket goes into the other, in order, no earlier and no
 * faster than the weather allows. What waits is bounded; beyond that the sender is held up, as a full line would do.
 *
 * Invariant: bytes leave in the order in which they came, each once; a way that has lost some carries nothing more.
 */
import type { Socket } from 'node:net';
import { breakSocket } from './break-socket.ts';
import type { Direction, Weather } from './weather.ts';

/** Held for a line that is paused or slow, per direction; the sender's own buffers hold the rest. */
const HELD_BYTES_MAX = 1024 * 1024;
/** A slow line delivers this often, so that a large message arrives little by little. */
const PIECES_PER_SECOND = 50;

interface Held {
  dueMs: number;
  bytes: Buffer;
}

export interface WayOptions {
  readonly direction: Direction;
  readonly source: Socket;
  readonly target: Socket;
  readonly weather: Weather;
  /** Called when something has come, with whether it was lost. */
  readonly onBytes: (direction: Direction, count: number, isLost: boolean) => void;
}

export class Way {
  readonly #options: WayOptions;
  readonly #held: Held[] = [];
  #heldBytes = 0;
  /** How the source came to its end, once it has. */
  #ending: 'end' | 'break' | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isLossy = false;
  #isDraining = false;

  constructor(options: WayOptions) {
    this.#options = options;
    const { source, target } = options;
    source.on('data', (chunk: Buffer) => this.#take(chunk));
    source.on('end', () => this.#finish('end'));
    source.on('close', () => this.#finish(source.readableEnded ? 'end' : 'break'));
    target.on('drain', () => {
      this.#isDraining = false;
      this.pump();
    });
  }

  /** Whether something that was sent will never arrive: the connection is of no use any more. */
  get isLossy(): boolean {
    return this.#isLossy;
  }

  /** Delivers what may be delivered now, and comes back for the rest. Called whenever the weather changes. */
  pump(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { weather, target, source, direction } = this.#options;
    if (weather.isPaused || this.#isDraining) return;
    for (let next = this.#held[0]; next !== undefined; next = this.#held[0]) {
      const waitMs = weather.waitMs(direction, next.dueMs);
      if (waitMs > 0) {
        this.#timer = setTimeout(() => this.pump(), waitMs);
        return;
      }
      if (!this.#deliver(next)) return;
    }
    if (this.#ending === 'end') target.end();
    if (this.#ending === 'break') breakSocket(target);
    if (source.isPaused()) source.resume();
  }

  /** What is held for its time arrives now. */
  hurry(): void {
    for (const held of this.#held) held.dueMs = 0;
    this.pump();
  }

  /** Forgets what is held and stops its timer. */
  close(): void {
    clearTimeout(this.#timer);
    this.#held.length = 0;
    this.#ending = undefined;
  }

  #take(chunk: Buffer): void {
    const { weather, direction, source, onBytes } = this.#options;
    if (direction === 'reply' && weather.losesReplies) this.#isLossy = true;
    onBytes(direction, chunk.length, this.#isLossy);
    if (this.#isLossy) return;
    this.#held.push({ dueMs: weather.arrivalMs(), bytes: chunk });
    this.#heldBytes += chunk.length;
    if (this.#heldBytes >= HELD_BYTES_MAX) source.pause();
    if (this.#held.length === 1) this.pump();
  }

  #finish(ending: 'end' | 'break'): void {
    const { weather, direction } = this.#options;
    // That a server has hung up is a reply, too.
    if (direction === 'reply' && weather.losesReplies) this.#isLossy = true;
    if (this.#isLossy) return;
    // A break says more than an end: what was to come the other way is lost.
    if (this.#ending !== 'break') this.#ending = ending;
    this.pump();
  }

  /** False when the target has to catch up first. */
  #deliver(next: Held): boolean {
    const { weather, target, direction } = this.#options;
    const pieceBytes = Math.max(1, Math.floor(weather.bytesPerSecond / PIECES_PER_SECOND));
    const bytes = next.bytes.subarray(0, pieceBytes);
    if (bytes.length === next.bytes.length) this.#held.shift();
    else next.bytes = next.bytes.subarray(pieceBytes);
    this.#heldBytes -= bytes.length;
    weather.spend(direction, bytes.length);
    if (!target.writable) return true;
    this.#isDraining = !target.write(bytes);
    return !this.#isDraining;
  }
}
