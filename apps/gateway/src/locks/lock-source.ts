/**
 * The places of all lines as they change: found once by a scan of the keys, then kept by one watch of everything, of which
 * only what looks like a place is held. Begun when somebody follows locks.
 */
import type { Client, Entry } from '@concord/client';
import { lineOf } from '@concord/lock/records';
import { EntryIndex, type Entries } from '../live/entry-index.ts';
import { Feed, type FeedSource } from '../live/feed.ts';
import type { Subject } from '../live/subject.ts';

const SCAN_PAGE = 5_000;
const AGAIN_MS = 1_000;
const REACHED_LOOK_MS = 20;
/** The least key there can be: everything is above it. */
const FIRST_KEY = Uint8Array.of(0);

export class LockSource implements FeedSource, AsyncDisposable {
  readonly ready: Promise<void>;
  readonly #client: Client;
  readonly #feeds = new Map<string, Feed>();
  readonly #end = new AbortController();
  #entries = new EntryIndex();
  #revision = 0;

  constructor(client: Client) {
    this.#client = client;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ready = promise;
    void this.#run(resolve);
  }

  get entries(): Entries {
    return this.#entries;
  }

  get revision(): number {
    return this.#revision;
  }

  /** How long nobody has followed any of it. */
  get idleMs(): number {
    return Math.min(...[...this.#feeds.values()].map(({ idleMs }) => idleMs), Infinity);
  }

  /** The feed of a subject, shared by its name. The source must be ready. */
  feed(subject: Subject<unknown>): Feed {
    const feed = this.#feeds.get(subject.name) ?? new Feed(subject, this);
    this.#feeds.set(subject.name, feed);
    return feed;
  }

  tick(nowMs: number, idleMsMax: number): void {
    for (const [name, feed] of this.#feeds) {
      feed.tick(nowMs);
      if (feed.idleMs > idleMsMax) this.#feeds.delete(name);
    }
  }

  async reached(revision: number, timeoutMs: number): Promise<void> {
    const deadlineMs = performance.now() + timeoutMs;
    while (this.#revision < revision && performance.now() < deadlineMs) {
      await new Promise((resolve) => setTimeout(resolve, REACHED_LOOK_MS));
    }
    if (this.#revision < revision) throw new Error(`revision ${revision} has not been seen`);
  }

  async entriesAt(_: readonly string[], revision: number): Promise<Entries> {
    const { index } = await this.#scanned(revision);
    return index;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort();
    for (const feed of this.#feeds.values()) feed.close();
    this.#feeds.clear();
    return Promise.resolve();
  }

  async #run(ready: () => void): Promise<void> {
    const { signal } = this.#end;
    let isFirst = true;
    while (!signal.aborted) {
      try {
        const { index, revision } = await this.#scanned(undefined);
        [this.#entries, this.#revision] = [index, revision];
        if (!isFirst) for (const feed of this.#feeds.values()) feed.restart();
        isFirst = false;
        ready();
        await this.#follow(revision + 1);
      } catch {
        // History is gone, or the cluster is away: from the beginning again.
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS).unref());
      }
    }
    ready();
  }

  async #follow(from: number): Promise<void> {
    const { signal } = this.#end;
    await using watch = this.#client.watch({ from: FIRST_KEY }, { from, signal });
    for await (const batch of watch) {
      const touched = batch.type === 'changes' ? this.#take(batch.changes) : [];
      this.#revision = Math.max(this.#revision, batch.revision);
      if (touched.length === 0) continue;
      for (const feed of this.#feeds.values()) feed.take(touched, batch.revision);
    }
  }

  #take(
    changes: readonly ({ kind: 'put'; entry: Entry } | { kind: 'delete'; key: string })[],
  ): string[] {
    const touched: string[] = [];
    for (const change of changes) {
      if (change.kind === 'put' && lineOf(change.entry) !== undefined) {
        this.#entries.put(change.entry);
        touched.push(change.entry.key);
      } else if (change.kind === 'delete' && this.#entries.get(change.key) !== undefined) {
        this.#entries.delete(change.key);
        touched.push(change.key);
      }
    }
    return touched;
  }

  /** Every place that there is, or was. */
  async #scanned(at: number | undefined): Promise<{ index: EntryIndex; revision: number }> {
    const index = new EntryIndex();
    let from: Uint8Array = FIRST_KEY;
    for (let revision = at; ;) {
      const page = await this.#client.kv.range(
        { from },
        { limit: SCAN_PAGE, keysOnly: true, revision },
      );
      revision ??= page.revision;
      for (const entry of page.entries) {
        if (lineOf(entry) === undefined) continue;
        const { entries } = await this.#client.kv.range(entry.key, { revision });
        for (const whole of entries) index.put(whole);
      }
      const last = page.entries.at(-1);
      if (!page.more || last === undefined) return { index, revision };
      from = Buffer.concat([last.keyBytes, Uint8Array.of(0)]);
    }
  }
}
