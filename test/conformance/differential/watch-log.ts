/**
 * One watch stream of one side, and what each of its watchers has been told, event by event. How events were
 * grouped into responses is the server's affair, except that a revision is never torn.
 */
import type { BidiCall } from '../harness/bidi-call.ts';
import type { Int64, WatchCreateRequest, WatchResponse } from '../harness/messages.ts';
import { canonicalMessage } from './canonical.ts';
import type { Json } from './canonical.ts';

/** The watcher that tells when a write has come through; ids of programs are smaller. */
const SENTINEL_WATCH = 1_000_000;
/** The key that is written to see writes come through. */
export const SENTINEL_KEY = Buffer.from('sentinel');
const ANSWER_MS_MAX = 15_000;

export class WatchLog {
  readonly #call: BidiCall;
  readonly #logs = new Map<string, Json[]>();
  readonly #lastRevisions = new Map<string, number>();
  #sentinelRevision = 0;
  #lastProbe = SENTINEL_WATCH;
  #caughtUpRevision = 0;
  #news: (() => void)[] = [];
  #created: ((response: WatchResponse) => void)[] = [];
  #end: string | undefined;

  constructor(call: BidiCall) {
    this.#call = call;
    call.on('data', (response: WatchResponse) => this.#take(response));
    call.on('status', ({ code, details }) => {
      this.#end = `the stream ended with code ${code}: ${details}`;
      this.#tell();
    });
    call.on('error', () => undefined);
  }

  async create(request: WatchCreateRequest): Promise<WatchResponse> {
    const answer = new Promise<WatchResponse>((resolve) => this.#created.push(resolve));
    this.#call.write({ create_request: request });
    return await within(answer, 'a watcher is acknowledged');
  }

  /** Starts to watch the sentinel; to be called once, before anything else. */
  async open(): Promise<void> {
    await this.create({ key: SENTINEL_KEY, watch_id: SENTINEL_WATCH });
  }

  /**
   * Resolves when the server has taken the cancel in, so that no later write is told. It answers none for a
   * watcher that it does not know; but it takes the requests of a stream in order, and answers each create.
   */
  async cancel(watchId: Int64): Promise<void> {
    this.#cancel(watchId);
    const fence = ++this.#lastProbe;
    await this.create({ key: SENTINEL_KEY, watch_id: fence });
    this.#cancel(fence);
  }

  #cancel(watchId: Int64): void {
    this.#call.write({ cancel_request: { watch_id: watchId } });
  }

  /** Resolves when the sentinel's write at `revision` has come through, or the stream has ended. */
  async reached(revision: number): Promise<void> {
    while (this.#sentinelRevision < revision && this.#end === undefined) {
      await within(this.news(), `the sentinel comes through at revision ${revision}`);
    }
  }

  /**
   * Resolves when every watcher created so far has caught up with history. A watcher that catches up without
   * an event says nothing; but one created after it, which has an event to tell (the sentinel's write at
   * `revision`), is not served in an earlier round. Two such probes, because within a round any may come first.
   */
  async caughtUp(revision: number): Promise<void> {
    await this.#probe(revision);
    await this.#probe(revision);
  }

  async #probe(revision: number): Promise<void> {
    this.#caughtUpRevision = 0;
    const probe = ++this.#lastProbe;
    await this.create({ key: SENTINEL_KEY, start_revision: revision, watch_id: probe });
    while (this.#caughtUpRevision < revision && this.#end === undefined) {
      await within(this.news(), `watchers catch up with revision ${revision}`);
    }
    this.#cancel(probe);
  }

  /** Resolves when anything arrives. */
  news(): Promise<void> {
    return new Promise((resolve) => this.#news.push(resolve));
  }

  /** All that was told so far, by watcher. */
  told(granted: readonly string[]): Json {
    const told: { [watchId: string]: Json } = {};
    for (const [watchId, log] of this.#logs) told[watchId] = canonicalMessage(log, granted);
    return this.#end === undefined ? told : { ...told, end: this.#end };
  }

  /** What was told has been compared: only what comes next matters. */
  forget(): void {
    this.#logs.clear();
  }

  close(): void {
    this.#call.cancel();
  }

  #take(response: WatchResponse): void {
    if (response.created) this.#created.shift()?.(response);
    else if (Number(response.watch_id) < SENTINEL_WATCH) this.#record(response);
    else this.#takeSentinel(response);
    this.#tell();
  }

  #takeSentinel({ watch_id, events }: WatchResponse): void {
    const revision = Number(events.at(-1)?.kv?.mod_revision ?? 0);
    if (Number(watch_id) === SENTINEL_WATCH) this.#sentinelRevision = revision;
    else this.#caughtUpRevision = Math.max(this.#caughtUpRevision, revision);
  }

  #record(response: WatchResponse): void {
    const { watch_id, events, canceled, compact_revision, cancel_reason } = response;
    const log = this.#logs.get(watch_id) ?? [];
    this.#logs.set(watch_id, log);
    if (canceled) {
      log.push({ canceled, compact_revision, cancel_reason });
      this.#lastRevisions.delete(watch_id);
      return;
    }
    const first = Number(events[0]?.kv?.mod_revision);
    const last = Number(events.at(-1)?.kv?.mod_revision);
    if (first <= (this.#lastRevisions.get(watch_id) ?? 0)) log.push(`torn or repeated at ${first}`);
    if (Number(response.header?.revision) < last) log.push(`a header older than its events`);
    this.#lastRevisions.set(watch_id, response.fragment ? last - 1 : last);
    // Watchers hear of one revision in any order: whether all have heard of the sentinel, nobody can know.
    const told = events.filter(({ kv }) => kv?.key.equals(SENTINEL_KEY) !== true);
    log.push(...(told as unknown as Json[]));
  }

  #tell(): void {
    for (const resolve of this.#news.splice(0)) resolve();
  }
}

async function within<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const fail = (): void => reject(new Error(`expected that ${what} within ${ANSWER_MS_MAX} ms`));
    timer = setTimeout(fail, ANSWER_MS_MAX);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
