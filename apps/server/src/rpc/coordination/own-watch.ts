/**
 * Watches of this member's own Watch service, read one response at a time. What is not read yet is bounded: the
 * stream is held back after the first response that waits, and goes on from history.
 */
import { WatchCreateRequest, WatchRequest, WatchResponse, encode } from '@concord/protocol';
import type { LocalStream, LocalStreamEvents } from '../local-call.ts';

/** What a watch tells next. */
export type WatchNews =
  | { readonly kind: 'events'; readonly response: WatchResponse }
  /** The history asked for is gone: read the state again. */
  | { readonly kind: 'compacted' }
  | { readonly kind: 'ended'; readonly message: string }
  /** Whoever reads has closed it. */
  | { readonly kind: 'closed' };

export class OwnWatch {
  readonly #stream: LocalStream;
  readonly #unread: WatchNews[] = [];
  #reader: ((news: WatchNews) => void) | undefined;
  #isClosed = false;

  /** A function that opens the stream by `connect` and creates `watches` on it. */
  static opener(watches: readonly Partial<WatchCreateRequest>[]) {
    return (connect: (events: LocalStreamEvents) => LocalStream): OwnWatch =>
      new OwnWatch(watches, connect);
  }

  private constructor(
    watches: readonly Partial<WatchCreateRequest>[],
    connect: (events: LocalStreamEvents) => LocalStream,
  ) {
    this.#stream = connect({
      message: (bytes) => this.#receive(WatchResponse.decode(bytes.slice())),
      ended: ({ message }) => void this.#tell({ kind: 'ended', message }),
    });
    for (const watch of watches) {
      const value = WatchCreateRequest.create(watch);
      this.#stream.send(encode(WatchRequest, { requestUnion: { case: 'createRequest', value } }));
    }
  }

  /** Only one may wait at a time. */
  next(): Promise<WatchNews> {
    if (this.#isClosed) return Promise.resolve({ kind: 'closed' });
    const news = this.#unread.shift();
    if (news === undefined) return new Promise((resolve) => (this.#reader = resolve));
    if (this.#unread.length === 0) this.#stream.drained();
    return Promise.resolve(news);
  }

  /** Whoever waits is told. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#stream.cancel();
    this.#tell({ kind: 'closed' });
  }

  #receive(response: WatchResponse): boolean {
    if (response.compactRevision > 0) return this.#tell({ kind: 'compacted' });
    if (response.canceled) return this.#tell({ kind: 'ended', message: response.cancelReason });
    return response.events.length === 0 || this.#tell({ kind: 'events', response });
  }

  /** Answers whether more is wanted at once. */
  #tell(news: WatchNews): boolean {
    const reader = this.#reader;
    this.#reader = undefined;
    if (reader !== undefined) reader(news);
    else if (!this.#isClosed) this.#unread.push(news);
    return this.#unread.length === 0;
  }
}
