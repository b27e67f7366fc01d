/**
 * What the cluster holds of some items, as it changes. One item is followed by mirrors of its keys. The members of
 * a bundle are read together whenever one of them changes: watches of several keys may tell of one transaction one
 * after the other, a read at one revision can't.
 */
import {
  ConcordError,
  op,
  type CallOptions,
  type Client,
  type Entry,
  type Mirror,
  type OperationResult,
} from '@concord/client';
import { itemKey, itemName } from '../item/address.ts';
import type { Item } from '../item/item.ts';
import { sleep } from '../time/sleep.ts';
import type { Cut, StoredItem, StoredPart, StoredText } from './cut.ts';

/** Between tries of a read that failed; the mirrors call again too when the cluster is back. */
const RETRY_MS = 500;

export interface FeedListener {
  cut(cut: Cut): void;
  /** A read of the members failed and is tried again. */
  delayed(error: unknown): void;
}

/** A mirror of each key of an item. */
type Place = readonly {
  readonly part: StoredPart;
  readonly key: string;
  readonly mirror: Mirror;
}[];

export class Feed implements AsyncDisposable {
  readonly #client: Client;
  readonly #items: readonly Item[];
  readonly #listener: FeedListener;
  readonly #places: readonly Place[];
  readonly #closing = new AbortController();
  #isFollowed = false;
  #isChanged = false;
  #isAsked = false;
  #isReading = false;

  constructor(client: Client, items: readonly Item[], listener: FeedListener) {
    this.#client = client;
    this.#items = items;
    this.#listener = listener;
    this.#places = items.map((item) =>
      keysOf(item).map(([part, key]) => ({ part, key, mirror: client.mirror(key) })),
    );
    for (const mirror of this.#mirrors) mirror.onBatch(() => this.#changed());
  }

  get #mirrors(): readonly Mirror[] {
    return this.#places.flat().map(({ mirror }) => mirror);
  }

  /** How long ago the cluster was last known to agree, at most. */
  get staleMs(): number {
    return Math.max(...this.#mirrors.map(({ staleMs }) => staleMs));
  }

  /**
   * The first cut.
   *
   * @throws what the first answer failed with, or that it could not be had in time; the feed goes on trying until it is
   * closed
   */
  async start(options: { signal?: AbortSignal | undefined; timeout: number }): Promise<Cut> {
    await Promise.all(this.#places.map((_, index) => this.#ready(index, options)));
    this.#isChanged = false;
    return this.#read(options);
  }

  async #ready(index: number, options: CallOptions): Promise<void> {
    const readable = this.#places[index]!.map(async ({ part, mirror }) => {
      try {
        await mirror.ready(options);
      } catch (error) {
        throw part === 'item' ? error : unreadable(error, this.#items[index]!, part);
      }
    });
    await Promise.all(readable);
  }

  /** From now on the listener is called for each cut, and for what came since the first one was taken. */
  follow(): void {
    this.#isFollowed = true;
    if (this.#isChanged) this.#changed();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#mirrors.map((mirror) => mirror[Symbol.asyncDispose]()));
  }

  #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  #changed(): void {
    this.#isChanged = true;
    if (!this.#isFollowed) return;
    // Before its first list a mirror knows nothing, which is not the same as that there is nothing.
    if (this.#mirrors.some(({ revision }) => revision === 0)) return;
    if (this.#items.length === 1) {
      this.#listener.cut(this.#mirrored());
      return;
    }
    this.#isAsked = true;
    void this.#readUntilCurrent();
  }

  /** Reads again as long as something changed since the last read began. */
  async #readUntilCurrent(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    const { signal } = this.#closing;
    while (this.#isAsked && !this.#isClosed()) {
      this.#isAsked = false;
      try {
        const cut = await this.#read({ signal });
        if (!this.#isClosed()) this.#listener.cut(cut);
      } catch (error) {
        if (this.#isClosed()) break;
        this.#isAsked = true;
        this.#listener.delayed(error);
        await sleep(RETRY_MS, signal);
      }
    }
    this.#isReading = false;
  }

  async #read(options: { signal?: AbortSignal | undefined; timeout?: number }): Promise<Cut> {
    if (this.#items.length === 1) return this.#mirrored();
    return readCut(this.#client, this.#items, options);
  }

  #mirrored(): Cut {
    const state = storedItem(
      this.#places[0]!.map(({ part, key, mirror }) => [part, mirror.entries.get(key)]),
    );
    const revision = Math.max(...this.#mirrors.map((mirror) => mirror.revision));
    return { states: [state], revision, source: 'live', at: Date.now() };
  }
}

function keysOf({ address, plainKey, inherited }: Item): (readonly [StoredPart, string])[] {
  return [
    ['item', itemKey(address)],
    ...(plainKey === undefined ? [] : [['plain', plainKey] as const]),
    ...(inherited === undefined ? [] : [['inherited', itemKey(inherited)] as const]),
  ];
}

/** Rights are often given on items alone, and on those of one namespace. */
function unreadable(error: unknown, item: Item, part: 'plain' | 'inherited'): unknown {
  if (!ConcordError.is(error, 'FORBIDDEN')) return error;
  const { name, plainKey, inherited } = item;
  const [what, option] =
    part === 'plain'
      ? [`the plain key ${JSON.stringify(plainKey)} of ${name}`, 'plain: false']
      : [`${itemName(inherited!)}, which lies under ${name},`, 'inherits: false'];
  return new ConcordError('FORBIDDEN', {
    operation: 'config.watch',
    subject: name,
    problem: `${what} may not be read`,
    remedy: `grant the user the right to, or do without that layer (${option})`,
    grpcCode: error.grpcCode,
    cause: error,
  });
}

/** All items at one revision. */
export async function readCut(
  client: Client,
  items: readonly Item[],
  options: CallOptions,
): Promise<Cut> {
  const keys = items.map(keysOf);
  const { revision, results } = await client.kv
    .txn()
    .then(...keys.flat().map(([, key]) => op.get(key)))
    .commit(options);
  const entries = results.map(entryOf);
  const states = keys.map((own) => storedItem(own.map(([part]) => [part, entries.shift()])));
  return { states, revision, source: 'live', at: Date.now() };
}

const entryOf = (result: OperationResult): Entry | undefined =>
  result.kind === 'get' ? result.entry : undefined;

function storedItem(parts: readonly (readonly [StoredPart, Entry | undefined])[]): StoredItem {
  const found = parts.flatMap(([part, entry]) =>
    entry === undefined ? [] : [[part, storedText(entry)] as const],
  );
  return Object.fromEntries(found);
}

const storedText = (entry: Entry): StoredText => ({
  text: entry.text,
  revision: entry.modRevision,
});
