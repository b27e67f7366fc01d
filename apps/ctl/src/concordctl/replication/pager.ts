/**
 * The entries of a range, page by page, all of one revision. The number of entries of a page follows their size, so that
 * memory stays bounded whatever the values are.
 */
import { ConcordError, type Client, type Entry } from '@concord/client';
import { persistently, type Patience } from './patience.ts';

export interface Range {
  readonly from: Uint8Array;
  /** Exclusive; no end without it. */
  readonly to: Uint8Array | undefined;
}

export interface PageOptions {
  /** The newest by default. */
  readonly revision?: number;
  readonly keysOnly?: boolean;
  readonly patience: Patience;
}

/** What a page should have: large enough that the way there and back is nothing beside it. */
const PAGE_BYTES = 1024 * 1024;

/** The first page shows how large entries are: of the largest that etcd takes, these are 24 MB. */
const FIRST_ENTRIES = 16;

/** Should small entries be followed by the largest, this many are 384 MB. */
const ENTRIES_MAX = 256;

/** Of keys alone, each page may have more: a key of 1 kB is a large one. */
const KEYS_MAX = 1000;

/** Rejects with `ConcordError`, `COMPACTED` among others. */
export async function* pages(
  client: Client,
  range: Range,
  { revision, keysOnly = false, patience }: PageOptions,
): AsyncGenerator<readonly Entry[]> {
  let from = range.from;
  let limit = keysOnly ? KEYS_MAX : FIRST_ENTRIES;
  for (;;) {
    const asked = limit;
    const read = async (): Promise<Awaited<ReturnType<Client['kv']['range']>>> =>
      client.kv.range(
        { from, ...(range.to !== undefined && { to: range.to }) },
        { limit: asked, keysOnly, ...(revision !== undefined && { revision }) },
      );
    let page;
    try {
      page = await persistently(read, patience);
    } catch (error) {
      // Answers larger than a proxy or server wants to send.
      if (!ConcordError.is(error, 'QUOTA') || limit === 1) throw error;
      limit = Math.max(1, limit >> 2);
      continue;
    }
    yield page.entries;
    const last = page.entries.at(-1);
    if (!page.more || last === undefined) return;
    from = after(last.keyBytes);
    if (!keysOnly) limit = nextLimit(page.entries, limit);
  }
}

function nextLimit(entries: readonly Entry[], limit: number): number {
  const bytes = entries.reduce(
    (sum, { keyBytes, value }) => sum + keyBytes.length + value.length,
    0,
  );
  const fitting = Math.floor(PAGE_BYTES / Math.max(1, bytes / entries.length));
  return Math.max(1, Math.min(fitting, limit * 4, ENTRIES_MAX));
}

/** The first key after `key`. */
export function after(key: Uint8Array): Uint8Array {
  const next = new Uint8Array(key.length + 1);
  next.set(key);
  return next;
}

/** The pages with the next one on its way while one is worked on. */
export async function* ahead<T>(items: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = items.next();
  try {
    for (;;) {
      const item = await next;
      if (item.done === true) return;
      next = items.next();
      // It may fail before somebody waits for it.
      next.catch(() => undefined);
      yield item.value;
    }
  } finally {
    await items.return(undefined);
  }
}
