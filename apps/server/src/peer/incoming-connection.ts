/**
 * An open channel on the side that accepted it: reads frames, hands all messages of one chunk over at once, and sends
 * soundings back.
 */
import type { Socket } from 'node:net';
import { ProtocolDecodeError } from '@concord/protocol';
import type { MemberMessage } from '@concord/kv';
import { FrameError, emptyFrame } from './frame.ts';
import { FrameReader } from './frame-reader.ts';
import { MalformedBatchError, decodeBatch } from './message-decoder.ts';

/** Soundings come several times a second; a connection without any belongs to a peer that is gone. */
const IDLE_MS_MAX = 60_000;
/** Answers to soundings that may wait: a peer that takes none of a thousand is not there to read them. */
const UNREAD_BYTES_MAX = 8 * 1024;

export interface IncomingConnectionOptions {
  readonly from: bigint;
  readonly to: bigint;
  /** What came in one chunk, in order. */
  receive(messages: readonly MemberMessage[]): void;
  /** Called once, when the connection is at its end; `error` says what was wrong with what came. */
  closed(error: Error | undefined): void;
}

export class IncomingConnection {
  /** Bytes of frames that were read. */
  receivedBytes = 0;
  readonly #socket: Socket;
  readonly #options: IncomingConnectionOptions;
  readonly #reader: FrameReader;
  #messages: MemberMessage[] = [];
  #error: Error | undefined;

  constructor(socket: Socket, head: Uint8Array, options: IncomingConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    const { from, to } = options;
    this.#reader = new FrameReader({
      body: (bytes) => {
        for (const message of decodeBatch(bytes, from, to)) this.#messages.push(message);
      },
      empty: (mark) => this.#answer(mark),
    });
    socket.setNoDelay(true);
    socket.setTimeout(IDLE_MS_MAX, () => socket.destroy());
    socket.on('data', (chunk: Uint8Array) => this.#read(chunk));
    socket.on('end', () => socket.destroy());
    socket.on('error', () => undefined); // 'close' follows
    socket.on('close', () => options.closed(this.#error));
    if (head.length > 0) this.#read(head);
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: Uint8Array): void {
    if (this.#socket.destroyed) return;
    this.receivedBytes += chunk.length;
    const isSound = this.#push(chunk);
    // Frames before a bad one were as they should be. What the receiver throws is not for this file to catch.
    const messages = this.#messages;
    this.#messages = [];
    if (messages.length > 0) this.#options.receive(messages);
    if (!isSound) this.#socket.destroy();
  }

  #push(chunk: Uint8Array): boolean {
    try {
      this.#reader.push(chunk);
      return true;
    } catch (error) {
      if (!isMalformed(error)) throw error;
      this.#error = error;
      return false;
    }
  }

  #answer(mark: number): void {
    if (this.#socket.writableLength > UNREAD_BYTES_MAX) {
      throw new FrameError('soundings are sent, and their answers are not read');
    }
    this.#socket.write(emptyFrame(mark));
  }
}

function isMalformed(error: unknown): error is Error {
  return (
    error instanceof FrameError ||
    error instanceof MalformedBatchError ||
    error instanceof ProtocolDecodeError
  );
}
