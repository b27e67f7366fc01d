/** What the cluster holds of configuration: namespaces, items, histories. Reads the store, keeps nothing. */
import { keyBytes, op, type Client, type Entry, type OperationResult } from '@concord/client';
import {
  decodeHistoryEntry,
  draftKey,
  draftsPrefix,
  historyKey,
  historyPrefix,
  itemKey,
  itemsPrefix,
  type HistoryEntry,
  type ItemAddress,
} from '@concord/config/records';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../http/page.ts';
import { Problem } from '../http/problem.ts';
import { NAMESPACES } from './config-keys.ts';
import type { StoredConfig } from './item-document.ts';

/** Contents may be large: so many at a time, and a page ends when it has taken in that much. */
const READ_AT_ONCE = 64;
const PAGE_BYTES_MAX = 8 * 1024 * 1024;
/** Items that one request looks at when it searches. */
const SCANNED_MAX = 10_000;
const DRAFTS_AT_ONCE = 100;

export interface ItemQuery {
  readonly namespace: string;
  readonly prefix?: string | undefined;
  readonly search?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly revision: number;
  readonly nextCursor: string | undefined;
}

const itemPosition = z.object({ after: z.string(), revision: z.int().positive() });
const historyPosition = z.object({ before: z.int().positive() });

export class ItemReader {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** Each costs the server two jumps, however much it holds. */
  async namespaces(
    limit: number,
    cursor: string | undefined,
    isVisible: (name: string) => boolean,
  ): Promise<Page<{ readonly name: string; readonly items: number }>> {
    let after = cursor === undefined ? '' : decodeCursor(cursor, itemPosition).after;
    const items: { name: string; items: number }[] = [];
    for (;;) {
      // '0' follows '/', so everything of the namespace before is passed.
      const from = after === '' ? NAMESPACES : `${NAMESPACES}${after}0`;
      const { entries, revision } = await this.#client.kv.range(
        { from, to: endOf(NAMESPACES) },
        { limit: 1, keysOnly: true },
      );
      const key = entries[0]?.key;
      if (key === undefined) return { items, revision, nextCursor: undefined };
      if (items.length === limit) {
        return { items, revision, nextCursor: encodeCursor({ after, revision }) };
      }
      after = key.slice(NAMESPACES.length).split('/', 1)[0] ?? '';
      if (!isVisible(after)) continue;
      const { count } = await this.#client.kv.range(
        { prefix: itemsPrefix(after) },
        { countOnly: true },
      );
      items.push({ name: after, items: count });
    }
  }

  /** In the order of their paths; all pages are of one revision. */
  async list(query: ItemQuery): Promise<Page<StoredConfig & { readonly item: Entry }>> {
    const { namespace, prefix = '', search, limit, cursor } = query;
    const front = itemsPrefix(namespace);
    const at = cursor === undefined ? undefined : decodeCursor(cursor, itemPosition);
    // Behind the front, whatever a client has made of the cursor.
    let from: string = front + (at === undefined ? prefix : `${at.after}\0`);
    let revision = at?.revision;
    const found: Entry[] = [];
    for (let [scanned, bytes] = [0, 0]; ;) {
      const page = await this.#client.kv.range(
        { from, to: endOf(front + prefix) },
        { limit: Math.min(READ_AT_ONCE, limit + 1), revision },
      );
      revision ??= page.revision;
      for (const entry of page.entries) {
        const isFull = found.length === limit || bytes > PAGE_BYTES_MAX || scanned >= SCANNED_MAX;
        if (isFull) return this.#page(namespace, found, from, revision);
        from = `${entry.key}\0`;
        scanned += 1;
        bytes += entry.value.length;
        if (search === undefined || entry.key.includes(search, front.length)) found.push(entry);
      }
      if (!page.more) return this.#page(namespace, found, undefined, revision);
    }
  }

  /** One item with its plain key and its draft, all of one revision. @param plainKeys - those that may be looked at */
  async get(
    address: ItemAddress,
    plainKeys: readonly string[],
  ): Promise<StoredConfig & { readonly revision: number }> {
    const { results, revision } = await this.#client.kv
      .txn()
      .then(
        op.get(itemKey(address)),
        op.get(draftKey(address)),
        ...plainKeys.map((key) => op.get(key)),
      )
      .commit();
    const [item, draft, ...plain] = results.map(entryOf);
    return { address, item, draft, plain: plain.find((entry) => entry !== undefined), revision };
  }

  /** The newest first. A page ends early when its contents are large. */
  async history(
    address: ItemAddress,
    limit: number,
    cursor: string | undefined,
  ): Promise<Page<HistoryEntry>> {
    const prefix = historyPrefix(address);
    let before = cursor === undefined ? undefined : decodeCursor(cursor, historyPosition).before;
    const items: HistoryEntry[] = [];
    for (let bytes = 0; ;) {
      const to = before === undefined ? endOf(prefix) : historyKey(address, before);
      const page = await this.#client.kv.range(
        { from: prefix, to },
        { sort: 'key', order: 'descending', limit: Math.min(READ_AT_ONCE / 8, limit + 1) },
      );
      for (const entry of page.entries) {
        if (items.length === limit || bytes > PAGE_BYTES_MAX) {
          const nextCursor = encodeCursor({ before });
          return { items, revision: page.revision, nextCursor };
        }
        before = Number(entry.key.slice(prefix.length));
        bytes += entry.value.length;
        const decoded = decodeHistoryEntry(entry.text);
        if (decoded !== undefined) items.push(decoded);
      }
      if (!page.more) return { items, revision: page.revision, nextCursor: undefined };
    }
  }

  /** @throws Problem `not-found` for a release that never was, or that the history has dropped */
  async release(address: ItemAddress, release: number): Promise<HistoryEntry> {
    const entry = await this.#client.kv.get(historyKey(address, release));
    const decoded = entry && decodeHistoryEntry(entry.text);
    if (decoded !== undefined) return decoded;
    throw new Problem('not-found', {
      detail: `${address.path} has no release ${release} in its history: GET …/history lists those that are kept`,
    });
  }

  async #page(
    namespace: string,
    items: readonly Entry[],
    from: string | undefined,
    revision: number,
  ): Promise<Page<StoredConfig & { readonly item: Entry }>> {
    const drafts = await this.#drafts(namespace, items, revision);
    const front = itemsPrefix(namespace);
    return {
      items: items.map((item) => {
        const path = item.key.slice(front.length);
        const address = { namespace, path, given: path };
        return { address, item, plain: undefined, draft: drafts.get(path) };
      }),
      revision,
      nextCursor:
        from === undefined
          ? undefined
          : encodeCursor({ after: from.slice(front.length, -1), revision }),
    };
  }

  /** The drafts of the items of a page, by path: few, mostly, so that one range over them all would be the dearer. */
  async #drafts(
    namespace: string,
    items: readonly Entry[],
    revision: number,
  ): Promise<ReadonlyMap<string, Entry>> {
    const front = itemsPrefix(namespace);
    const { count } = await this.#client.kv.range(
      { prefix: draftsPrefix(namespace) },
      { countOnly: true, revision },
    );
    const found = new Map<string, Entry>();
    if (count === 0) return found;
    const paths = items.map(({ key }) => key.slice(front.length));
    for (let at = 0; at < paths.length; at += DRAFTS_AT_ONCE) {
      const some = paths.slice(at, at + DRAFTS_AT_ONCE);
      const { results } = await this.#client.kv
        .txn()
        .then(...some.map((path) => op.get(draftKey({ namespace, path }))))
        .commit();
      for (const [index, entry] of results.map(entryOf).entries()) {
        if (entry !== undefined) found.set(some[index]!, entry);
      }
    }
    return found;
  }
}

const entryOf = (result: OperationResult): Entry | undefined =>
  result.kind === 'get' ? result.entry : undefined;

/** Where the keys with `prefix` end: its last character, an ASCII one, made greater by one. */
const endOf = (prefix: string): Uint8Array => {
  const end = keyBytes(prefix);
  end[end.length - 1]! += 1;
  return end;
};
