/** One stream of a client's keep-alives. */
import { encode, LeaseKeepAliveRequest, LeaseKeepAliveResponse } from '@concord/protocol';
import type { Stream, StreamEvents } from '../../../rpc/method.ts';
import type { CallFailure } from '../cluster/call-failure.ts';
import { rowOf } from '../forwarder.ts';
import type { KeepAliveClient, KeepAliveHub } from './keep-alive-hub.ts';

/** Requests of one stream that wait for their answer; a client with more leases waits itself. */
const WAITING_MAX = 1000;

export class ClientKeepAlives implements StreamEvents, KeepAliveClient {
  readonly #stream: Stream;
  readonly #hub: KeepAliveHub;
  readonly #left: () => void;
  #waiting = 0;
  #isPaused = false;
  #hasRoom = true;
  #isHalfClosed = false;
  #isOver = false;

  /** @param left called once, when the stream has ended */
  constructor(stream: Stream, hub: KeepAliveHub, left: () => void) {
    this.#stream = stream;
    this.#hub = hub;
    this.#left = left;
    hub.join(this);
  }

  message(bytes: Uint8Array): void {
    this.#waiting++;
    this.#hub.ask(LeaseKeepAliveRequest.decode(bytes).ID, this);
    this.#regulate();
  }

  halfClose(): void {
    this.#isHalfClosed = true;
    this.#endIfDone();
  }

  drain(): void {
    this.#hasRoom = true;
    this.#regulate();
  }

  closed(): void {
    this.#isOver = true;
    this.#hub.leave(this);
    this.#left();
  }

  answered(response: LeaseKeepAliveResponse): void {
    if (this.#isOver) return;
    this.#waiting--;
    if (!this.#stream.write(encode(LeaseKeepAliveResponse, response))) this.#hasRoom = false;
    this.#regulate();
    this.#endIfDone();
  }

  failed(failure: CallFailure): void {
    if (!this.#isOver) this.#stream.fail(rowOf(failure));
  }

  #regulate(): void {
    const isFull = this.#waiting >= WAITING_MAX || !this.#hasRoom;
    if (isFull === this.#isPaused) return;
    this.#isPaused = isFull;
    if (isFull) this.#stream.pause();
    else this.#stream.resume();
  }

  #endIfDone(): void {
    if (this.#isHalfClosed && this.#waiting === 0 && !this.#isOver) this.#stream.end();
  }
}
