/**
 * A Watch stream: requests go out as they are given, responses wait in an inbox until a test asks.
 */
import type { BidiCall } from './bidi-call.ts';
import { deliver } from './bidi-call.ts';
import { Inbox } from './inbox.ts';
import type {
  Int64,
  WatchCreateRequest,
  WatchEvent,
  WatchRequest,
  WatchResponse,
} from './messages.ts';

export class WatchStream {
  readonly inbox = new Inbox<WatchResponse>('the watch stream');
  readonly #call: BidiCall;

  constructor(call: BidiCall) {
    this.#call = call;
    deliver(call, this.inbox);
  }

  send(request: WatchRequest): void {
    this.#call.write(request);
  }

  sendBytes(message: Buffer): void {
    this.#call.write(message);
  }

  /** Creates a watcher and returns the answer, which may be a refusal. */
  async create(request: WatchCreateRequest): Promise<WatchResponse> {
    this.send({ create_request: request });
    return this.inbox.next((response) => response.created);
  }

  /** Cancels a watcher and returns the acknowledgement. */
  async cancel(watchId: Int64): Promise<WatchResponse> {
    this.send({ cancel_request: { watch_id: watchId } });
    return this.inbox.next((response) => isFor(response, watchId) && response.canceled);
  }

  /** The next response of one watcher, of whatever kind. */
  next(watchId: Int64): Promise<WatchResponse> {
    return this.inbox.next((response) => isFor(response, watchId));
  }

  /** The next `count` events of one watcher, over as many responses as they come in. */
  async events(watchId: Int64, count: number): Promise<WatchEvent[]> {
    const events: WatchEvent[] = [];
    while (events.length < count) {
      const response = await this.next(watchId);
      if (response.canceled) throw new Error(`watcher ${watchId} was cancelled, events expected`);
      events.push(...response.events);
    }
    return events;
  }

  halfClose(): void {
    this.#call.end();
  }

  /** Stops reading, so that the server's side of the stream fills up. */
  pause(): void {
    this.#call.pause();
  }

  resume(): void {
    this.#call.resume();
  }

  close(): void {
    this.#call.cancel();
  }
}

const isFor = (response: WatchResponse, watchId: Int64): boolean =>
  response.watch_id === String(watchId);
