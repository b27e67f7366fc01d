/**
 * A stream in both directions of which there is one at a time: opened, broken, and opened again elsewhere. What an older one
 * still has to say is not heard.
 */
import type { MethodDescriptor } from '@concord/protocol';
import type { ConcordError } from '../errors.ts';
import type { Caller } from './caller.ts';
import type { RpcStream } from './connection.ts';
import type { Reopening } from './reopening.ts';
import type { RpcFailure } from './rpc-failure.ts';

export interface LastingStreamListener<Response> {
  message(response: Response): void;
  /** It broke, or was cancelled: {@link LastingStream.reopen} has it opened again. */
  ended(failure: RpcFailure): void;
}

export class LastingStream<Request, Response> {
  readonly #caller: Caller;
  readonly #reopening: Reopening;
  readonly #method: MethodDescriptor<Request, Response>;
  readonly #listener: LastingStreamListener<Response>;
  #stream: RpcStream<Request> | undefined;
  #generation = 0;

  constructor(
    caller: Caller,
    reopening: Reopening,
    method: MethodDescriptor<Request, Response>,
    listener: LastingStreamListener<Response>,
  ) {
    this.#caller = caller;
    this.#reopening = reopening;
    this.#method = method;
    this.#listener = listener;
  }

  get isOpen(): boolean {
    return this.#stream !== undefined;
  }

  /** Which token it carries. */
  get generation(): number {
    return this.#generation;
  }

  /** Opens it where it has not just broken. */
  open(): void {
    const opened = this.#caller.open<Request, Response>(
      this.#method,
      {
        message: (response) => {
          if (opened.stream === this.#stream) this.#listener.message(response);
        },
        end: (failure) => {
          if (opened.stream !== this.#stream) return;
          this.#stream = undefined;
          this.#listener.ended(failure);
        },
      },
      this.#reopening.tried,
    );
    this.#stream = opened.stream;
    this.#generation = opened.generation;
    this.#reopening.opened(opened.upstream);
  }

  /** After it ended: see {@link Reopening.broken}. */
  reopen(failure: RpcFailure, isNeeded: boolean): ConcordError | undefined {
    return this.#reopening.broken(failure, this.#generation, isNeeded);
  }

  /** Nothing is sent while it is not open. */
  send(request: Request): void {
    this.#stream?.send(request);
  }

  /** Breaks it: `ended` will tell. */
  cancel(): void {
    this.#stream?.cancel();
  }

  /** Ends it without a word. */
  drop(): void {
    const stream = this.#stream;
    this.#stream = undefined;
    stream?.cancel();
  }
}
