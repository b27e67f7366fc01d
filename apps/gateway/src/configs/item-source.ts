/** One item as it changes: its key, and the plain keys that stand in for it, each mirrored for as long as somebody follows it. */
import type { Client, Entry, Mirror } from '@concord/client';
import type { Entries } from '../live/entry-index.ts';
import { Feed, type FeedSource } from '../live/feed.ts';
import type { Subject } from '../live/subject.ts';

export class ItemSource implements FeedSource, AsyncDisposable {
  readonly feed: Promise<Feed>;
  readonly #client: Client;
  readonly #keys: readonly string[];
  readonly #mirrors: readonly Mirror[];
  #made: Feed | undefined;

  /** @param keys - those that `subject` is made of, and nothing else */
  constructor(client: Client, keys: readonly string[], subject: Subject<unknown>) {
    this.#client = client;
    this.#keys = keys;
    this.#mirrors = keys.map((key) => client.mirror(key));
    this.feed = this.#begin(subject);
    // Whoever waits for it is told.
    this.feed.catch(() => undefined);
  }

  get entries(): Entries {
    return entriesOf((key) => this.#mirrors[this.#keys.indexOf(key)]?.entries.get(key));
  }

  /** Everything up to here is known, of all keys. */
  get revision(): number {
    return Math.min(...this.#mirrors.map(({ revision }) => revision));
  }

  get idleMs(): number {
    return this.#made?.idleMs ?? 0;
  }

  async reached(revision: number, timeoutMs: number): Promise<void> {
    await Promise.all(
      this.#mirrors.map((mirror) => mirror.reached(revision, { timeout: timeoutMs })),
    );
  }

  async entriesAt(_: readonly string[], revision: number): Promise<Entries> {
    const found = new Map<string, Entry>();
    for (const key of this.#keys) {
      const { entries } = await this.#client.kv.range(key, { revision });
      for (const entry of entries) found.set(entry.key, entry);
    }
    return entriesOf((key) => found.get(key));
  }

  tick(nowMs: number): void {
    this.#made?.tick(nowMs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#made?.close();
    await Promise.all(this.#mirrors.map((mirror) => mirror.close()));
  }

  async #begin(subject: Subject<unknown>): Promise<Feed> {
    await Promise.all(this.#mirrors.map((mirror) => mirror.ready()));
    const feed = new Feed(subject, this);
    for (const [index, mirror] of this.#mirrors.entries()) {
      mirror.onBatch(({ reason, revision }) => {
        if (reason === 'restored') feed.restart();
        // Several mirrors may tell of one moment one after the other: places never go back.
        else feed.take([this.#keys[index]!], Math.max(revision, feed.revision));
      });
    }
    this.#made = feed;
    return feed;
  }
}

const entriesOf = (find: (key: string) => Entry | undefined): Entries => ({
  get: find,
  in: () => [],
  directories: () => [],
  values: () => [],
});
