/**
 * Puts the gRPC messages of a stream together from the DATA bytes as they come. A message that lies whole
 * in a chunk, which is nearly every one under load, is passed on without a copy.
 */
import { MESSAGE_PREFIX_BYTES } from './h2-frame.ts';

/** Takes one whole message; the bytes are valid during the call only. */
export type MessageListener = (bytes: Buffer, start: number, end: number) => void;

/** Assembler of one stream's answers. */
export class MessageAssembler {
  readonly #onMessage: MessageListener;
  #carry: Buffer | undefined;

  constructor(onMessage: MessageListener) {
    this.#onMessage = onMessage;
  }

  /** Adds received bytes and passes on the messages that they complete. */
  push(bytes: Buffer, start: number, end: number): void {
    if (this.#carry === undefined) {
      this.#read(bytes, start, end);
      return;
    }
    const joined = Buffer.concat([this.#carry, bytes.subarray(start, end)]);
    this.#carry = undefined;
    this.#read(joined, 0, joined.length);
  }

  #read(bytes: Buffer, start: number, end: number): void {
    let at = start;
    while (at + MESSAGE_PREFIX_BYTES <= end) {
      const messageAt = at + MESSAGE_PREFIX_BYTES;
      const next = messageAt + bytes.readUInt32BE(at + 1);
      if (next > end) break;
      this.#onMessage(bytes, messageAt, next);
      at = next;
    }
    if (at < end) this.#carry = Buffer.from(bytes.subarray(at, end));
  }
}
