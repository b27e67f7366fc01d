/** What a server answers on a stream, whatever the method: messages as they come, and the end. */
import type { BidiCall } from './bidi-call.ts';
import { Inbox } from './inbox.ts';
import type { Failure } from './outcome.ts';

export class AnswerStream<T> {
  readonly inbox: Inbox<T>;
  readonly #call: BidiCall;

  constructor(method: string, call: BidiCall) {
    this.inbox = new Inbox<T>(`the stream of ${method}`);
    this.#call = call;
    call.on('data', (message: T) => this.inbox.push(message));
    // The status of a stream that is not read comes before what it has to be read.
    const status = new Promise<Failure>((resolve) =>
      call.on('status', ({ code, details }) => resolve({ code, message: details })),
    );
    const finish = (): void => void status.then((end) => this.inbox.end(end));
    call.on('end', finish).on('error', finish);
  }

  /** Sends a message, and no more after it. */
  end(message: object): void {
    this.#call.end(message);
  }

  send(message: object): void {
    this.#call.write(message);
  }

  /** Reads no more until `resume`: the server is held back. */
  pause(): void {
    this.#call.pause();
  }

  resume(): void {
    this.#call.resume();
  }

  /** All that comes until the stream ends well. */
  async all(): Promise<readonly T[]> {
    const { code, message } = await this.inbox.ended();
    if (code !== 0) throw new Error(`the stream ended with code ${code}: ${message}`);
    return this.inbox.drain();
  }

  close(): void {
    this.#call.cancel();
  }
}
