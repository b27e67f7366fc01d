/** What can be followed of configuration: one item, or the items of a namespace. */
import type { Client } from '@concord/client';
import { decodeRecord, itemKey, itemsPrefix, type ItemAddress } from '@concord/config/records';
import { Problem } from '../http/problem.ts';
import type { Feed } from '../live/feed.ts';
import type { LiveSources } from '../live/live-sources.ts';
import type { Subject } from '../live/subject.ts';
import { NAMESPACES } from './config-keys.ts';
import { itemDocument, itemSummary } from './item-document.ts';
import type { ItemDocument, ItemSummary } from './item-schemas.ts';
import { ItemSource } from './item-source.ts';
import { masked } from './secrecy.ts';

/** Each has three watches. */
const FOLLOWED_MAX = 2_000;
/** A feed that nobody uses is kept for subscribers that come back. */
const IDLE_MS_MAX = 60_000;
const TICK_MS = 1_000;

export class ItemFeeds implements AsyncDisposable {
  readonly #client: Client;
  readonly #live: LiveSources;
  readonly #sources = new Map<string, ItemSource>();
  readonly #ticking: NodeJS.Timeout;

  constructor(client: Client, live: LiveSources) {
    this.#client = client;
    this.#live = live;
    this.#ticking = setInterval(() => this.#tick(), TICK_MS);
    this.#ticking.unref();
  }

  /** @param plainKeys - those that the subscriber may read */
  item(address: ItemAddress, plainKeys: readonly string[]): Promise<Feed> {
    const subject = itemSubject(address, plainKeys);
    const known = this.#sources.get(subject.name);
    if (known !== undefined) return known.feed;
    if (this.#sources.size >= FOLLOWED_MAX) {
      throw new Problem('cluster-away', {
        detail: `${FOLLOWED_MAX} items are followed here already: ask another gateway, or follow a namespace`,
        headers: { 'retry-after': '1' },
      });
    }
    const source = new ItemSource(this.#client, [itemKey(address), ...plainKeys], subject);
    this.#sources.set(subject.name, source);
    source.feed.catch(() => this.#drop(subject.name, source));
    return source.feed;
  }

  async namespace(namespace: string): Promise<Feed> {
    const source = this.#live.of(NAMESPACES);
    await source.ready();
    return source.feed(namespaceSubject(namespace));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#ticking);
    const sources = [...this.#sources.values()];
    this.#sources.clear();
    await Promise.all(sources.map((source) => source[Symbol.asyncDispose]()));
  }

  #tick(): void {
    const nowMs = performance.now();
    for (const [name, source] of this.#sources) {
      source.tick(nowMs);
      if (source.idleMs > IDLE_MS_MAX) this.#drop(name, source);
    }
  }

  #drop(name: string, source: ItemSource): void {
    this.#sources.delete(name);
    void source[Symbol.asyncDispose]();
  }
}

/** The item as `GET` shows it, without its draft. */
function itemSubject(address: ItemAddress, plainKeys: readonly string[]): Subject<ItemDocument> {
  const key = itemKey(address);
  const keys = [key, ...plainKeys];
  return {
    name: `config ${JSON.stringify(keys)}`,
    prefixes: keys,
    itemKey: (changed) => (keys.includes(changed) ? address.path : undefined),
    item: (_, entries) => {
      const item = entries.get(key);
      // What cannot be read is told as gone: the feed goes on, and the item is mended by the next release.
      if (item !== undefined && decodeRecord(item.text) === undefined) return undefined;
      const plain = plainKeys.map((one) => entries.get(one)).find((entry) => entry !== undefined);
      return itemDocument({ address, item, plain, draft: undefined }, masked);
    },
    itemKeys: () => [address.path],
  };
}

/** The items as the list shows them, without their drafts. */
function namespaceSubject(namespace: string): Subject<ItemSummary> {
  const front = itemsPrefix(namespace);
  return {
    name: `configs of ${namespace}`,
    prefixes: [front],
    itemKey: (key) => (key.startsWith(front) ? key.slice(front.length) : undefined),
    item: (path, entries) => {
      const item = entries.get(front + path);
      const address = { namespace, path, given: path };
      return item && itemSummary({ address, item, plain: undefined, draft: undefined }, item);
    },
  };
}
