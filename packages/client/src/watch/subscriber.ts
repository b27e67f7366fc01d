/** One watch within the shared stream: where it is, and how responses become batches of whole revisions. */
import type { Event, WatchCreateRequest, WatchResponse } from '@concord/protocol';
import type { ConcordError } from '../errors.ts';

/** Why a watch ended by itself. */
export type WatchEnd =
  | { readonly type: 'compacted'; readonly compactRevision: number }
  /** The cluster is at an older revision than the watch: it was restored from a backup. */
  | { readonly type: 'restored'; readonly revision: number }
  | { readonly type: 'failed'; readonly error: ConcordError };

/** Who watches. Called in the order of revisions. */
export interface WatchListener {
  /** It began, or began again after a break. */
  created(revision: number): void;
  /** All events of one revision. Returns false to pause: the events after it are fetched on `resume`. */
  changes(revision: number, events: readonly Event[]): boolean;
  /** There is nothing up to `revision` that was not told. */
  progress(revision: number): void;
  /** The stream broke; it will be created again. */
  interrupted(): void;
  ended(end: WatchEnd): void;
}

/** One watch, for as long as its user wants it, whatever happens to streams. */
export interface Subscription {
  /** The revision to go on from; 0 from now. */
  readonly cursor: number;
  /** Goes on with a watch that paused. */
  resume(): void;
  close(): void;
}

/** `waiting` for a stream, `creating` on one, `open`, `paused` because its reader is slow, or `ended`. */
export type SubscriberState = 'waiting' | 'creating' | 'open' | 'paused' | 'ended';

/** What subscribers ask of their stream. */
export interface SubscriberOwner {
  resume(subscriber: Subscriber): void;
  drop(subscriber: Subscriber): void;
}

export class Subscriber implements Subscription {
  readonly request: WatchCreateRequest;
  readonly listener: WatchListener;
  readonly #owner: SubscriberOwner;
  readonly #fragments: Event[] = [];
  #cursor: number;
  state: SubscriberState = 'waiting';
  /** Its id on the present stream. */
  watchId = 0n;
  /** A stream broke since the server last knew of it: what it resumes may not be there any more. */
  wasInterrupted = false;

  constructor(owner: SubscriberOwner, request: WatchCreateRequest, listener: WatchListener) {
    this.#owner = owner;
    this.request = request;
    this.listener = listener;
    this.#cursor = request.startRevision;
  }

  /** Invariant: everything before it was told, and nothing from it on. 0: from now on, whenever that is. */
  get cursor(): number {
    return this.#cursor;
  }

  resume(): void {
    this.#owner.resume(this);
  }

  close(): void {
    this.#owner.drop(this);
  }

  /** It is sent to the server, under a new id. */
  becomeCreating(watchId: bigint): void {
    this.state = 'creating';
    this.watchId = watchId;
    this.#fragments.length = 0;
  }

  /** The server has taken it, being at `revision`. */
  becomeOpen(revision: number): void {
    this.state = 'open';
    this.wasInterrupted = false;
    // From now: the server's "now" is the revision after the one that it tells here. Of a cursor that was given, this
    // answer says nothing.
    if (this.#cursor === 0) this.#cursor = revision + 1;
    this.listener.created(revision);
  }

  /** Its stream is gone. */
  becomeWaiting(): void {
    this.wasInterrupted = true;
    if (this.state === 'paused') return;
    this.state = 'waiting';
    this.#fragments.length = 0;
    this.listener.interrupted();
  }

  /** Tells what a response brings, revision by revision; false if the listener wants no more for now. */
  take(response: WatchResponse): boolean {
    let events: readonly Event[] = response.events;
    if (response.fragment || this.#fragments.length > 0) {
      this.#fragments.push(...events);
      if (response.fragment) return true;
      events = this.#fragments.splice(0);
    }
    for (let start = 0; start < events.length;) {
      const revision = revisionOf(events[start]);
      let end = start + 1;
      while (end < events.length && revisionOf(events[end]) === revision) end += 1;
      const batch = start === 0 && end === events.length ? events : events.slice(start, end);
      start = end;
      if (revision < this.#cursor) continue;
      this.#cursor = revision + 1;
      const goesOn = this.listener.changes(revision, batch);
      // The listener may have closed it.
      if (this.state !== 'open') return true;
      if (!goesOn) return false;
    }
    return true;
  }

  /** There is nothing up to `revision` but what was told. */
  progress(revision: number): void {
    if (this.state !== 'open' || revision < this.#cursor - 1) return;
    this.#cursor = revision + 1;
    this.listener.progress(revision);
  }
}

const revisionOf = (event: Event | undefined): number => event?.kv?.modRevision ?? 0;
