/**
 * Follows the history in the v3 store with one watch, for all that wait on this member. Begins with the first who
 * waits; when the watch ends, it begins anew and goes on where it was.
 */
import {
  RangeRequest_SortOrder as SortOrder,
  Watch,
  WatchCreateRequest,
  WatchCreateRequest_FilterType as FilterType,
  WatchRequest,
  WatchResponse,
  encode,
} from '@concord/protocol';
import type { LocalCaller, LocalCalls, LocalStream } from '../../rpc/local-call.ts';
import type { KeyEvent } from './key-event.ts';
import { EVENTS } from './key-layout.ts';
import { HISTORY_EVENTS_MAX } from './draft.ts';
import { LocalCallError, LocalStore } from './local-store.ts';
import { decodeEvent } from './node-record.ts';

/** Events read at once at the start: a page of the largest values is about 100 MB. */
const PAGE_EVENTS = 50;
/** Wait before a watch that ended is begun anew. */
const RETRY_MS = 500;

export interface FeedEvents {
  /** In order; an event may come twice when the feed begins anew. */
  event(event: KeyEvent): void;
}

export class EventFeed {
  readonly #calls: LocalCalls;
  readonly #store: LocalStore;
  readonly #caller: LocalCaller;
  readonly #events: FeedEvents;
  #state:
    | { readonly kind: 'idle' }
    | { readonly kind: 'running'; readonly ready: Promise<void> }
    | { readonly kind: 'stopped' } = { kind: 'idle' };
  #stream: LocalStream | undefined;
  #retry: NodeJS.Timeout | undefined;

  constructor(calls: LocalCalls, caller: LocalCaller, events: FeedEvents) {
    this.#calls = calls;
    this.#store = new LocalStore(calls);
    this.#caller = caller;
    this.#events = events;
  }

  /** Resolves once all events up to now were told. Throws `LocalCallError`. */
  ready(): Promise<void> {
    if (this.#state.kind === 'running') return this.#state.ready;
    if (this.#state.kind === 'stopped') return Promise.resolve();
    const ready = this.#begin();
    this.#state = { kind: 'running', ready };
    ready.catch(() => {
      if (this.#state.kind === 'running') this.#state = { kind: 'idle' };
    });
    return ready;
  }

  stop(): void {
    this.#state = { kind: 'stopped' };
    clearTimeout(this.#retry);
    this.#stream?.cancel();
  }

  async #begin(): Promise<void> {
    const { events, revision } = await this.#readHistory();
    for (const event of events) this.#events.event(event);
    if (this.#state.kind !== 'stopped') this.#follow(revision + 1);
  }

  /** Newest first, and told oldest first: the history may grow meanwhile, and its first events go. */
  async #readHistory(): Promise<{
    readonly events: readonly KeyEvent[];
    readonly revision: number;
  }> {
    const events: KeyEvent[] = [];
    let revision = 0;
    let { rangeEnd } = EVENTS;
    for (let more = true; more && events.length < HISTORY_EVENTS_MAX;) {
      const page = await this.#store.range(
        {
          key: EVENTS.key,
          rangeEnd,
          limit: PAGE_EVENTS,
          sortOrder: SortOrder.DESCEND,
          serializable: true,
          revision,
        },
        this.#caller,
      );
      if (revision === 0) revision = page.header?.revision ?? 0;
      for (const { key, value } of page.kvs) {
        const event = decodeEvent(value);
        if (event !== undefined) events.push(event);
        rangeEnd = key;
      }
      more = page.more;
    }
    return { events: events.reverse(), revision };
  }

  #follow(startRevision: number): void {
    this.#stream = this.#calls.stream(Watch.methods.watch.path, this.#caller, {
      message: (bytes) => {
        const response = WatchResponse.decode(bytes);
        for (const { kv } of response.events) {
          const event = kv === undefined ? undefined : decodeEvent(kv.value);
          if (event !== undefined) this.#events.event(event);
        }
        if (response.canceled) this.#ended();
        return true;
      },
      ended: () => this.#ended(),
    });
    const create = WatchCreateRequest.create({
      ...EVENTS,
      startRevision,
      filters: [FilterType.NODELETE],
    });
    const request = WatchRequest.create({ requestUnion: { case: 'createRequest', value: create } });
    this.#stream.send(encode(WatchRequest, request));
  }

  #ended(): void {
    this.#stream?.cancel();
    this.#stream = undefined;
    if (this.#state.kind !== 'running') return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      this.#begin().catch((error: unknown) => {
        if (!(error instanceof LocalCallError)) throw error;
        this.#ended();
      });
    }, RETRY_MS).unref();
  }
}
