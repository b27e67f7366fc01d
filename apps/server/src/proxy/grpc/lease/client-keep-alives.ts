/** One stream of a client's keep-alives. */
import { encode, LeaseKeepAliveRequest, LeaseKeepAliveResponse } from '@concord/protocol';
import type { Stream, StreamEvents } from '../../../rpc/method.ts';
import type { CallFailure } from '../cluster/call-failure.ts';
import { rowOf } from '../forwarder.ts';
import type { KeepAliveClient, KeepAliveHub } from './keep-alive-hub.ts';

/** Requests of one stream that wait for their answer; a client with more leases waits itself. */
const WAITING_MAX = 1000;

interface Question {
  /** Undefined while the cluster has not answered. */
  answer: Uint8Array | undefined;
}

export class ClientKeepAlives implements StreamEvents, KeepAliveClient {
  readonly #stream: Stream;
  readonly #hub: KeepAliveHub;
  readonly #left: () => void;
  /** In the order of the requests, in which they are answered. */
  readonly #waiting: Question[] = [];
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
    const question: Question = { answer: undefined };
    this.#waiting.push(question);
    this.#hub.ask(LeaseKeepAliveRequest.decode(bytes).ID, {
      answered: (response) => this.#answered(question, response),
    });
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

  failed(failure: CallFailure): void {
    if (!this.#isOver) this.#stream.fail(rowOf(failure));
  }

  #answered(question: Question, response: LeaseKeepAliveResponse): void {
    if (this.#isOver) return;
    question.answer = encode(LeaseKeepAliveResponse, response);
    for (;;) {
      const answer = this.#waiting[0]?.answer;
      if (answer === undefined) break;
      this.#waiting.shift();
      if (!this.#stream.write(answer)) this.#hasRoom = false;
    }
    this.#regulate();
    this.#endIfDone();
  }

  #regulate(): void {
    const isFull = this.#waiting.length >= WAITING_MAX || !this.#hasRoom;
    if (isFull === this.#isPaused) return;
    this.#isPaused = isFull;
    if (isFull) this.#stream.pause();
    else this.#stream.resume();
  }

  #endIfDone(): void {
    if (this.#isHalfClosed && this.#waiting.length === 0 && !this.#isOver) this.#stream.end();
  }
}
