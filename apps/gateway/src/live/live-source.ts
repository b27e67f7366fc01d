/** A part of the key space held in memory by one watch, however many follow it, and the feeds made of it. */
import type { CallOptions, Client, Mirror, MirrorBatch } from '@concord/client';
import { EntryIndex, type Entries } from './entry-index.ts';
import { Feed, type Audience, type FeedSource } from './feed.ts';
import type { Subject } from './subject.ts';

/** A feed that nobody uses is kept for subscribers that come back. */
const FEED_IDLE_MS_MAX = 60_000;
/** States of the past, shared by subscribers that come back together after a gateway went. */
const PAST_MS_MAX = 5000;
const PAST_KEPT_MAX = 8;
const TICK_MS = 1000;

/** A batch of changes, after the entries have taken it in. */
export interface SourceChange {
  readonly revision: number;
  readonly keys: readonly string[];
}

export class LiveSource implements FeedSource, AsyncDisposable {
  readonly prefix: string;
  readonly #client: Client;
  readonly #mirror: Mirror;
  readonly #entries = new EntryIndex();
  readonly #feeds = new Map<string, Feed>();
  readonly #byPrefix = new Map<string, Set<Feed>>();
  readonly #oddPrefixes = new Map<string, Set<Feed>>();
  readonly #listeners = new Set<(change: SourceChange) => void>();
  readonly #past = new Map<string, Promise<Entries>>();
  readonly #ticking: NodeJS.Timeout;

  /** @param client - stays the caller's to close */
  constructor(client: Client, prefix: string) {
    this.prefix = prefix;
    this.#client = client;
    this.#mirror = client.mirror({ prefix });
    this.#mirror.onBatch((batch) => this.#take(batch));
    this.#ticking = setInterval(() => this.#tick(), TICK_MS);
  }

  get entries(): Entries {
    return this.#entries;
  }

  /** Of the newest thing known, here or elsewhere in the cluster. */
  get revision(): number {
    return this.#mirror.revision;
  }

  /** For how long the cluster has been away; 0 while it is there. */
  get staleMs(): number {
    return this.#mirror.staleMs;
  }

  get audiences(): Audience[] {
    return [...this.#feeds.values()].map(({ audience }) => audience);
  }

  get subscribers(): number {
    let count = 0;
    for (const feed of this.#feeds.values()) count += feed.subscribers;
    return count;
  }

  /**
   * Resolves when the entries are known, also where they are the last known.
   *
   * @throws ConcordError `DEADLINE`, and why the cluster refuses
   */
  async ready(call: CallOptions = {}): Promise<void> {
    await this.#mirror.ready(call);
  }

  /** Resolves when everything up to `revision` has been taken in: after a write, so that its writer reads it. */
  async reached(revision: number, timeoutMs: number): Promise<void> {
    await this.#mirror.reached(revision, { timeout: timeoutMs });
  }

  /** The feed of a subject, shared by its name. The source must be ready. */
  feed(subject: Subject<unknown>): Feed {
    const known = this.#feeds.get(subject.name);
    if (known !== undefined) return known;
    const feed = new Feed(subject, this);
    this.#feeds.set(subject.name, feed);
    this.#index(feed, 'add');
    return feed;
  }

  /** Calls `listener` with every batch from now on. */
  onChange(listener: (change: SourceChange) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  entriesAt(prefixes: readonly string[], revision: number): Promise<Entries> {
    const name = JSON.stringify([prefixes, revision]);
    const known = this.#past.get(name);
    if (known !== undefined) return known;
    const reading = this.#readPast(prefixes, revision);
    this.#past.set(name, reading);
    if (this.#past.size > PAST_KEPT_MAX) this.#past.delete(this.#past.keys().next().value!);
    const forget = (): void => void this.#past.delete(name);
    reading.then(() => setTimeout(forget, PAST_MS_MAX).unref(), forget);
    return reading;
  }

  /** Ends subscribers in good order: they come back to another gateway. */
  endFeeds(): void {
    for (const feed of this.#feeds.values()) feed.close();
    this.#feeds.clear();
    this.#byPrefix.clear();
    this.#oddPrefixes.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#ticking);
    this.endFeeds();
    await this.#mirror.close();
  }

  async #readPast(prefixes: readonly string[], revision: number): Promise<Entries> {
    const entries = new EntryIndex();
    for (const prefix of prefixes) {
      for await (const entry of this.#client.kv.entries({ prefix }, { revision }))
        entries.put(entry);
    }
    return entries;
  }

  #take(batch: MirrorBatch): void {
    for (const change of batch.changes) {
      if (change.kind === 'put') this.#entries.put(change.entry);
      else this.#entries.delete(change.key);
    }
    const keys = batch.changes.map((change) =>
      change.kind === 'put' ? change.entry.key : change.key,
    );
    if (batch.reason === 'restored') for (const feed of this.#feeds.values()) feed.restart();
    else this.#tellFeeds(keys, batch.revision);
    for (const listener of this.#listeners) listener({ revision: batch.revision, keys });
  }

  /** A feed is told of what lies below its prefixes alone: there may be thousands of feeds. */
  #tellFeeds(keys: readonly string[], revision: number): void {
    const told = new Map<Feed, string[]>();
    for (const key of keys) {
      for (const feed of this.#feedsOf(key)) {
        const known = told.get(feed);
        if (known === undefined) told.set(feed, [key]);
        else known.push(key);
      }
    }
    for (const [feed, of] of told) feed.take(of, revision);
  }

  *#feedsOf(key: string): Iterable<Feed> {
    // A prefix ends with a slash or is looked at as it is: the directories that the key lies in, and the odd ones.
    for (let end = key.indexOf('/'); end >= 0; end = key.indexOf('/', end + 1)) {
      yield* this.#byPrefix.get(key.slice(0, end + 1)) ?? [];
    }
    for (const [prefix, feeds] of this.#oddPrefixes) if (key.startsWith(prefix)) yield* feeds;
  }

  #index(feed: Feed, how: 'add' | 'delete'): void {
    for (const prefix of feed.subject.prefixes) {
      const index = prefix.endsWith('/') ? this.#byPrefix : this.#oddPrefixes;
      const feeds = index.get(prefix) ?? new Set<Feed>();
      feeds[how](feed);
      if (feeds.size === 0) index.delete(prefix);
      else index.set(prefix, feeds);
    }
  }

  #tick(): void {
    const nowMs = performance.now();
    for (const [name, feed] of this.#feeds) {
      feed.tick(nowMs);
      if (feed.idleMs <= FEED_IDLE_MS_MAX) continue;
      this.#feeds.delete(name);
      this.#index(feed, 'delete');
    }
  }
}
