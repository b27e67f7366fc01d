/**
 * Cuts the bytes of a request into gRPC messages: one byte flags, four bytes length, the message. A
 * message that lies within one DATA frame is handed on as a view; only one that is spread over frames
 * is copied together.
 *
 * Invariant: the length is checked against the limit before a byte of the message is kept.
 */
import { readUint32 } from './frame.ts';

/** Bytes in front of each message. */
export const MESSAGE_PREFIX_BYTES = 5;

/** First allocation for a message in parts; it grows as its bytes really arrive. */
const FIRST_ALLOCATION_BYTES = 16_384;

/** Receives what {@link MessageAssembler} finds. */
export interface MessageSink {
  /**
   * One message, valid during the call.
   * @returns false to stop: bytes behind it are left to the caller.
   */
  onMessage(bytes: Uint8Array, flags: number): boolean;
  /** A message of `bytes` is announced, above the limit; nothing more will be read. */
  onOversize(bytes: number): void;
  /** A message began of which `missingBytes` are still to come. */
  onPartial(missingBytes: number): void;
}

const NOTHING = Buffer.alloc(0);

/** One per stream whose messages do not fit into single frames. */
export class MessageAssembler {
  readonly #messageBytesMax: number;
  readonly #sink: MessageSink;
  readonly #prefix = new Uint8Array(MESSAGE_PREFIX_BYTES);
  #prefixBytes = 0;
  #message: Buffer = NOTHING;
  #messageBytes = 0;
  /** Announced length once the prefix is complete, else -1. */
  #expected = -1;

  constructor(messageBytesMax: number, sink: MessageSink) {
    this.#messageBytesMax = messageBytesMax;
    this.#sink = sink;
  }

  /** True between messages: a request may end here. */
  get isIdle(): boolean {
    return this.#prefixBytes === 0;
  }

  /**
   * Takes bytes of the request.
   * @returns where it stopped: `end`, or behind the message at which the sink said stop.
   */
  push(source: Buffer, start: number, end: number): number {
    let at = start;
    // The second condition completes a message of no bytes, whose prefix ends the input.
    while (at < end || this.#prefixBytes === MESSAGE_PREFIX_BYTES) {
      if (this.#expected < 0) {
        at = this.#readPrefix(source, at, end);
        if (this.#prefixBytes < MESSAGE_PREFIX_BYTES) return at;
        if (!this.#begin(end - at)) return end;
      }
      const from = at;
      at += Math.min(end - at, this.#expected - this.#messageBytes);
      const whole = at - from === this.#expected;
      if (!whole) this.#keep(source, from, at);
      if (this.#messageBytes < this.#expected && !whole) return at;
      const message = whole ? source.subarray(from, at) : this.#message;
      if (!this.#deliver(message)) return at;
    }
    return at;
  }

  /** Judges a complete prefix; false when the message is too large. */
  #begin(availableBytes: number): boolean {
    this.#expected = readUint32(this.#prefix, 1);
    if (this.#expected > this.#messageBytesMax) {
      this.#sink.onOversize(this.#expected);
      return false;
    }
    if (availableBytes < this.#expected) this.#sink.onPartial(this.#expected - availableBytes);
    return true;
  }

  #deliver(message: Buffer): boolean {
    const flags = this.#prefix[0]!;
    this.#prefixBytes = 0;
    this.#expected = -1;
    this.#message = NOTHING;
    this.#messageBytes = 0;
    return this.#sink.onMessage(message, flags);
  }

  #readPrefix(source: Buffer, start: number, end: number): number {
    let at = start;
    while (at < end && this.#prefixBytes < MESSAGE_PREFIX_BYTES) {
      this.#prefix[this.#prefixBytes++] = source[at++]!;
    }
    return at;
  }

  #keep(source: Buffer, start: number, end: number): void {
    const needed = this.#messageBytes + end - start;
    if (needed > this.#message.length) {
      const doubled = Math.max(FIRST_ALLOCATION_BYTES, 2 * this.#message.length, needed);
      const grown = Buffer.allocUnsafe(Math.min(this.#expected, doubled));
      this.#message.copy(grown, 0, 0, this.#messageBytes);
      this.#message = grown;
    }
    source.copy(this.#message, this.#messageBytes, start, end);
    this.#messageBytes = needed;
  }
}
