/**
 * What the cluster holds of some items, as it changes. One item is followed by mirrors of its two keys. The members of
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
import { itemKey } from '../item/address.ts';
import type { Item } from '../item/item.ts';
import { sleep } from '../time/sleep.ts';
import type { Cut, StoredItem, StoredText } from './cut.ts';

/** Between tries of a read that failed; the mirrors call again too when the cluster is back. */
const RETRY_MS = 500;

export interface FeedListener {
  cut(cut: Cut): void;
  /** A read of the members failed and is tried again. */
  delayed(error: unknown): void;
}

interface Place {
  readonly item: Mirror;
  readonly plain: Mirror | undefined;
}

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
    this.#places = items.map(({ address, plainKey }) => ({
      item: client.mirror(itemKey(address)),
      plain: plainKey === undefined ? undefined : client.mirror(plainKey),
    }));
    for (const mirror of this.#mirrors) mirror.onBatch(() => this.#changed());
  }

  get #mirrors(): readonly Mirror[] {
    return this.#places.flatMap(({ item, plain }) =>
      plain === undefined ? [item] : [item, plain],
    );
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
    const { item, plain } = this.#places[index]!;
    const readable = plain?.ready(options).catch((error: unknown) => {
      throw plainError(error, this.#items[index]!);
    });
    await Promise.all([item.ready(options), readable ?? Promise.resolve()]);
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
    const { item, plain } = this.#places[0]!;
    const { address, plainKey } = this.#items[0]!;
    const state = storedItem(
      item.entries.get(itemKey(address)),
      plainKey === undefined ? undefined : plain?.entries.get(plainKey),
    );
    const revision = Math.max(...this.#mirrors.map((mirror) => mirror.revision));
    return { states: [state], revision, source: 'live', at: Date.now() };
  }
}

/** Rights are often given on items alone. */
function plainError(error: unknown, { name, plainKey }: Item): unknown {
  if (!ConcordError.is(error, 'FORBIDDEN')) return error;
  return new ConcordError('FORBIDDEN', {
    operation: 'config.watch',
    subject: name,
    problem: `the plain key ${JSON.stringify(plainKey)} of ${name} may not be read`,
    remedy: 'grant the user the right to, or do without that layer (plain: false)',
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
  const keys = items.flatMap(({ address, plainKey }) =>
    plainKey === undefined ? [itemKey(address)] : [itemKey(address), plainKey],
  );
  const { revision, results } = await client.kv
    .txn()
    .then(...keys.map((key) => op.get(key)))
    .commit(options);
  const entries = results.map(entryOf);
  const states = items.map(({ plainKey }) =>
    storedItem(entries.shift(), plainKey === undefined ? undefined : entries.shift()),
  );
  return { states, revision, source: 'live', at: Date.now() };
}

const entryOf = (result: OperationResult): Entry | undefined =>
  result.kind === 'get' ? result.entry : undefined;

function storedItem(item: Entry | undefined, plain: Entry | undefined): StoredItem {
  return {
    ...(item === undefined ? {} : { item: storedText(item) }),
    ...(plain === undefined ? {} : { plain: storedText(plain) }),
  };
}

const storedText = (entry: Entry): StoredText => ({
  text: entry.text,
  revision: entry.modRevision,
});
