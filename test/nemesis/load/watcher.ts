/**
 * Watches a span of keys from a revision on, through the end of any stream: at the member that it is bound to, or at
 * the next one, from where it was. Everything that it is told goes into the history.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  WatchCreateRequest,
  WatchRequest,
  fromByteString,
  type WatchResponse,
} from '@concord/protocol';
import type { HistoryBook, WatchRecord } from '../history.ts';
import type { Connections } from './connections.ts';

/** Before a stream that broke is opened anew. */
const RETRY_MS = 50;

export interface WatcherOptions {
  readonly name: string;
  readonly key: string;
  readonly rangeEnd: string;
  readonly prevKv: boolean;
  /** The member to watch at; where undefined, any that answers. */
  readonly boundTo?: number;
  readonly connections: Connections;
  readonly book: HistoryBook;
}

export class Watcher {
  readonly #options: WatcherOptions;
  #next = 1;
  #member: number;
  #waiting: { readonly revision: number; readonly reached: () => void }[] = [];

  constructor(options: WatcherOptions) {
    this.#options = options;
    this.#member = options.boundTo ?? options.connections.members[0] ?? 1;
  }

  /** The one member that it watches at; undefined where any will do. */
  get boundTo(): number | undefined {
    return this.#options.boundTo;
  }

  /** Everything up to this revision was received. */
  get revision(): number {
    return this.#next - 1;
  }

  /** Resolves when a change of this revision or a later one was received. */
  reached(revision: number): Promise<void> {
    if (this.revision >= revision) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ revision, reached: resolve }));
  }

  async work(stop: AbortSignal): Promise<void> {
    const { connections, boundTo } = this.#options;
    while (!stop.aborted) {
      await this.#stream(stop);
      if (boundTo === undefined) this.#member = connections.after(this.#member);
      else if (!connections.members.includes(boundTo)) return;
      await sleep(RETRY_MS);
    }
  }

  /** One stream, to its end. */
  #stream(stop: AbortSignal): Promise<void> {
    const { connections, book, name, key, rangeEnd, prevKv } = this.#options;
    const request = WatchCreateRequest.create({
      key: fromByteString(key),
      rangeEnd: fromByteString(rangeEnd),
      startRevision: this.#next,
      prevKv,
    });
    const record: WatchRecord = {
      watcher: name,
      member: this.#member,
      request,
      messages: [],
      end: 'open',
    };
    book.watches.push(record);
    return new Promise((resolve) => {
      const stream = connections.to(this.#member).watch(
        WatchRequest.create({ requestUnion: { case: 'createRequest', value: request } }),
        (response) => {
          if (record.end !== 'open') return;
          record.messages.push({ response, receivedAtMs: performance.now() });
          this.#received(response);
          if (!response.canceled) return;
          record.end = 'canceled';
          stream.cancel();
        },
        (message) => {
          stop.removeEventListener('abort', cancel);
          if (record.end === 'open' && !stop.aborted) record.end = message;
          resolve();
        },
      );
      const cancel = (): void => stream.cancel();
      stop.addEventListener('abort', cancel);
    });
  }

  #received({ events, compactRevision, header }: WatchResponse): void {
    const last = events.at(-1)?.kv?.modRevision;
    if (compactRevision > 0) this.#next = Math.max(this.#next, compactRevision);
    else if (last !== undefined) this.#next = last + 1;
    else if (header === undefined) return;
    this.#waiting = this.#waiting.filter(({ revision, reached }) => {
      if (this.revision < revision) return true;
      reached();
      return false;
    });
  }
}
