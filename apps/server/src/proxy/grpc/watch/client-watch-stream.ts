/** The watches of one stream of a client: ids, the answers' form, and what happens while the client does not read. */
import {
  watchCancelReasons,
  WatchRequest,
  WatchResponse,
  Writer,
  type ResponseHeader,
  type WatchCreateRequest,
} from '@concord/protocol';
import type { Stream, StreamEvents } from '../../../rpc/method.ts';
import type { CallFailure } from '../cluster/call-failure.ts';
import { rowOf } from '../forwarder.ts';
import type { Namespace } from '../namespace.ts';
import { Receiver, type ReceiverResponse, type ReceiverStream } from './receiver.ts';
import type { HubClient, WatchHub } from './watch-hub.ts';

/** As a member allows. */
const WATCHES_MAX = 10_000;
/** Of events in one response, for clients that ask for fragments: etcd's limit of a request. */
const FRAGMENT_BYTES_MAX = 1_572_864;

export class ClientWatchStream implements StreamEvents, ReceiverStream, HubClient {
  static readonly #writer = new Writer();
  readonly #stream: Stream;
  readonly #hub: WatchHub;
  readonly #namespace: Namespace | undefined;
  readonly #left: () => void;
  readonly #receivers = new Map<bigint, Receiver>();
  /** Ended by a compaction: as at a member, the id stays taken until the client cancels it. */
  readonly #endedIds = new Set<bigint>();
  /** Those that were not told, and go on when the client reads again. */
  readonly #behind = new Set<Receiver>();
  #nextId = 0n;
  isCongested = false;
  #isOver = false;

  /** @param left called once, when the stream has ended */
  constructor(stream: Stream, hub: WatchHub, namespace: Namespace | undefined, left: () => void) {
    this.#stream = stream;
    this.#hub = hub;
    this.#namespace = namespace;
    this.#left = left;
    hub.join(this);
  }

  message(bytes: Uint8Array): void {
    // Keys of a watch outlive the request, and the bytes are the connection's.
    const { requestUnion } = WatchRequest.decode(bytes.slice());
    switch (requestUnion?.case) {
      case 'createRequest':
        this.#create(requestUnion.value);
        break;
      case 'cancelRequest':
        this.#cancel(requestUnion.value.watchId);
        break;
      case 'progressRequest':
        // While one of them is behind there is no revision that all have reached.
        if (this.#behind.size === 0 && this.#receivers.size > 0) this.#hub.askProgress(this);
        break;
      case undefined:
        // A request of a kind that this version does not know is ignored, as etcd does.
        break;
    }
    // Answers are written even to a client that does not read: it may not ask for ever more of them.
    if (this.isCongested) this.#stream.pause();
  }

  halfClose(): void {
    // A client that has nothing more to ask still wants its events.
  }

  drain(): void {
    this.isCongested = false;
    this.#stream.resume();
    for (const receiver of [...this.#behind]) {
      this.#behind.delete(receiver);
      this.#hub.add(receiver);
    }
  }

  closed(): void {
    this.#isOver = true;
    for (const receiver of this.#receivers.values()) this.#hub.remove(receiver);
    this.#receivers.clear();
    this.#behind.clear();
    this.#hub.leave(this);
    this.#left();
  }

  send(response: ReceiverResponse): void {
    const { events } = response;
    const receiver = this.#receivers.get(response.watchId);
    if (events === undefined || receiver?.request.fragment !== true) {
      this.#write(response, false);
      return;
    }
    const pieces = events.pieces(FRAGMENT_BYTES_MAX);
    pieces.forEach((piece, i) =>
      this.#write({ ...response, events: piece }, i < pieces.length - 1),
    );
  }

  forget(receiver: Receiver, isCompacted = false): void {
    this.#receivers.delete(receiver.id);
    if (isCompacted) this.#endedIds.add(receiver.id);
    this.#behind.delete(receiver);
  }

  fallenBehind(receiver: Receiver): void {
    this.#behind.add(receiver);
  }

  failed(failure: CallFailure): void {
    if (!this.#isOver) this.#stream.fail(rowOf(failure));
  }

  progressed(header: ResponseHeader | undefined): void {
    if (this.#behind.size === 0 && !this.isCongested) this.#write({ header, watchId: -1n }, false);
  }

  #create(request: WatchCreateRequest): void {
    const isChosen = request.watchId !== 0n;
    const refusal = this.#refusal(request.watchId);
    if (refusal !== undefined) {
      const fields = { created: true, canceled: true, cancelReason: refusal };
      this.#write({ header: undefined, watchId: -1n, ...fields }, false);
      return;
    }
    this.#namespace?.watchSpan(request);
    const id = isChosen ? request.watchId : this.#freeId();
    const receiver = new Receiver(id, request, this);
    this.#receivers.set(id, receiver);
    this.#hub.add(receiver);
  }

  /** Why there cannot be a watch of this id, which is 0 where the client leaves the choice. */
  #refusal(id: bigint): string | undefined {
    if (this.#receivers.size + this.#endedIds.size >= WATCHES_MAX) {
      return `the proxy takes ${WATCHES_MAX} watches on a stream; open another one`;
    }
    return id !== 0n && this.#isTaken(id) ? watchCancelReasons.duplicateWatchId : undefined;
  }

  #isTaken(id: bigint): boolean {
    return this.#receivers.has(id) || this.#endedIds.has(id);
  }

  #freeId(): bigint {
    while (this.#isTaken(this.#nextId)) this.#nextId++;
    return this.#nextId++;
  }

  #cancel(id: bigint): void {
    const receiver = this.#receivers.get(id);
    if (receiver === undefined && !this.#endedIds.delete(id)) return;
    if (receiver !== undefined) {
      this.#hub.remove(receiver);
      this.forget(receiver);
    }
    this.#write({ header: receiver?.lastHeader, watchId: id, canceled: true }, false);
  }

  #write({ events, header, ...fields }: ReceiverResponse, fragment: boolean): void {
    if (this.#isOver) return;
    const writer = ClientWatchStream.#writer.reset();
    WatchResponse.encode(WatchResponse.create({ header, ...fields, fragment }), writer);
    if (events !== undefined) writer.raw(events.encoded);
    if (!this.#stream.write(writer.view())) this.isCongested = true;
  }
}
