/** Streams of callers whom this member has yet to hear of: they are opened behind a read, if at all. */
import type { StreamEvents } from './method.ts';

/** What a stream does whose opening was refused. */
export const unopened: StreamEvents = {
  message: () => undefined,
  halfClose: () => undefined,
  closed: () => undefined,
};

/** A stream that is opened later, if at all: it hears of its end alone until then. */
export class LateEvents implements StreamEvents {
  #events: StreamEvents = unopened;
  #isHalfClosed = false;
  isClosed = false;

  open(events: StreamEvents): void {
    this.#events = events;
    if (this.#isHalfClosed) events.halfClose();
  }

  message(bytes: Uint8Array): void {
    this.#events.message(bytes);
  }

  halfClose(): void {
    this.#isHalfClosed = true;
    this.#events.halfClose();
  }

  closed(): void {
    this.isClosed = true;
    this.#events.closed();
  }

  drain(): void {
    this.#events.drain?.();
  }
}
