/**
 * A range of keys held in memory, always the newest known: listed at one revision, watched from the next, for ever.
 * Breaks are bridged; where history is gone (compacted, or replaced by a backup) the range is listed again, and
 * what is different is told like any other change.
 */
import type { Duration } from '../duration.ts';
import { ConcordError } from '../errors.ts';
import { durationMs } from '../duration.ts';
import type { Entry } from '../kv/entry.ts';
import { describeRange, type KeyRange, type KeySpace } from '../kv/key-space.ts';
import type { KeyValues, PagesOptions } from '../kv/key-values.ts';
import type { Logger } from '../logger.ts';
import { checkNames, callOptionNames, type CallOptions } from '../options.ts';
import { pause } from '../transport/balancer.ts';
import { keptChangeOf, type Change } from '../watch/change.ts';
import { watchRequest } from '../watch/watch.ts';
import type { Subscription, WatchEnd } from '../watch/subscriber.ts';
import type { WatchStream } from '../watch/watch-stream.ts';
import { list } from './listing.ts';
import { RevisionWaiters } from './revision-waiters.ts';
import { View } from './view.ts';

/** Between two tries to list: doubling, with jitter. */
const RELIST_MS_MIN = 100;
const RELIST_MS_MAX = 5_000;
/** How often a server is asked for progress while somebody waits for a revision. */
const PROGRESS_MS = 50;
/** A server that can't tell progress is listed instead, after the watch has had this long to bring the revision. */
const CATCH_UP_MS = 500;

/** How a range is mirrored. */
export interface MirrorOptions {
  /** Ends the mirror. */
  readonly signal?: AbortSignal | undefined;
  /** Entries read at once while listing, 1,000 by default. */
  readonly pageSize?: number | undefined;
  /** How long one try to list may take, 30 s by default. */
  readonly listTimeout?: Duration | undefined;
}

/** `stale`: the cluster is away, the entries are the last known. */
export type MirrorState = 'loading' | 'live' | 'stale' | 'closed';

/** Why a range was listed again. `overflow` is kept for servers that drop a slow reader. */
export type ResyncReason = 'compacted' | 'restored' | 'overflow';

/** What happened to a mirror, taken in already. */
export interface MirrorBatch {
  /** `snapshot`: the first list. `resync`: history was gone, these are the differences. */
  readonly type: 'snapshot' | 'changes' | 'resync';
  readonly revision: number;
  readonly changes: readonly Change[];
  readonly reason?: ResyncReason;
}

export interface MirrorObserver {
  resynced(mirror: Mirror, reason: ResyncReason): void;
  closed(mirror: Mirror): void;
}

export interface MirrorParts {
  readonly kv: KeyValues;
  readonly stream: WatchStream;
  readonly space: KeySpace;
  readonly logger: Logger;
  readonly observer: MirrorObserver;
}

/** A range of keys held in memory. Made by {@link Client.mirror}. */
export class Mirror implements AsyncDisposable {
  readonly #parts: MirrorParts;
  readonly #range: KeyRange;
  readonly #pageSize: number | undefined;
  readonly #listTimeoutMs: number;
  readonly #view = new View();
  readonly #listeners = new Set<(batch: MirrorBatch) => void>();
  readonly #waiters = new RevisionWaiters();
  readonly #end = new AbortController();
  #subscription: Subscription | undefined;
  #state: MirrorState = 'loading';
  #revision = 0;
  #liveAtMs = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #isListing = false;
  #isCatchingUp = false;
  #watchedAtMs = 0;
  #error: ConcordError | undefined;

  constructor(parts: MirrorParts, range: KeyRange, options: MirrorOptions = {}) {
    checkNames(options, ['signal', 'pageSize', 'listTimeout'], 'client.mirror');
    const { listTimeout = '30s', pageSize, signal } = options;
    this.#parts = parts;
    this.#range = range;
    this.#pageSize = pageSize;
    this.#listTimeoutMs = durationMs(listTimeout, 'client.mirror: option "listTimeout"', 1);
    watchRequest(range, {}, parts.space, 'client.mirror');
    signal?.addEventListener('abort', () => void this.close(), { signal: this.#end.signal });
    if (signal?.aborted === true) void this.close();
    else void this.#synchronize(undefined);
  }

  /** Always the newest known; iterate over it, do not keep it as if it were a copy. */
  get entries(): ReadonlyMap<string, Entry> {
    return this.#view.entries;
  }

  /** Revision of the newest thing known: of a change, or of the server's word that there is none up to it. */
  get revision(): number {
    return this.#revision;
  }

  #isOver(): boolean {
    return this.#end.signal.aborted;
  }

  /** How near to the cluster it is. */
  get state(): MirrorState {
    return this.#state;
  }

  /** For how long the cluster has been away; 0 while it is live. */
  get staleMs(): number {
    return this.#state === 'live' ? 0 : performance.now() - this.#liveAtMs;
  }

  /**
   * Resolves when the first list is there, and watched from.
   *
   * @throws ConcordError `DEADLINE`, `ABORTED`, `CLOSED`, or why the list is refused
   */
  ready(options: CallOptions = {}): Promise<void> {
    checkNames(options, callOptionNames, 'mirror.ready');
    return this.#wait(0, options, 'mirror.ready');
  }

  /**
   * Resolves when everything up to `revision` has been taken in.
   *
   * @throws ConcordError `DEADLINE`, `ABORTED`, `CLOSED`
   */
  reached(revision: number, options: CallOptions = {}): Promise<void> {
    checkNames(options, callOptionNames, 'mirror.reached');
    return this.#wait(revision, options, 'mirror.reached');
  }

  /**
   * Calls `listener` with every batch from now on, in order: one a revision. What a listener throws is logged and stops
   * nobody. The entries have taken the batch in already.
   */
  onBatch(listener: (batch: MirrorBatch) => void): Disposable {
    const own = (batch: MirrorBatch): void => listener(batch);
    this.#listeners.add(own);
    return { [Symbol.dispose]: () => void this.#listeners.delete(own) };
  }

  /** Ends it; the entries stay readable as they were last. */
  close(): Promise<void> {
    this.#finish(undefined);
    return Promise.resolve();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #finish(error: ConcordError | undefined): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#error = error;
    this.#end.abort();
    clearTimeout(this.#timer);
    this.#subscription?.close();
    this.#listeners.clear();
    this.#waiters.fail(this.#closedError('mirror'));
    this.#parts.observer.closed(this);
  }

  /** Lists, again and again until it works, then watches. */
  async #synchronize(reason: ResyncReason | undefined): Promise<void> {
    if (this.#isListing) return;
    this.#isListing = true;
    for (let attempt = 0; !this.#isOver(); attempt++) {
      try {
        await this.#list(reason);
        break;
      } catch (error) {
        if (this.#isOver()) return;
        if (ConcordError.is(error) && isLasting(error)) {
          this.#finish(error);
          return;
        }
        this.#parts.logger.info('mirror could not list', {
          range: describeRange(this.#range),
          error,
        });
        const backoffMs = Math.min(RELIST_MS_MIN * 2 ** attempt, RELIST_MS_MAX);
        await pause(backoffMs * (0.5 + Math.random() / 2), this.#end.signal);
      }
    }
    this.#isListing = false;
  }

  async #list(reason: ResyncReason | undefined): Promise<void> {
    const { revision, entries } = await list(this.#parts.kv, this.#range, this.#listOptions());
    if (this.#isOver()) return;
    this.#subscribe(revision);
    const isFirst = this.#revision === 0;
    const changes = this.#view.replace(entries, revision);
    this.#revision = revision;
    if (isFirst) this.#tell({ type: 'snapshot', revision, changes });
    else {
      const why = reason ?? 'compacted';
      this.#parts.logger.info('mirror resynchronized', {
        range: describeRange(this.#range),
        reason: why,
      });
      this.#parts.observer.resynced(this, why);
      this.#tell({ type: 'resync', revision, changes, reason: why });
    }
    this.#release();
  }

  #subscribe(revision: number): void {
    const { stream, space } = this.#parts;
    const request = watchRequest(this.#range, { from: revision + 1 }, space, 'client.mirror');
    this.#subscription?.close();
    const subscription: Subscription = stream.subscribe(request, {
      created: () => {
        this.#watchedAtMs = performance.now();
        this.#becomeLive();
      },
      changes: (at, events) => {
        if (at <= this.#revision) return true;
        const changes = events.map((event) => keptChangeOf(event, space));
        this.#view.apply(changes);
        this.#revision = at;
        this.#liveAtMs = performance.now();
        this.#tell({ type: 'changes', revision: at, changes });
        this.#release();
        return true;
      },
      progress: (at) => {
        this.#revision = Math.max(this.#revision, at);
        this.#liveAtMs = performance.now();
        this.#release();
      },
      interrupted: () => this.#becomeStale(),
      ended: (end) => this.#onEnd(end),
    });
    this.#subscription = subscription;
  }

  #onEnd(end: WatchEnd): void {
    if (this.#isOver()) return;
    this.#becomeStale();
    if (end.type === 'failed') {
      if (isLasting(end.error)) this.#finish(end.error);
      else void this.#synchronize('compacted');
    } else void this.#synchronize(end.type);
  }

  #becomeLive(): void {
    if (this.#state === 'closed') return;
    this.#state = 'live';
    this.#liveAtMs = performance.now();
    this.#release();
  }

  #becomeStale(): void {
    if (this.#state !== 'live') return;
    this.#state = 'stale';
    this.#liveAtMs = performance.now();
  }

  #tell(batch: MirrorBatch): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(batch);
      } catch (error) {
        this.#parts.logger.error('a listener of the mirror threw', { error });
      }
    }
  }

  #listOptions(): PagesOptions {
    const options = { signal: this.#end.signal, timeout: this.#listTimeoutMs };
    return this.#pageSize === undefined ? options : { ...options, pageSize: this.#pageSize };
  }

  async #wait(revision: number, options: CallOptions, operation: string): Promise<void> {
    if (this.#state === 'closed') throw this.#closedError(operation);
    if (this.#state !== 'loading' && this.#revision >= revision) return;
    const waiting = this.#waiters.wait(revision, options, operation, () => this.#describe());
    this.#watchProgress();
    await waiting;
  }

  #release(): void {
    if (this.#state !== 'loading') this.#waiters.release(this.#revision);
  }

  /** While somebody waits for a revision, asks how far the server is; one that can't tell is listed again. */
  #watchProgress(): void {
    if (this.#timer !== undefined || this.#waiters.isEmpty) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#waiters.isEmpty || this.#state === 'closed') return;
      if (this.#state === 'live') {
        const { stream } = this.#parts;
        if (stream.hasProgress) stream.requestProgress();
        else this.#catchUp();
      }
      this.#watchProgress();
    }, PROGRESS_MS).unref();
  }

  #catchUp(): void {
    if (this.#isCatchingUp || this.#revision === 0) return;
    const sinceMs = Math.max(this.#waiters.sinceMs, this.#watchedAtMs);
    if (performance.now() - sinceMs < CATCH_UP_MS) return;
    this.#isCatchingUp = true;
    void this.#catchUpOnce().finally(() => (this.#isCatchingUp = false));
  }

  /** What the list has beyond the watch is told as the changes of the list's revision. */
  async #catchUpOnce(): Promise<void> {
    try {
      const { revision, entries } = await list(this.#parts.kv, this.#range, this.#listOptions());
      if (this.#state !== 'live' || revision <= this.#revision) return;
      const changes = this.#view.replace(entries, revision);
      this.#revision = revision;
      if (changes.length > 0) this.#tell({ type: 'changes', revision, changes });
      this.#release();
    } catch (error) {
      this.#parts.logger.debug('mirror could not catch up', { error });
    }
  }

  #closedError(operation: string): ConcordError {
    if (this.#error !== undefined) return this.#error;
    return new ConcordError('CLOSED', {
      operation,
      subject: describeRange(this.#range),
      problem: 'the mirror is closed',
    });
  }

  #describe(): string {
    const range = describeRange(this.#range);
    return `the mirror of ${range} is ${this.#state}, at revision ${this.#revision}`;
  }
}

/** Whether listing again would end the same way. */
function isLasting(error: ConcordError): boolean {
  return (
    error.code === 'FORBIDDEN' ||
    error.code === 'UNAUTHENTICATED' ||
    error.code === 'INVALID_ARGUMENT' ||
    error.code === 'CLOSED'
  );
}
