/**
 * The watches of one member. The replica tells it of each revision as it is applied; it tells the streams.
 * Everything is synchronous, and no call waits for a slow client: a stream that takes no more is left out, and its
 * watchers later read what they missed from history (`catch-up.ts`).
 *
 * What a client may rely on, for each of its watches:
 * 1. Events come in the order of (revision, place within it), each once, none is left out.
 * 2. All events of one revision are in one response, or in consecutive fragments of it.
 * 3. After a response that reports progress at revision R, every event is of a revision above R.
 * 4. If history that a watch still needs is compacted, the watch ends with the compacted revision; it never goes on
 *    with a gap.
 */
import { assert } from '@concord/raft';
import { CatchUp } from './catch-up.ts';
import { Delivery } from './delivery.ts';
import { ProgressClock } from './progress-clock.ts';
import { WatchEvent } from './watch-event.ts';
import type { WatchHistory, WatchedChange } from './watch-history.ts';
import {
  CHANGES_PER_SLICE_MAX,
  FRAGMENT_BYTES,
  PROGRESS_INTERVAL_MS,
  WATCHERS_MAX,
  WATCHERS_PER_STREAM_MAX,
} from './watch-limits.ts';
import type { WatchSink } from './watch-sink.ts';
import { WatchStream } from './watch-stream.ts';
import type { WatchStreamOptions } from './watch-stream.ts';
import { noEvents } from './watcher-group.ts';
import type { WatcherGroup } from './watcher-group.ts';
import { WatcherRegistry } from './watcher-registry.ts';
import type { Watcher } from './watcher.ts';

export interface WatchHubOptions {
  readonly history: WatchHistory;
  /** The encoded `ResponseHeader` of this member at a revision. */
  readonly header: (revision: number) => Uint8Array;
  /** Uniform in [0, 1): for the jitter of progress notifications. */
  readonly random: () => number;
  /** Last revision applied. */
  readonly revision: number;
  /** Revision below which history is gone; negative for never compacted. */
  readonly compactedRevision: number;
  /** Default 10 min; at least 100 ms. */
  readonly progressIntervalMs?: number;
  /** From what size on responses are fragmented for those who take fragments. Default 2 MiB. */
  readonly fragmentBytes?: number;
  readonly watchersPerStreamMax?: number;
  readonly watchersMax?: number;
}

export class WatchHub {
  readonly limits: { readonly watchersPerStreamMax: number; readonly watchersMax: number };
  readonly #header: (revision: number) => Uint8Array;
  readonly #registry = new WatcherRegistry();
  readonly #streams = new Set<WatchStream>();
  readonly #delivery: Delivery;
  readonly #catchUp: CatchUp;
  readonly #progress: ProgressClock;
  readonly #matches: WatcherGroup[] = [];
  readonly #touched: WatcherGroup[] = [];
  /** Streams whose watches are still to be asked whether they may go on. */
  readonly #unchecked = new Set<WatchStream>();
  #revision: number;
  #compactedRevision: number;

  constructor(options: WatchHubOptions) {
    this.#header = options.header;
    this.#revision = options.revision;
    this.#compactedRevision = options.compactedRevision;
    this.#delivery = new Delivery(options.fragmentBytes ?? FRAGMENT_BYTES);
    this.#catchUp = new CatchUp(this.#registry, options.history, this.#delivery);
    const intervalMs = options.progressIntervalMs ?? PROGRESS_INTERVAL_MS;
    this.#progress = new ProgressClock({ intervalMs, random: options.random });
    this.limits = {
      watchersPerStreamMax: options.watchersPerStreamMax ?? WATCHERS_PER_STREAM_MAX,
      watchersMax: options.watchersMax ?? WATCHERS_MAX,
    };
  }

  /** Last revision that was applied. */
  get revision(): number {
    return this.#revision;
  }

  get watcherCount(): number {
    return this.#registry.count;
  }

  /** Events sent since the start, to all watchers together. */
  get eventCount(): number {
    return this.#delivery.eventCount;
  }

  get streamCount(): number {
    return this.#streams.size;
  }

  /** Watchers that wait for history and can take it. */
  get behindCount(): number {
    return this.#registry.queue.size;
  }

  /** Somebody waits for history and can take it: `catchUp` is worth calling. */
  get needsCatchUp(): boolean {
    return this.#registry.queue.size > 0;
  }

  /** Who may read what has changed: `recheck` is worth calling. */
  get needsRecheck(): boolean {
    return this.#unchecked.size > 0;
  }

  openStream(sink: WatchSink, options: WatchStreamOptions = {}): WatchStream {
    const stream = new WatchStream(this, sink, options);
    this.#streams.add(stream);
    return stream;
  }

  /** A revision was applied, with these changes in their order. Each revision is told once, none is left out. */
  applied(revision: number, changes: readonly WatchedChange[]): void {
    assert(revision === this.#revision + 1, 'revisions are applied one after the other');
    this.#revision = revision;
    if (this.#registry.count === 0) return;
    if (changes.length === 1) this.#matchOne(changes[0] as WatchedChange);
    else this.#matchAll(changes);
    if (this.#touched.length === 0) return;
    this.#delivery.begin(this.#header(revision));
    for (const group of this.#touched) this.#deliver(group);
    this.#touched.length = 0;
  }

  /** History below `revision` is gone. */
  compacted(revision: number): void {
    this.#compactedRevision = revision;
    const late: Watcher[] = [];
    const collect = (watcher: Watcher): void => {
      if (watcher.nextRevision < revision) late.push(watcher);
    };
    this.#registry.queue.forEach(collect);
    for (const stream of this.#streams) stream.stalled.forEach(collect);
    for (const watcher of late) watcher.stream.cancelCompacted(watcher, revision);
  }

  /**
   * The store was replaced by a leader's snapshot at `revision`. Watchers read what the snapshot jumped over from
   * its history, each from where it stood; those that start in the future go on waiting.
   */
  restored(revision: number, compactedRevision: number): void {
    assert(revision >= this.#revision, 'a snapshot is never behind what it replaces');
    const seen = this.#revision;
    this.#revision = revision;
    for (const stream of this.#streams) {
      for (const watcher of stream.watchers.values()) {
        if (watcher.place !== 'synced') continue;
        watcher.nextRevision = Math.max(watcher.nextRevision, seen + 1);
        if (watcher.nextRevision <= revision) this.resume(watcher);
      }
    }
    this.compacted(compactedRevision);
  }

  /** Who may read what is different from now on: every watch has to be allowed again. */
  permissionsChanged(): void {
    for (const stream of this.#streams) this.#unchecked.add(stream);
  }

  /** Asks for some of the watches whether they may go on, and ends those that may not. */
  recheck(watchersMax: number): void {
    let left = watchersMax;
    for (const stream of this.#unchecked) {
      if (left <= 0) return;
      this.#unchecked.delete(stream);
      left -= 1 + stream.recheck();
    }
  }

  /** Serves one bounded slice of history to those who wait for it. Answers whether there is more to do. */
  catchUp(changesMax: number = CHANGES_PER_SLICE_MAX): boolean {
    if (this.#registry.queue.size === 0) return false;
    return this.#catchUp.serveSlice(this.#revision, changesMax, () => this.#header(this.#revision));
  }

  /** Sends what is due with time alone: progress notifications. `nowMs` is monotonic. */
  tick(nowMs: number): void {
    this.#progress.tick(nowMs, this.#revision);
  }

  /** For streams: takes in a watcher that was announced to its client. */
  admit(watcher: Watcher): void {
    if (watcher.notifiesProgress) this.#progress.add(watcher.stream);
    if (watcher.nextRevision === 0) watcher.nextRevision = this.#revision + 1;
    if (watcher.nextRevision > this.#revision) {
      this.#registry.sync(watcher);
    } else {
      this.#registry.enqueue(watcher);
      if (watcher.nextRevision < this.#compactedRevision) {
        watcher.stream.cancelCompacted(watcher, this.#compactedRevision);
      }
    }
  }

  /** For streams: lets go of a watcher. */
  discard(watcher: Watcher): void {
    this.#registry.discard(watcher);
    if (watcher.stream.notifiedCount === 0) this.#progress.remove(watcher.stream);
  }

  /** For streams: a watcher can take history again. */
  resume(watcher: Watcher): void {
    this.#registry.enqueue(watcher);
  }

  /** For streams: the stream is closed. */
  forget(stream: WatchStream): void {
    this.#streams.delete(stream);
    this.#unchecked.delete(stream);
  }

  /** For streams: the encoded header at a revision; 0 where the answer has none. */
  headerAt(revision: number): Uint8Array {
    return this.#header(revision);
  }

  /** One change makes one list of events for all who watch the key, whatever their ranges. */
  #matchOne(change: WatchedChange): void {
    this.#registry.synced.match(change.key, this.#touched);
    if (this.#touched.length === 0) return;
    const events = [new WatchEvent(change)];
    for (const group of this.#touched) group.events = events;
  }

  #matchAll(changes: readonly WatchedChange[]): void {
    const matches = this.#matches;
    for (const change of changes) {
      matches.length = 0;
      this.#registry.synced.match(change.key, matches);
      if (matches.length === 0) continue;
      const event = new WatchEvent(change);
      for (const group of matches) {
        if (group.events === noEvents) {
          group.events = [];
          this.#touched.push(group);
        }
        group.events.push(event);
      }
    }
    matches.length = 0;
  }

  #deliver(group: WatcherGroup): void {
    const { events, watchers } = group;
    group.events = noEvents;
    // From the end: whoever stalls leaves the group, and the last watcher takes its place.
    for (let slot = watchers.length - 1; slot >= 0; slot--) {
      const watcher = watchers[slot] as Watcher;
      if (this.#revision < watcher.nextRevision || this.#delivery.send(watcher, events)) continue;
      watcher.nextRevision = this.#revision;
      this.#registry.stall(watcher);
    }
  }
}
