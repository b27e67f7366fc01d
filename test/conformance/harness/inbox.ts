/**
 * What a stream has delivered and nobody has read yet. Readers wait for the next message, never for time;
 * the deadline only turns a message that does not come into a failure with words.
 */
import type { Failure } from './outcome.ts';

const WAIT_MS_MAX = 15_000;

interface Reader<T> {
  readonly wants: (message: T) => boolean;
  readonly resolve: (message: T) => void;
  readonly reject: (error: Error) => void;
}

export class Inbox<T> {
  readonly #what: string;
  readonly #messages: T[] = [];
  readonly #readers: Reader<T>[] = [];
  readonly #ended: Promise<Failure>;
  #finish: (status: Failure) => void = () => undefined;
  #status: Failure | undefined;

  constructor(what: string) {
    this.#what = what;
    this.#ended = new Promise((resolve) => (this.#finish = resolve));
  }

  push(message: T): void {
    const index = this.#readers.findIndex((reader) => reader.wants(message));
    const [reader] = index < 0 ? [] : this.#readers.splice(index, 1);
    if (reader === undefined) this.#messages.push(message);
    else reader.resolve(message);
  }

  /** The stream is over with this status; whoever waits for a message is told so. */
  end(status: Failure): void {
    if (this.#status !== undefined) return;
    this.#status = status;
    this.#finish(status);
    for (const reader of this.#readers.splice(0)) reader.reject(this.#over(status));
  }

  /** The first unread message that `wants` accepts, in order of arrival; others stay unread. */
  next(wants: (message: T) => boolean = () => true): Promise<T> {
    const index = this.#messages.findIndex(wants);
    const [message] = index < 0 ? [] : this.#messages.splice(index, 1);
    if (message !== undefined) return Promise.resolve(message);
    if (this.#status !== undefined) return Promise.reject(this.#over(this.#status));
    return within(`a message on ${this.#what}`, (resolve, reject) => {
      const reader = { wants, resolve, reject };
      this.#readers.push(reader);
      return () => this.#readers.splice(this.#readers.indexOf(reader), 1);
    });
  }

  /** The status the stream ended with; code 0 is a clean end. */
  ended(): Promise<Failure> {
    return within(`the end of ${this.#what}`, (resolve) => {
      void this.#ended.then(resolve);
      return () => undefined;
    });
  }

  /** Takes what has arrived so far, without waiting. */
  drain(): T[] {
    return this.#messages.splice(0);
  }

  #over(status: Failure): Error {
    return new Error(`${this.#what} ended with code ${status.code}: ${status.message}`);
  }
}

function within<T>(
  what: string,
  start: (resolve: (value: T) => void, reject: (error: Error) => void) => () => unknown,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let giveUp: () => unknown = () => undefined;
    const timer = setTimeout(() => {
      giveUp();
      reject(new Error(`${what} did not come within ${WAIT_MS_MAX} ms`));
    }, WAIT_MS_MAX);
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      finish();
    };
    giveUp = start(
      (value) => settle(() => resolve(value)),
      (error) => settle(() => reject(error)),
    );
  });
}
