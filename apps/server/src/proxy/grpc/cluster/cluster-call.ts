/**
 * One call to a member: bytes of whole messages both ways, and how it ended. Calls back synchronously, and never behind
 * its end.
 */
import { constants, type ClientHttp2Stream, type IncomingHttpHeaders } from 'node:http2';
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

export class ClusterCall {
  readonly #stream: ClientHttp2Stream;
  readonly #listener: CallListener;
  readonly #assembler: MessageAssembler;
  #head: IncomingHttpHeaders | undefined;
  #trailers: IncomingHttpHeaders | undefined;
  #isOver = false;

  /** @param messageBytesMax of one message of the member */
  constructor(stream: ClientHttp2Stream, messageBytesMax: number, listener: CallListener) {
    this.#stream = stream;
    this.#listener = listener;
    this.#assembler = new MessageAssembler(messageBytesMax);
    stream.on('response', (headers) => (this.#head = headers));
    stream.on('trailers', (headers: IncomingHttpHeaders) => (this.#trailers = headers));
    stream.on('data', (chunk: Buffer) => this.#take(chunk));
    stream.on('drain', () => this.#isOver || this.#listener.drain?.());
    // What it means is judged at the 'close' that follows.
    stream.on('error', () => undefined);
    stream.on('close', () => this.#end(this.#outcome()));
  }

  /** Sends a message, copied before it returns. Answers false when the listener should wait for `drain`. */
  write(message: Uint8Array): boolean {
    if (this.#isOver || this.#stream.writableEnded || this.#stream.destroyed) return true;
    return this.#stream.write(frame(message));
  }

  /** Sends the last message; with it the client's side is over. */
  finish(message?: Uint8Array): void {
    if (this.#isOver || this.#stream.writableEnded || this.#stream.destroyed) return;
    if (message === undefined) this.#stream.end();
    else this.#stream.end(frame(message));
  }

  /** Gives up; the listener hears nothing more. */
  cancel(): void {
    this.#isOver = true;
    this.#stream.close(constants.NGHTTP2_CANCEL);
  }

  /** Holds the member back by flow control. */
  pause(): void {
    this.#stream.pause();
  }

  resume(): void {
    this.#stream.resume();
  }

  #take(chunk: Buffer): void {
    if (this.#isOver) return;
    try {
      this.#assembler.take(chunk, (message) => {
        if (!this.#isOver) this.#listener.message(message);
      });
    } catch (error) {
      this.#end(unreadable(error));
      this.#stream.close(constants.NGHTTP2_CANCEL);
    }
  }

  #end(failure: CallFailure | undefined): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#listener.ended(failure);
  }

  /** The member's own word counts most; one that answers with trailers alone puts the status into the head. */
  #outcome(): CallFailure | undefined {
    const told = this.#trailers?.['grpc-status'] === undefined ? this.#head : this.#trailers;
    const code = told?.['grpc-status'];
    if (code === '0') return undefined;
    if (code !== undefined) {
      return new CallFailure(Number(code), decoded(told?.['grpc-message']), 'answered');
    }
    const http = Number(this.#head?.[':status'] ?? 200);
    if (http !== 200) {
      const text = `unexpected HTTP status code received from server: ${http}`;
      return new CallFailure(http === 503 ? StatusCode.UNAVAILABLE : StatusCode.UNKNOWN, text);
    }
    const isRefused = this.#stream.rstCode === constants.NGHTTP2_REFUSED_STREAM;
    const reach = isRefused ? 'refused' : 'maybe-sent';
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
function decoded(message: string | string[] | undefined): string {
  const text = String(message ?? '');
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
