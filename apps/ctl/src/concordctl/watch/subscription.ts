/** One watch: where it is, and what waits for its reader. */
import type { WatchResponse } from '@concord/protocol';
import type { RpcError } from '../connection/rpc-error.ts';
import type { WatchSelection } from './watch-stream.ts';

export interface SubscriptionHost {
  /** The reader has caught up. */
  readonly drained: () => void;
  readonly queuedMax: number;
}

export class Subscription implements AsyncIterableIterator<WatchResponse, undefined> {
  readonly #host: SubscriptionHost;
  #selection: WatchSelection;
  readonly #queue: WatchResponse[] = [];
  #reader: (() => void) | undefined;
  #isEnded = false;
  #error: RpcError | undefined;

  constructor(selection: WatchSelection, host: SubscriptionHost) {
    this.#selection = selection;
    this.#host = host;
  }

  /** What to ask for so that it goes on where it is. */
  get selection(): WatchSelection {
    return this.#selection;
  }

  /** Why the stream ended that it was on, if it did not end by itself. */
  get error(): RpcError | undefined {
    return this.#error;
  }

  created({ header }: WatchResponse): void {
    if (this.#selection.startRevision === 0) this.#goTo((header?.revision ?? 0) + 1);
  }

  /** @returns `full` when no more should come before `drained` */
  deliver(answer: WatchResponse): 'full' | 'free' {
    const last = answer.events.at(-1)?.kv?.modRevision;
    this.#goTo((last ?? answer.header?.revision ?? 0) + 1);
    this.#queue.push(answer);
    this.#wake();
    return this.#queue.length >= this.#host.queuedMax ? 'full' : 'free';
  }

  end(error?: RpcError): void {
    this.#isEnded = true;
    this.#error = error;
    this.#wake();
  }

  async next(): Promise<IteratorResult<WatchResponse, undefined>> {
    while (this.#queue.length === 0 && !this.#isEnded) {
      this.#host.drained();
      await new Promise<void>((resolve) => (this.#reader = resolve));
    }
    const value = this.#queue.shift();
    return value === undefined ? { done: true, value } : { done: false, value };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #goTo(startRevision: number): void {
    if (startRevision <= this.#selection.startRevision) return;
    this.#selection = { ...this.#selection, startRevision };
  }

  #wake(): void {
    this.#reader?.();
    this.#reader = undefined;
  }
}
