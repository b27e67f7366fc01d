/**
 * One call to a member: bytes of whole messages both ways, and how it ended. Calls back synchronously, and never behind
 * its end.
 */
import {
  ErrorCode,
  type ClientStream,
  type ClientStreamListener,
  type HeaderField,
} from '@concord/grpc-server';
import { ProtocolDecodeError, StatusCode } from '@concord/protocol';
import { CallFailure } from './call-failure.ts';
import { frame, MessageAssembler } from './message-frame.ts';

export interface CallListener {
  /** One message of the member; the listener may keep the bytes. */
  message(bytes: Buffer): void;
  /** Called once, unless the call was cancelled here; `undefined` when it went well. */
  ended(failure: CallFailure | undefined): void;
  /** Called after `write` answered false, when there is room again. */
  drain?(): void;
}

/** Begins a call on a connection that has room. */
export type OpenStream = (listener: ClientStreamListener) => ClientStream;

export class ClusterCall implements ClientStreamListener {
  readonly #stream: ClientStream;
  readonly #listener: CallListener;
  readonly #assembler: MessageAssembler;
  #status: string | undefined;
  #message = '';
  #httpStatus = '200';
  #isOver = false;

  /** @param messageBytesMax of one message of the member */
  constructor(open: OpenStream, messageBytesMax: number, listener: CallListener) {
    this.#listener = listener;
    this.#assembler = new MessageAssembler(messageBytesMax);
    this.#stream = open(this);
  }

  /** Sends a message, copied before it returns. Answers false when the listener should wait for `drain`. */
  write(message: Uint8Array): boolean {
    return this.#stream.write(frame(message));
  }

  /** Sends the last message; with it the client's side is over. */
  finish(message?: Uint8Array): void {
    if (message === undefined) this.#stream.end();
    else this.#stream.write(frame(message), true);
  }

  /** Gives up; the listener hears nothing more. */
  cancel(): void {
    this.#isOver = true;
    this.#stream.reset();
  }

  /** Holds the member back by flow control. */
  pause(): void {
    this.#stream.pause();
  }

  resume(): void {
    this.#stream.resume();
  }

  /** The head of the answer, or its trailers; an answer without messages has one block for both. */
  headers(fields: readonly HeaderField[]): void {
    for (const { name, value } of fields) {
      if (name === 'grpc-status') this.#status = value;
      else if (name === 'grpc-message') this.#message = value;
      else if (name === ':status') this.#httpStatus = value;
    }
  }

  data(bytes: Buffer): void {
    this.#take(bytes);
  }

  drain(): void {
    if (!this.#isOver) this.#listener.drain?.();
  }

  closed(code: number | undefined): void {
    this.#end(this.#outcome(code));
  }

  #take(chunk: Buffer): void {
    if (this.#isOver) return;
    try {
      this.#assembler.take(chunk, (message) => {
        if (!this.#isOver) this.#listener.message(message);
      });
    } catch (error) {
      this.#end(unreadable(error));
      this.#stream.reset();
    }
  }

  #end(failure: CallFailure | undefined): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#listener.ended(failure);
  }

  /** The member's own word counts most. @param code of a reset */
  #outcome(code: number | undefined): CallFailure | undefined {
    if (this.#status === '0') return undefined;
    if (this.#status !== undefined) {
      return new CallFailure(Number(this.#status), decoded(this.#message), 'answered');
    }
    if (this.#httpStatus !== '200') {
      const text = `unexpected HTTP status code received from server: ${this.#httpStatus}`;
      const isAway = this.#httpStatus === '503';
      return new CallFailure(isAway ? StatusCode.UNAVAILABLE : StatusCode.UNKNOWN, text);
    }
    const reach = code === ErrorCode.refusedStream ? 'refused' : 'maybe-sent';
    return new CallFailure(StatusCode.UNAVAILABLE, 'error reading from server: EOF', reach);
  }
}

/** What the listener or the assembler cannot make sense of is the member's fault, and ends the call. */
function unreadable(error: unknown): CallFailure {
  if (error instanceof CallFailure) return error;
  if (!(error instanceof ProtocolDecodeError)) throw error;
  const text = `grpc: failed to unmarshal the received message: ${error.message}`;
  return new CallFailure(StatusCode.INTERNAL, text);
}

/** Percent-encoded on the wire; a text that is not is shown as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
