/** Keys as a person walks through them: pages, folders, one key's past. Reads the store, keeps nothing. */
import { Buffer } from 'node:buffer';
import {
  ConcordError,
  compare,
  keyBytes,
  keyText,
  missing,
  op,
  type Client,
  type Entry,
  type KeyRange,
} from '@concord/client';
import { z } from 'zod';
import type { Precondition } from '../http/etag.ts';
import { decodeCursor, encodeCursor } from '../http/page.ts';
import { Problem } from '../http/problem.ts';

/** Keys that one request looks at when it searches: a few milliseconds of the server's time. */
const SCANNED_MAX = 20_000;
const SCAN_PAGE = 5_000;

export interface KeyPage {
  readonly entries: readonly Entry[];
  readonly revision: number;
  readonly count: number | undefined;
  readonly nextCursor: string | undefined;
}

export interface KeyQuery {
  readonly prefix: string;
  readonly search?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly revision?: number | undefined;
  readonly keysOnly: boolean;
}

export interface Folder {
  readonly name: string;
  readonly prefix: string;
  readonly isFolder: boolean;
  readonly count: number;
}

export interface FolderPage {
  readonly folders: readonly Folder[];
  readonly revision: number;
  readonly nextCursor: string | undefined;
}

/** Where the next page begins, and the revision that all pages are read at. */
const position = z.object({ from: z.base64(), revision: z.int().positive() });

export class KeyBrowser {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** Pages of one walk are of one revision, so that no key is seen twice or missed. */
  async list(query: KeyQuery): Promise<KeyPage> {
    const { prefix, limit, keysOnly } = query;
    const at = startOf(query);
    const to = prefixEnd(keyBytes(prefix));
    const isSearch = query.search !== undefined;
    const found: Entry[] = [];
    let { from, revision } = at;
    for (let scanned = 0; ; scanned += SCAN_PAGE) {
      const result = await this.#client.kv.range(
        { from, to },
        { limit: isSearch ? SCAN_PAGE : limit, revision, keysOnly: keysOnly || isSearch },
      );
      revision ??= result.revision;
      found.push(...(isSearch ? matching(result.entries, query.search) : result.entries));
      const last = result.entries.at(-1);
      const isOver = !result.more || last === undefined;
      if (isOver || found.length >= limit || scanned + SCAN_PAGE >= SCANNED_MAX) {
        const kept = found.slice(0, limit);
        const resumeAfter = found.length > limit ? kept.at(-1) : isOver ? undefined : last;
        return {
          entries: isSearch && !keysOnly ? await this.#withValues(kept, revision) : kept,
          revision,
          count: isSearch || query.cursor !== undefined ? undefined : result.count,
          nextCursor: resumeAfter && cursorAfter(resumeAfter, revision),
        };
      }
      from = following(last.keyBytes);
    }
  }

  /** What is directly below a prefix: each child costs the server one jump, however many keys lie in it. */
  async folders(
    query: Pick<KeyQuery, 'prefix' | 'limit' | 'cursor' | 'revision'> & {
      readonly delimiter: string;
    },
  ): Promise<FolderPage> {
    const { prefix, delimiter, limit } = query;
    const to = prefixEnd(keyBytes(prefix));
    const folders: Folder[] = [];
    let { from, revision } = startOf(query);
    for (;;) {
      const { entries, revision: readAt } = await this.#client.kv.range(
        { from, to },
        { limit: 1, revision, keysOnly: true },
      );
      revision ??= readAt;
      const [entry] = entries;
      if (entry === undefined) return { folders, revision, nextCursor: undefined };
      if (folders.length === limit) {
        const cursor = { from: Buffer.from(from).toString('base64'), revision };
        return { folders, revision, nextCursor: encodeCursor(cursor) };
      }
      const cut = entry.key.indexOf(delimiter, prefix.length);
      const isFolder = cut >= 0;
      const whole = isFolder ? entry.key.slice(0, cut + delimiter.length) : entry.key;
      const count = isFolder ? await this.#countUnder(whole, revision) : 1;
      folders.push({ name: whole.slice(prefix.length), prefix: whole, isFolder, count });
      const next = isFolder ? prefixEnd(keyBytes(whole)) : following(entry.keyBytes);
      if (next === undefined) return { folders, revision, nextCursor: undefined };
      from = next;
    }
  }

  /** @throws Problem `not-found`, also for a key that was not there at `revision` */
  async get(key: Uint8Array, revision?: number): Promise<Entry> {
    const entry = await this.#client.kv.get(key, { revision });
    if (entry !== undefined) return entry;
    const when = revision === undefined ? '' : ` at revision ${revision}`;
    throw new Problem('not-found', {
      detail: `there is no key ${JSON.stringify(keyText(key))}${when}`,
    });
  }

  /** The newest `limit` values of a key in its present life, newest first, as far as compaction has left them. */
  async history(
    key: Uint8Array,
    limit: number,
  ): Promise<{ readonly entries: readonly Entry[]; readonly isComplete: boolean }> {
    let entry: Entry | undefined = await this.get(key);
    const entries: Entry[] = [];
    while (entry !== undefined && entries.length < limit) {
      entries.push(entry);
      if (entry.version === 1) return { entries, isComplete: true };
      entry = await this.#before(key, entry.modRevision);
    }
    return { entries, isComplete: false };
  }

  /**
   * @returns the revision of the write
   * @throws Problem `precondition-failed` with what stands there now
   */
  async put(
    key: Uint8Array,
    value: Uint8Array,
    {
      lease,
      precondition,
    }: { readonly lease?: bigint | undefined; readonly precondition: Precondition },
  ): Promise<number> {
    const { kv } = this.#client;
    if (precondition.kind === 'none') return (await kv.put(key, value, { lease })).revision;
    return this.#conditionally(key, precondition, op.put(key, value, { lease }));
  }

  async delete(key: Uint8Array, precondition: Precondition): Promise<number> {
    if (precondition.kind !== 'none') {
      return this.#conditionally(key, precondition, op.delete(key));
    }
    const { deleted, revision } = await this.#client.kv.delete(key);
    if (deleted > 0) return revision;
    throw new Problem('not-found', { detail: `there is no key ${JSON.stringify(keyText(key))}` });
  }

  async #conditionally(
    key: Uint8Array,
    precondition: Exclude<Precondition, { kind: 'none' }>,
    operation: ReturnType<typeof op.put>,
  ): Promise<number> {
    const condition =
      precondition.kind === 'absent'
        ? missing(key)
        : precondition.kind === 'present'
          ? compare(key).createRevision('!=', 0)
          : compare(key).modRevision('=', precondition.revision);
    const txn = this.#client.kv.txn().if(condition).then(operation).else(op.get(key));
    const { succeeded, revision, results } = await txn.commit();
    if (succeeded) return revision;
    const current = results[0]?.kind === 'get' ? results[0].entry?.modRevision : undefined;
    const state = current === undefined ? 'is not there' : `stands at revision ${current}`;
    throw new Problem('precondition-failed', {
      detail: `key ${JSON.stringify(keyText(key))} ${state}: read it again, and decide anew`,
      outcome: 'not-applied',
    });
  }

  async #before(key: Uint8Array, revision: number): Promise<Entry | undefined> {
    try {
      return await this.#client.kv.get(key, { revision: revision - 1 });
    } catch (error) {
      if (ConcordError.is(error, 'COMPACTED')) return undefined;
      throw error;
    }
  }

  async #countUnder(prefix: string, revision: number): Promise<number> {
    const range: KeyRange = { prefix };
    const { count } = await this.#client.kv.range(range, { countOnly: true, revision });
    return count;
  }

  async #withValues(keys: readonly Entry[], revision: number): Promise<readonly Entry[]> {
    const read = keys.map((entry) => this.#client.kv.get(entry.keyBytes, { revision }));
    return (await Promise.all(read)).filter((entry) => entry !== undefined);
  }
}

function startOf({ prefix, cursor, revision }: Pick<KeyQuery, 'prefix' | 'cursor' | 'revision'>): {
  readonly from: Uint8Array;
  readonly revision: number | undefined;
} {
  // No key is empty: the smallest is one zero byte.
  const first = prefix === '' ? Uint8Array.of(0) : keyBytes(prefix);
  if (cursor === undefined) return { from: first, revision };
  const at = decodeCursor(cursor, position);
  return { from: Buffer.from(at.from, 'base64'), revision: at.revision };
}

const matching = (entries: readonly Entry[], search = ''): Entry[] =>
  entries.filter(({ key }) => key.includes(search));

const cursorAfter = (entry: Entry, revision: number): string =>
  encodeCursor({ from: Buffer.from(following(entry.keyBytes)).toString('base64'), revision });

/** The very next key in byte order. */
const following = (key: Uint8Array): Uint8Array => Buffer.concat([key, Uint8Array.of(0)]);

/** The first key that does not begin with `prefix`; `undefined` where none is above it. */
function prefixEnd(prefix: Uint8Array): Uint8Array | undefined {
  const end = Buffer.from(prefix);
  for (let at = end.length - 1; at >= 0; at -= 1) {
    if (end[at]! < 0xff) {
      end[at]! += 1;
      return end.subarray(0, at + 1);
    }
  }
  return undefined;
}
