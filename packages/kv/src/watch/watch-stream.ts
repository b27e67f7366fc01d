/**
 * The watches of one client stream: creation, cancellation, progress on request. What is answered at once is
 * written at once; events follow only after, so a `created` always comes first and an acknowledged cancellation
 * is the last that is heard of a watch.
 *
 * While `isBlocked`, the owner of the stream takes no further requests from the client: answers are written
 * even then, and only that bounds how many can pile up.
 */
import { decodeKeyRange, etcdErrors, isEmpty, watchCancelReasons } from '@concord/protocol';
import type { KeyRange, WatchCreateRequest } from '@concord/protocol';
import { NO_WATCH_ID, encodeNotice, idFieldOf } from './response-writer.ts';
import type { Notice } from './response-writer.ts';
import type { WatchHub } from './watch-hub.ts';
import type { WatchSink } from './watch-sink.ts';
import { WITHOUT_DELETES, WITHOUT_PUTS, WITH_PREVIOUS, Watcher } from './watcher.ts';

export interface WatchStreamOptions {
  /**
   * Why the client may not watch a range, as `cancel_reason`; undefined when it may. Asked at creation alone.
   */
  readonly forbids?: (range: KeyRange) => string | undefined;
  /** The same for a watch that it has, asked after `WatchHub.permissionsChanged`. */
  readonly revokes?: (range: KeyRange) => string | undefined;
}

export type CreateOutcome =
  | { readonly kind: 'created'; readonly id: bigint }
  | { readonly kind: 'rejected'; readonly reason: string };

const FILTER_NOPUT = 0;
const FILTER_NODELETE = 1;
const FIRST_KEY = Uint8Array.of(0);

export class WatchStream {
  readonly #hub: WatchHub;
  readonly #sink: WatchSink;
  readonly #options: WatchStreamOptions;
  readonly #watchers = new Map<bigint, Watcher>();
  /** Ids, as they are encoded, of watches that a compaction ended: taken until canceled, as in etcd. */
  readonly #compactedIds = new Map<bigint, Uint8Array>();
  #nextId = 0n;
  /** No watcher starts after this revision; it may be too great once watchers are gone. */
  #startRevisionMax = 0;
  #isBlocked = false;
  #isClosed = false;

  /** Watchers that wait for `drained`. Kept by the registry. */
  readonly stalled = new Set<Watcher>();
  /** Watchers that need history. Kept by the registry. */
  behindCount = 0;
  /** Watchers that want to hear of progress. */
  notifiedCount = 0;
  /** When they hear next. Kept by `ProgressClock`. */
  progressDueMs = 0;

  constructor(hub: WatchHub, sink: WatchSink, options: WatchStreamOptions) {
    this.#hub = hub;
    this.#sink = sink;
    this.#options = options;
  }

  /** The sink wants no more events until it has drained. */
  get isBlocked(): boolean {
    return this.#isBlocked;
  }

  get watchers(): ReadonlyMap<bigint, Watcher> {
    return this.#watchers;
  }

  /** Creates a watch, or says on the stream why not. On a closed stream nothing is created or said. */
  create(request: WatchCreateRequest): CreateOutcome {
    if (this.#isClosed) return { kind: 'rejected', reason: etcdErrors.ErrWatchCanceled.message };
    const range = decodeKeyRange(
      request.key.length === 0 ? FIRST_KEY : request.key,
      request.rangeEnd,
    );
    const reason = this.#reasonAgainst(request, range);
    if (reason !== undefined) {
      const notice = { idField: NO_WATCH_ID, isCreated: true, isCanceled: true };
      this.#notify({ ...notice, cancelReason: reason });
      return { kind: 'rejected', reason };
    }
    const watcher = this.#watcherOf(request, range);
    this.#watchers.set(watcher.id, watcher);
    if (watcher.notifiesProgress) this.notifiedCount++;
    this.#startRevisionMax = Math.max(this.#startRevisionMax, watcher.startRevision);
    this.#notify({ idField: watcher.idField, isCreated: true });
    this.#hub.admit(watcher);
    return { kind: 'created', id: watcher.id };
  }

  /** Ends a watch and acknowledges it. An id that is not in use is passed over, as in etcd. */
  cancel(id: bigint): boolean {
    const watcher = this.#watchers.get(id);
    const idField = watcher?.idField ?? this.#compactedIds.get(id);
    if (idField === undefined) return false;
    if (watcher === undefined) this.#compactedIds.delete(id);
    else this.#remove(watcher);
    this.#notify({ idField, isCanceled: true });
    return true;
  }

  /**
   * Ends a watch whose history is gone: the client has to read the state and watch from there. The id stays taken
   * until the client cancels it.
   */
  cancelCompacted(watcher: Watcher, compactRevision: number): void {
    this.#remove(watcher);
    this.#compactedIds.set(watcher.id, watcher.idField);
    const notice = { idField: watcher.idField, isCanceled: true, compactRevision };
    this.write(encodeNotice(this.#hub.headerAt(0), notice));
  }

  /** Ends the watches that the client may not have any more. Answers how many were looked at. */
  recheck(): number {
    const { revokes } = this.#options;
    if (revokes === undefined) return 0;
    const watchers = [...this.#watchers.values()];
    for (const watcher of watchers) {
      const cancelReason = revokes(watcher.range);
      if (cancelReason === undefined) continue;
      this.#remove(watcher);
      this.#notify({ idField: watcher.idField, isCanceled: true, cancelReason });
    }
    return watchers.length;
  }

  /**
   * Tells the client that all its watches have everything up to now, if that is so; otherwise nothing, and the
   * client asks again. Watches that start later have nothing to tell of yet.
   */
  requestProgress(): boolean {
    if (this.#watchers.size === 0 || this.behindCount > 0) return false;
    if (this.#startRevisionMax > this.#hub.revision && this.#hasFutureStart()) return false;
    this.#notify({ idField: NO_WATCH_ID });
    return true;
  }

  /** Tells one watcher that it has everything up to now. */
  notifyProgress(watcher: Watcher): void {
    this.#notify({ idField: watcher.idField });
  }

  /** The sink takes events again. */
  drained(): void {
    this.#isBlocked = false;
    for (const watcher of [...this.stalled]) this.#hub.resume(watcher);
  }

  /** Ends all watches without a word: the client is gone. */
  close(): void {
    this.#isClosed = true;
    for (const watcher of [...this.#watchers.values()]) this.#remove(watcher);
    this.#compactedIds.clear();
    this.#hub.forget(this);
  }

  /** For the hub: puts a response on the stream. */
  write(response: Uint8Array): void {
    if (!this.#sink.write(response)) this.#isBlocked = true;
  }

  #notify(notice: Notice): void {
    this.write(encodeNotice(this.#hub.headerAt(this.#hub.revision), notice));
  }

  #remove(watcher: Watcher): void {
    this.#watchers.delete(watcher.id);
    if (watcher.notifiesProgress) this.notifiedCount--;
    this.#hub.discard(watcher);
  }

  #reasonAgainst(request: WatchCreateRequest, range: KeyRange): string | undefined {
    if (request.startRevision < 0) return etcdErrors.ErrCompacted.message;
    const forbidden = this.#options.forbids?.(range);
    if (forbidden !== undefined) return forbidden;
    if (isEmpty(range)) return watchCancelReasons.emptyRange;
    if (request.watchId !== 0n && this.#isTaken(request.watchId)) {
      return watchCancelReasons.duplicateWatchId;
    }
    const { watchersPerStreamMax, watchersMax } = this.#hub.limits;
    if (this.#watchers.size + this.#compactedIds.size >= watchersPerStreamMax) {
      return `etcdserver: too many watches on one stream (limit ${watchersPerStreamMax})`;
    }
    if (this.#hub.watcherCount >= watchersMax) {
      return `etcdserver: too many watches on this member (limit ${watchersMax})`;
    }
    return undefined;
  }

  #watcherOf(request: WatchCreateRequest, range: KeyRange): Watcher {
    const id = request.watchId === 0n ? this.#freeId() : request.watchId;
    let wants = request.prevKv ? WITH_PREVIOUS : 0;
    if (request.filters.includes(FILTER_NOPUT)) wants |= WITHOUT_PUTS;
    if (request.filters.includes(FILTER_NODELETE)) wants |= WITHOUT_DELETES;
    const options = {
      id,
      range,
      startRevision: request.startRevision,
      wants,
      hasFragments: request.fragment,
      notifiesProgress: request.progressNotify,
    };
    return new Watcher(this, options, idFieldOf(id));
  }

  #freeId(): bigint {
    while (this.#isTaken(this.#nextId)) this.#nextId++;
    return this.#nextId++;
  }

  #isTaken(id: bigint): boolean {
    return this.#watchers.has(id) || this.#compactedIds.has(id);
  }

  #hasFutureStart(): boolean {
    let max = 0;
    for (const { startRevision } of this.#watchers.values()) max = Math.max(max, startRevision);
    this.#startRevisionMax = max;
    return max > this.#hub.revision;
  }
}
