/**
 * One watch of a client. It is fed by a broadcast, which may tell of more than it asked for: what it was told already, and
 * what it filters out, stops here.
 */
import {
  Event_EventType,
  WatchCreateRequest_FilterType,
  type Event,
  type ResponseHeader,
  type WatchCreateRequest,
} from '@concord/protocol';
import type { SharedEvents } from './shared-events.ts';

/** How the watches of one stream reach their client. */
export interface ReceiverStream {
  /** The client takes no more for now: what is told meanwhile would pile up. */
  readonly isCongested: boolean;
  send(response: ReceiverResponse): void;
  /** The watch was not told, and is fed no more until the client reads again. */
  fallenBehind(receiver: Receiver): void;
  /** The watch is over, and the client was told. @param isCompacted because its revision is */
  forget(receiver: Receiver, isCompacted: boolean): void;
}

/** What goes into `WatchResponse`, absent where it is the default. */
export interface ReceiverResponse {
  readonly header: ResponseHeader | undefined;
  readonly watchId: bigint;
  readonly created?: boolean;
  readonly canceled?: boolean;
  readonly compactRevision?: number;
  readonly cancelReason?: string;
  readonly events?: SharedEvents;
}

export class Receiver {
  readonly id: bigint;
  readonly stream: ReceiverStream;
  readonly request: WatchCreateRequest;
  /** The least revision that it is still to be told of; 0 until the member has said where the watch begins. */
  nextRevision: number;
  /** Of what it was told last. */
  lastHeader: ResponseHeader | undefined;
  #isCreated = false;
  readonly #leavesOut: ReadonlySet<number>;

  /** @param id on the client's stream. @param request with the key as the cluster has it */
  constructor(id: bigint, request: WatchCreateRequest, stream: ReceiverStream) {
    this.id = id;
    this.request = request;
    this.stream = stream;
    this.nextRevision = request.startRevision;
    this.#leavesOut = new Set(request.filters.map((filter) => leftOut.get(filter) ?? -1));
  }

  /** A member has begun a watch for it, or has begun it anew, of which the client need not hear. */
  created(header: ResponseHeader | undefined): void {
    if (this.nextRevision <= 0) this.nextRevision = (header?.revision ?? 0) + 1;
    if (this.#isCreated) return;
    this.#isCreated = true;
    this.#send({ header, watchId: this.id, created: true });
  }

  /** Answers false when it could not be told, because its client is behind: it goes on later, from `nextRevision`. */
  told(header: ResponseHeader | undefined, events: SharedEvents): boolean {
    const own = events.select((event) => this.#wants(event));
    const next = events.lastRevision + 1;
    if (own !== undefined) {
      if (this.stream.isCongested) {
        this.stream.fallenBehind(this);
        return false;
      }
      this.#send({ header, watchId: this.id, events: own });
    }
    this.nextRevision = Math.max(this.nextRevision, next);
    return true;
  }

  /** There was nothing up to the revision of `header`. */
  progressed(header: ResponseHeader | undefined): void {
    this.nextRevision = Math.max(this.nextRevision, (header?.revision ?? 0) + 1);
    if (!this.request.progressNotify || this.stream.isCongested) return;
    this.#send({ header, watchId: this.id });
  }

  /** The member has ended it, or refused to begin it. */
  canceled(end: Omit<ReceiverResponse, 'watchId' | 'canceled' | 'events'>): void {
    // A refused watch never had its id.
    const watchId = this.#isCreated ? this.id : -1n;
    this.#send({ ...end, watchId, canceled: true, created: !this.#isCreated });
    this.stream.forget(this, (end.compactRevision ?? 0) > 0);
  }

  #wants({ kv, type }: Event): boolean {
    return (kv?.modRevision ?? 0) >= this.nextRevision && !this.#leavesOut.has(type);
  }

  #send(response: ReceiverResponse): void {
    this.lastHeader = response.header;
    this.stream.send(response);
  }
}

const leftOut: ReadonlyMap<number, number> = new Map([
  [WatchCreateRequest_FilterType.NOPUT, Event_EventType.PUT],
  [WatchCreateRequest_FilterType.NODELETE, Event_EventType.DELETE],
]);
