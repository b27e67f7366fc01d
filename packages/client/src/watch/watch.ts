/**
 * One watch as its user has it: batches of changes, one a revision, read at the user's pace. When the user falls behind by
 * more than `bufferMax` changes, the watch pauses at the server and goes on from the store's history later: nothing is
 * lost, nothing grows, and no other watch of the client is held up.
 */
import { WatchCreateRequest, WatchCreateRequest_FilterType } from '@concord/protocol';
import { ConcordError } from '../errors.ts';
import { describeRange, type KeyRange, type KeySpace } from '../kv/key-space.ts';
import { checkNames, invalid, show } from '../options.ts';
import { aborted } from '../transport/balancer.ts';
import { changeOf, type Change } from './change.ts';
import type { Subscription, WatchEnd } from './subscriber.ts';
import type { WatchStream } from './watch-stream.ts';

/** Changes that wait for their reader before the watch pauses. */
export const WATCH_BUFFERED_MAX = 10_000;

/** What of a range is told, from where on. */
export interface WatchOptions {
  /** First revision to tell of; from now on by default. */
  readonly from?: number | undefined;
  /** Tells the entry before each change too, where history still has it. */
  readonly previous?: boolean | undefined;
  /** Leaves puts out. */
  readonly noPut?: boolean | undefined;
  /** Leaves deletions out. */
  readonly noDelete?: boolean | undefined;
  /** Ends the watch. */
  readonly signal?: AbortSignal | undefined;
  /** Changes that wait for their reader before the watch pauses, 10,000 by default. */
  readonly bufferMax?: number | undefined;
}

export const watchOptionNames = ['from', 'previous', 'noPut', 'noDelete', 'signal', 'bufferMax'];

/** What a watch yields. */
export type WatchBatch =
  /** All changes of one revision. */
  | { readonly type: 'changes'; readonly revision: number; readonly changes: readonly Change[] }
  /** Everything up to `revision` has been told. */
  | { readonly type: 'progress'; readonly revision: number };

/** The request for a watch. */
export function watchRequest(
  range: KeyRange,
  options: WatchOptions,
  space: KeySpace,
  operation: string,
): WatchCreateRequest {
  const { from = 0 } = options;
  if (!Number.isSafeInteger(from) || from < 0) {
    throw invalid(
      operation,
      `option "from" is ${show(from)}`,
      'give a revision, an integer from 1',
    );
  }
  const { key, rangeEnd } = space.range(range, operation);
  const filters: number[] = [];
  if (options.noPut === true) filters.push(WatchCreateRequest_FilterType.NOPUT);
  if (options.noDelete === true) filters.push(WatchCreateRequest_FilterType.NODELETE);
  return WatchCreateRequest.create({
    key,
    rangeEnd,
    startRevision: from,
    progressNotify: true,
    filters,
    prevKv: options.previous ?? false,
    fragment: true,
  });
}

/** A watch, read by `for await` or {@link Watch.next} in one place. Made by {@link Client.watch}. */
export class Watch implements AsyncDisposable, AsyncIterableIterator<WatchBatch, undefined> {
  readonly #subject: string;
  readonly #bufferMax: number;
  readonly #signal: AbortSignal | undefined;
  readonly #subscription: Subscription;
  readonly #created = Promise.withResolvers<void>();
  readonly #buffer: WatchBatch[] = [];
  #buffered = 0;
  #revision = 0;
  #isPaused = false;
  #isEnded = false;
  #error: ConcordError | undefined;
  #reader: PromiseWithResolvers<IteratorResult<WatchBatch, undefined>> | undefined;

  constructor(stream: WatchStream, space: KeySpace, range: KeyRange, options: WatchOptions) {
    checkNames(options, watchOptionNames, 'client.watch');
    const { bufferMax = WATCH_BUFFERED_MAX, signal } = options;
    if (!Number.isSafeInteger(bufferMax) || bufferMax < 1) {
      throw invalid(
        'client.watch',
        `option "bufferMax" is ${show(bufferMax)}`,
        'give an integer from 1',
      );
    }
    const request = watchRequest(range, options, space, 'client.watch');
    this.#subject = describeRange(range);
    this.#bufferMax = bufferMax;
    this.#signal = signal;
    // Whoever does not ask is not told.
    this.#created.promise.catch(() => undefined);
    this.#subscription = stream.subscribe(request, {
      created: (revision) => {
        if (this.#revision === 0)
          this.#revision = options.from === undefined ? revision : options.from - 1;
        this.#created.resolve();
      },
      changes: (revision, events) => {
        const changes = events.map((event) => changeOf(event, space));
        return this.#push({ type: 'changes', revision, changes });
      },
      progress: (revision) => this.#progress(revision),
      interrupted: () => undefined,
      ended: (end) => this.#end(this.#errorOf(end)),
    });
    signal?.addEventListener('abort', this.#onAbort, { once: true });
    if (signal?.aborted === true) this.#onAbort();
  }

  readonly #onAbort = (): void => {
    this.#created.reject(aborted('client.watch', this.#signal as AbortSignal));
    void this.close();
  };

  /** The newest revision that was read, or that the watch began after; 0 before that is known. */
  get revision(): number {
    return this.#revision;
  }

  /**
   * Resolves when the server has taken it: every later change will be told.
   *
   * @throws ConcordError `COMPACTED` and the like where it could not begin
   */
  created(): Promise<void> {
    return this.#created.promise;
  }

  /**
   * The next batch.
   *
   * @throws ConcordError `COMPACTED` where the history after {@link revision} is gone, `FORBIDDEN`, `CLOSED`
   */
  next(): Promise<IteratorResult<WatchBatch, undefined>> {
    const batch = this.#buffer.shift();
    if (batch !== undefined) return Promise.resolve({ done: false, value: this.#read(batch) });
    const error = this.#error;
    this.#error = undefined;
    if (error !== undefined) return Promise.reject(error);
    if (this.#isEnded) return Promise.resolve({ done: true, value: undefined });
    if (this.#reader !== undefined) {
      const problem = 'its next batch is being waited for already';
      return Promise.reject(invalid('watch.next', problem, 'read a watch in one place'));
    }
    this.#reader = Promise.withResolvers();
    return this.#reader.promise;
  }

  /** What a `for await` calls when it is left. */
  async return(): Promise<IteratorResult<WatchBatch, undefined>> {
    await this.close();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Ends the watch; what was not read is dropped. */
  close(): Promise<void> {
    this.#subscription.close();
    this.#buffer.length = 0;
    this.#buffered = 0;
    this.#end(undefined);
    return Promise.resolve();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #push(batch: WatchBatch): boolean {
    const reader = this.#reader;
    if (reader !== undefined) {
      this.#reader = undefined;
      reader.resolve({ done: false, value: this.#read(batch, false) });
      return true;
    }
    this.#buffer.push(batch);
    this.#buffered += sizeOf(batch);
    this.#isPaused = this.#buffered >= this.#bufferMax;
    return !this.#isPaused;
  }

  #progress(revision: number): void {
    const last = this.#buffer.at(-1);
    const batch: WatchBatch = { type: 'progress', revision };
    // Of several notices the newest says it all.
    if (last?.type === 'progress') this.#buffer[this.#buffer.length - 1] = batch;
    else this.#push(batch);
  }

  #read(batch: WatchBatch, wasBuffered = true): WatchBatch {
    this.#revision = Math.max(this.#revision, batch.revision);
    if (!wasBuffered) return batch;
    this.#buffered -= sizeOf(batch);
    if (this.#isPaused && this.#buffered <= this.#bufferMax / 2) {
      this.#isPaused = false;
      this.#subscription.resume();
    }
    return batch;
  }

  #end(error: ConcordError | undefined): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#signal?.removeEventListener('abort', this.#onAbort);
    this.#created.reject(
      error ?? new ConcordError('CLOSED', { operation: 'client.watch', problem: 'it was closed' }),
    );
    const reader = this.#reader;
    this.#reader = undefined;
    if (reader === undefined) this.#error = error;
    else if (error === undefined) reader.resolve({ done: true, value: undefined });
    else reader.reject(error);
  }

  #errorOf(end: WatchEnd): ConcordError {
    if (end.type === 'failed') return end.error;
    const wanted = this.#subscription.cursor;
    return new ConcordError('COMPACTED', {
      operation: 'client.watch',
      subject: this.#subject,
      problem:
        end.type === 'compacted'
          ? `the history from revision ${wanted} on is gone, what is left begins at ${end.compactRevision}`
          : `the cluster is at revision ${end.revision}, before ${wanted}: it was restored from a backup`,
      remedy: 'list the range again and watch from there, or use client.mirror, which does',
    });
  }
}

const sizeOf = (batch: WatchBatch): number => (batch.type === 'changes' ? batch.changes.length : 0);
